import pytest
from django_tasks_db.models import DBTaskResult

from stories.images.describing import describe
from stories.images.library import add_picture
from stories.models import AuditEntry, Image
from tests.stories.images.pictures import as_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return add_picture(as_file(), caption="Old", credit_line="Courier")


def test_only_what_its_writer_changed_is_written(image, admin_user):
    Image.objects.update(credit_line="Somebody else's")
    base = {"caption": "Old", "credit_line": "Courier"}
    done = describe(image.pk, base, {**base, "caption": "New"}, by=admin_user)
    image.refresh_from_db()
    assert (done.saved, done.conflicts) == (["caption"], {})
    assert (image.caption, image.credit_line) == ("New", "Somebody else's")
    assert AuditEntry.objects.get(act="change image").sentence == "Changed caption."


def test_what_two_changed_is_left_and_told(image):
    Image.objects.update(caption="Theirs")
    done = describe(image.pk, {"caption": "Old", "alt_text": ""}, {"caption": "Mine", "alt_text": "A quay"}, by=None)
    image.refresh_from_db()
    assert (done.saved, done.conflicts) == (["alt_text"], {"caption": "Theirs"})
    assert (image.caption, image.alt_text) == ("Theirs", "A quay")


def test_what_both_wrote_alike_is_no_conflict(image):
    Image.objects.update(caption="Same")
    done = describe(image.pk, {"caption": "Old"}, {"caption": "Same"}, by=None)
    assert (done.saved, done.conflicts) == ([], {})
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_another_credit_is_rendered_and_another_caption_is_not():
    image = add_picture(as_file(), caption="Old", credit_line="Courier")
    image.files.update(rendered_as="x")
    DBTaskResult.objects.all().delete()
    describe(image.pk, {"credit_line": "Courier"}, {"credit_line": "Wire"}, by=None)
    assert DBTaskResult.objects.count() == 1
