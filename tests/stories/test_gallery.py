"""Pictures of a document become gallery items; what another story shows is not rewritten."""

import pytest

from stories.document import GalleryEntry
from stories.draft import read_draft
from stories.gallery import write_gallery
from stories.models import Image, PictureFile
from tests import factories

pytestmark = pytest.mark.django_db
SHA = "a" * 64


def picture(sha256=SHA, **fields):
    file = {"file": f"pictures/{sha256}.jpg", "sha256": sha256, "width": 1600, "height": 900} if sha256 else {}
    return GalleryEntry(**{"caption": "The berth", "alt_text": "A long pier", "credit_line": "Demo"} | file | fields)


def gallery_of(story):
    return read_draft(story).gallery


def test_a_gallery_is_read_as_it_was_written():
    story = factories.draft()
    entries = [picture(), picture(sha256="b" * 64, caption="", decorative=True), picture(sha256=None)]
    write_gallery(story, entries)
    assert gallery_of(story) == entries


def test_a_picture_that_awaits_its_upload_keeps_its_row():
    story = factories.draft()
    write_gallery(story, [picture(sha256=None)])
    write_gallery(story, [picture(sha256=None, caption="Another caption")])
    assert [image.caption for image in Image.objects.all()] == ["Another caption"]


def test_another_storys_picture_keeps_its_words_and_this_story_its_own():
    first, second = factories.draft(), factories.draft()
    write_gallery(first, [picture()])
    write_gallery(second, [picture(caption="Seen from the north", credit_line="Somebody else")])
    assert gallery_of(first) == [picture()]
    assert gallery_of(second) == [picture(caption="Seen from the north")]
    assert Image.objects.count() == 1


def test_no_caption_can_be_shown_where_the_picture_has_one():
    first, second = factories.draft(), factories.draft()
    write_gallery(first, [picture()])
    write_gallery(second, [picture(caption="")])
    assert [entry.caption for entry in gallery_of(second)] == [""]
    assert [entry.caption for entry in gallery_of(first)] == ["The berth"]


def test_the_order_is_the_documents_and_what_is_left_out_goes():
    story = factories.draft()
    one, two = picture(), picture(sha256="b" * 64)
    write_gallery(story, [one, two])
    write_gallery(story, [two, one])
    assert gallery_of(story) == [two, one]
    write_gallery(story, [one])
    assert gallery_of(story) == [one]
    assert Image.objects.count() == 2


def test_what_is_known_at_length_of_a_picture_is_kept():
    story = factories.draft()
    told = {
        "extended_description": "Three cranes, the middle one with its arm raised.",
        "usage_terms": "One story only",
        "licensor_url": "https://example.org/licence",
        "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
        "place": "North quay, Skell",
        "persons": ["Orla Vantrel"],
    }
    entries = [picture(**told, taken="2026-02-18"), picture(sha256="b" * 64, taken="2025")]
    write_gallery(story, entries)
    assert gallery_of(story) == entries
    assert [image.taken_precision for image in Image.objects.order_by("pk")] == ["day", "year"]


def test_an_earlier_file_is_its_pictures():
    story = factories.draft()
    write_gallery(story, [picture()])
    image = Image.objects.get()
    PictureFile.objects.create(image=image, sha256="b" * 64)
    write_gallery(story, [picture(sha256="b" * 64), picture()])
    assert [item.image for item in story.gallery.all()] == [image]
    assert gallery_of(story) == [picture()]
    other = factories.draft()
    write_gallery(other, [picture(sha256="b" * 64)])
    assert other.gallery.get().image == image


def test_another_credit_asks_for_other_renditions(django_capture_on_commit_callbacks):
    story = factories.draft()
    write_gallery(story, [picture()])
    with django_capture_on_commit_callbacks() as asked:
        write_gallery(story, [picture(credit_line="Somebody else")])
    assert len(asked) == 1
