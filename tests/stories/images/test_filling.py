from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from stories.images.filling import empty_fields, fill_empty_fields
from stories.images.library import add_picture
from stories.models import AuditEntry, Image, MetadataTemplate
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 4, 5))
VALUES = {
    "caption": "Ferries on the strait",
    "creator": "A. Photographer",
    "credit_line": "Strait Wire",
    "copyright_notice": "© Strait Wire",
    "source_name": "Strait Wire",
    "source_url": "https://strait.example/",
    "usage_terms": "One year",
    "web_statement": "https://strait.example/rights",
    "licensor_url": "https://strait.example/licence",
    "place": "Tarric",
    "taken_at": MARCH,
    "rights_from": MARCH,
    "rights_until": MAY,
}


def template(**values):
    return MetadataTemplate.objects.create(name="Ferries", **values)


def fill(image, **values):
    [filled] = fill_empty_fields([image.pk], template(**values), by=None)
    image.refresh_from_db()
    return filled


def test_every_empty_field_is_filled_but_never_alt_text():
    image = Image.objects.create()
    filled = fill(image, taken_precision="month", **VALUES)
    assert set(VALUES) == set(MetadataTemplate.FILLED)
    assert {name: getattr(image, name) for name in VALUES} == VALUES
    assert (image.taken, image.alt_text) == ("2026-03", "")
    assert len(filled.fields) == len(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_what_is_there_stays(name):
    other = {"taken_at": APRIL, "rights_from": APRIL, "rights_until": APRIL}.get(name, "https://other.example/")
    image = Image.objects.create(**{name: other})
    filled = fill(image, taken_precision="year", **VALUES)
    assert getattr(image, name) == other
    assert len(filled.fields) == len(VALUES) - 1
    assert image.taken_precision == ("time" if name == "taken_at" else "year")


def test_what_somebody_wrote_after_the_page_was_opened_stays():
    images = [Image.objects.create(), Image.objects.create()]
    pks = iter([image.pk for image in images])

    def opened():
        yield next(pks)
        Image.objects.filter(pk=images[1].pk).update(credit_line="Harbour Courier")
        yield next(pks)

    fill_empty_fields(opened(), template(credit_line="Strait Wire"), by=None)
    told = Image.objects.order_by("pk").values_list("credit_line", flat=True)
    assert list(told) == ["Strait Wire", "Harbour Courier"]


def test_rights_that_would_end_before_they_begin_are_left_empty_and_told():
    image = Image.objects.create(rights_from=MAY)
    filled = fill(image, rights_until=APRIL, place="Tarric")
    assert (image.rights_until, image.place) == (None, "Tarric")
    assert (filled.fields, filled.unfitting) == (["place"], ["rights until"])


def test_spaces_are_no_words():
    image = Image.objects.create(credit_line=" ")
    fill(image, credit_line="Strait Wire")
    assert image.credit_line == "Strait Wire"


def test_what_was_filled_is_in_the_audit_trail_and_what_was_not_is_not():
    by = User.objects.create_user("bo")
    images = [Image.objects.create(headline="Ferries"), Image.objects.create(credit_line="Harbour Courier")]
    gone = 10_000
    fill_empty_fields([*(image.pk for image in images), gone], template(credit_line="Strait Wire"), by=by)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.about) == (by, "image Ferries")
    assert entry.sentence == "Filled from the template “Ferries”: credit line."


def test_the_renditions_that_carry_the_credit_are_asked_for(django_capture_on_commit_callbacks):
    image = add_picture(as_file())
    with django_capture_on_commit_callbacks() as asked:
        fill_empty_fields([image.pk], template(credit_line="Strait Wire"), by=None)
    assert len(asked) == 1


def test_empty_fields_are_counted():
    images = [Image(caption="Ferries"), Image(taken_at=MARCH), Image()]
    counts = empty_fields(images)
    assert (counts["caption"], counts["taken at"], counts["credit line"]) == (2, 2, 3)


def test_the_cost_of_a_selection_hardly_grows_with_it(django_assert_max_num_queries):
    images = [add_picture(as_file(four_corners(60 + number, 50))) for number in range(20)]
    with django_assert_max_num_queries(15):
        filled = fill_empty_fields([image.pk for image in images], template(credit_line="Strait Wire"), by=None)
    assert [one.image.pk for one in filled] == [image.pk for image in images]
    assert Image.objects.filter(credit_line="Strait Wire").count() == AuditEntry.objects.count() == 20
