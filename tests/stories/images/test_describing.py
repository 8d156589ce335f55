import pytest
from django.contrib.auth.models import User

from stories.images.describing import describe
from stories.images.library import add_picture
from stories.models import AuditEntry, Image
from tests.stories.images.pictures import as_file

pytestmark = pytest.mark.django_db
FOUND = {"caption": "Ferries", "alt_text": "", "credit_line": "", "decorative": False}


@pytest.fixture
def image():
    return Image.objects.create(caption="Ferries")


def written(image, base=FOUND, **wanted):
    done = describe(image.pk, base, {**base, **wanted}, by=None)
    image.refresh_from_db()
    return done


def test_what_was_changed_is_written(image):
    done = written(image, alt_text="Two ferries", decorative=True)
    assert (image.caption, image.alt_text, image.decorative) == ("Ferries", "Two ferries", True)
    assert (done.written, done.theirs) == (["alt_text", "decorative"], {})


def test_what_somebody_else_wrote_in_another_field_stays(image):
    Image.objects.update(credit_line="Strait Wire")
    done = written(image, alt_text="Two ferries")
    assert (image.alt_text, image.credit_line) == ("Two ferries", "Strait Wire")
    assert done.theirs == {}


def test_a_field_that_both_changed_is_asked_and_the_others_are_written(image):
    Image.objects.update(caption="Ferries, by Bo")
    done = written(image, caption="Ferries, by Kim", alt_text="Two ferries")
    assert (image.caption, image.alt_text) == ("Ferries, by Bo", "Two ferries")
    assert (done.written, done.theirs) == (["alt_text"], {"caption": "Ferries, by Bo"})


def test_both_writing_the_same_is_no_conflict(image):
    Image.objects.update(caption="Ferries in snow")
    done = written(image, caption="Ferries in snow")
    assert (done.written, done.theirs) == ([], {})


def test_how_a_browser_ends_lines_is_no_change(image):
    Image.objects.update(caption="Ferries\nin snow ")
    done = written(image, base={**FOUND, "caption": "Ferries\r\nin snow"}, caption="Ferries\r\nin snow\r\n")
    assert (done.written, done.theirs) == ([], {})
    assert image.caption == "Ferries\nin snow "
    assert not AuditEntry.objects.exists()


def test_what_was_written_is_in_the_audit_trail(image):
    by = User.objects.create_user("bo")
    describe(image.pk, FOUND, {**FOUND, "alt_text": "Two ferries", "credit_line": "Strait Wire"}, by=by)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.about, entry.sentence) == (by, "image Ferries", "Changed alt text, credit line.")


def test_the_renditions_that_carry_the_credit_are_asked_for(django_capture_on_commit_callbacks):
    image = add_picture(as_file(), caption="Ferries")
    with django_capture_on_commit_callbacks() as asked:
        written(image, credit_line="Strait Wire")
    assert len(asked) == 1


def test_a_picture_that_is_gone_raises(image):
    pk = image.pk
    image.delete()
    with pytest.raises(Image.DoesNotExist):
        describe(pk, FOUND, FOUND, by=None)
