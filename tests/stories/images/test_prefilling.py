"""What a file says of its picture, written by another program, read back through an upload into the fields."""

import pytest

from stories.images.intake import take_in
from stories.images.library import add_picture, find_or_add_picture, give_file
from stories.images.prefilling import prefilled, safe_filename, what_it_says
from stories.images.rendering import render_file
from stories.models import Image
from tests.stories.images.exiftool import with_metadata
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
TAGS = [
    "-XMP-dc:Description=The north quay",
    "-XMP-iptcCore:AltTextAccessibility=Three cranes",
    "-XMP-iptcCore:ExtDescrAccessibility=Three cranes, the middle one raised",
    "-XMP-dc:Creator=Orla Vantrel",
    "-XMP-photoshop:Credit=Skell Courier",
    "-XMP-dc:Rights=© Skell Courier",
    "-XMP-photoshop:Source=Skell Archive",
    "-XMP-xmpRights:UsageTerms=One story",
    "-XMP-xmpRights:WebStatement=https://courier.example/rights",
    "-XMP-plus:LicensorURL=https://courier.example/licence",
    "-XMP-photoshop:DateCreated=2026-02-18",
    "-XMP-photoshop:City=Skell",
    "-XMP-iptcExt:PersonInImage=Imra Vantrel",
    f"-XMP-iptcExt:DigitalSourceType={TYPE}",
    "-EXIF:GPSLatitude=46.2",
    "-EXIF:GPSLatitudeRef=N",
    "-EXIF:SerialNumber=SERIAL-1",
]
SAID = {
    "caption": "The north quay",
    "alt_text": "Three cranes",
    "extended_description": "Three cranes, the middle one raised",
    "creator": "Orla Vantrel",
    "credit_line": "Skell Courier",
    "copyright_notice": "© Skell Courier",
    "source_name": "Skell Archive",
    "usage_terms": "One story",
    "web_statement": "https://courier.example/rights",
    "licensor_url": "https://courier.example/licence",
    "place": "Skell",
    "persons": ["Imra Vantrel"],
    "digital_source_type": TYPE,
}


def told():
    return with_metadata(as_file(), *TAGS)


def test_a_new_picture_says_what_its_file_says():
    image = add_picture(told(), filename="quay.jpg")
    image.refresh_from_db()
    assert {name: getattr(image, name) for name in SAID} == SAID
    assert (image.taken, image.taken_precision) == ("2026-02-18", "day")
    assert {name: image.embedded[name] for name in SAID} == SAID
    assert "caption" in prefilled(image)


def test_position_and_serial_numbers_are_in_no_column():
    image = add_picture(told())
    kept = str({name: value for name, value in vars(image).items() if name != "original"})
    assert "SERIAL" not in kept
    assert "46.2" not in kept


def test_what_somebody_wrote_wins():
    image = add_picture(told(), caption="My words")
    assert (image.caption, image.credit_line) == ("My words", "Skell Courier")
    assert image.embedded["caption"] == "The north quay"


def test_another_file_overwrites_nothing_and_what_it_says_stands_beside():
    image = add_picture(told())
    Image.objects.update(caption="My words", place="")
    image.refresh_from_db()
    give_file(image, with_metadata(as_file(four_corners(100, 100)), "-XMP-dc:Description=Other words"))
    image.refresh_from_db()
    assert (image.caption, image.place, image.credit_line) == ("My words", "", "Skell Courier")
    assert (image.embedded["caption"], image.embedded["credit_line"]) == ("Other words", "")


def test_what_a_file_says_is_told_by_field_as_an_input_holds_it(settings):
    settings.TIME_ZONE = "UTC"
    tags = [*TAGS[:-6], "-XMP-photoshop:DateCreated=2026-02-18T09:30:20Z", "-XMP-iptcExt:PersonInImage=Imra Vantrel"]
    image = add_picture(with_metadata(as_file(), *tags, "-XMP-iptcExt:PersonInImage=Jon Essil"), place="Skell")
    Image.objects.update(caption="My words", persons=["Imra Vantrel"], taken_precision="day")
    image.refresh_from_db()
    told = {said.name: (said.typed, said.is_same) for said in what_it_says(image)}
    assert told["caption"] == ("The north quay", False)
    assert told["credit_line"] == ("Skell Courier", True)
    assert told["persons"] == ("Imra Vantrel\nJon Essil", False)
    assert told["taken_at"] == ("2026-02-18T09:30", True)
    assert told["taken_precision"] == ("time", False)
    assert "place" not in told
    assert "headline" not in told


def test_a_file_that_is_not_to_be_cropped_says_so_beside_the_field():
    image = add_picture(with_metadata(as_file(), "-XMP-plus:ImageAlterationConstraints=No Cropping"))
    [said] = [said for said in what_it_says(image) if said.name == "may_be_cropped"]
    assert (said.words, said.typed, said.is_same) == ("not to be cropped", "", True)
    image.may_be_cropped = True
    assert not next(said for said in what_it_says(image) if said.name == "may_be_cropped").is_same


def test_a_known_picture_is_left_as_it_is():
    known = add_picture(as_file(), caption="First")
    assert find_or_add_picture(told(), caption="Second") == known
    known.refresh_from_db()
    assert (known.caption, known.credit_line, known.embedded["caption"]) == ("First", "", "")


def test_a_picture_that_awaited_its_file_is_filled_where_it_is_empty():
    image = give_file(Image.objects.create(caption="Announced"), told())
    assert (image.caption, image.credit_line) == ("Announced", "Skell Courier")


def test_a_decorative_picture_gets_no_alt_text_from_its_file():
    image = add_picture(told(), decorative=True)
    assert (image.alt_text, image.caption) == ("", "The north quay")
    assert image.embedded["alt_text"] == "Three cranes"


def test_an_upload_keeps_its_own_name_and_a_later_one_takes_its_place():
    image = add_picture(take_in(as_file(), filename="C:\\photos\\quay.jpg"))
    assert image.filename == "quay.jpg"
    give_file(image, take_in(as_file(four_corners(100, 100)), filename="crane.jpg"))
    give_file(image, as_file(four_corners(110, 100)))
    image.refresh_from_db()
    assert image.filename == "crane.jpg"


def test_a_licence_that_forbids_cropping_is_heeded():
    forbidden = with_metadata(as_file(), "-XMP-plus:ImageAlterationConstraints=No Cropping")
    image = add_picture(forbidden)
    render_file(image.sha256, at=image.uploaded_at)
    assert not image.may_be_cropped
    assert {one["ratio"] for one in image.files.get().renditions} == {""}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("quay.jpg", "quay.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\quay.jpg", "quay.jpg"),
        ("a\0b\nc\u202e.jpg", "abc.jpg"),
        ("x" * 400, "x" * 300),
        ("", ""),
    ],
)
def test_the_name_of_an_upload_is_kept_without_its_path(name, safe):
    assert safe_filename(name) == safe
