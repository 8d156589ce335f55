from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from stories.images.intake import take_in
from stories.images.limits import UnusableImage
from stories.images.record import PictureRecord
from stories.images.renditions import first_rendition, render, sizes
from stories.images.xmp import xmp_packet
from tests.stories.images.exiftool import read_tags, with_metadata
from tests.stories.images.pictures import BLUE, GREEN, RED, WHITE, as_file, four_corners

XMP = xmp_packet(PictureRecord(credit_line="Skell Courier"))
MIDDLE = (50, 50)
MIMES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def opened(rendition):
    picture = Image.open(BytesIO(rendition.content))
    picture.load()
    return picture


def corners(picture):
    right, bottom = picture.width - 3, picture.height - 3
    return [picture.convert("RGB").getpixel(place) for place in [(2, 2), (right, 2), (2, bottom), (right, bottom)]]


def is_near(one, other):
    return all(abs(a - b) < 24 for pair in zip(one, other, strict=True) for a, b in zip(*pair, strict=True))


@pytest.fixture(scope="module")
def made():
    return list(render(as_file(four_corners(1000, 800)), focal=MIDDLE, xmp=XMP, crops=True))


def test_the_set_has_each_width_in_each_format_and_nothing_is_enlarged(made):
    told = {(one.ratio, one.width, one.height) for one in made}
    assert told == {
        ("", 1000, 800),
        ("", 800, 640),
        ("", 400, 320),
        ("16:9", 1000, 563),
        ("16:9", 800, 450),
        ("16:9", 400, 225),
        ("4:3", 800, 600),
        ("4:3", 400, 300),
        ("1:1", 800, 800),
        ("1:1", 400, 400),
        ("1.91:1", 1000, 524),
    }
    assert len(made) == 3 * len(told)


def test_each_is_what_it_says_and_carries_the_credit(made):
    for one in made:
        picture = opened(one)
        assert (picture.width, picture.height, picture.get_format_mimetype()) == (
            one.width,
            one.height,
            MIMES[one.format],
        )
        assert b"Skell Courier" in picture.info["xmp"]


@pytest.mark.parametrize("kind", ["avif", "webp", "jpg"])
def test_another_program_reads_the_credit_in_each_format(made, kind):
    one = next(one for one in made if one.format == kind)
    assert read_tags(one.content)["XMP-photoshop:Credit"] == "Skell Courier"


def test_the_whole_picture_shows_all_of_it(made):
    for one in made:
        if one.ratio == "":
            assert is_near(corners(opened(one)), [RED, GREEN, WHITE, BLUE])


def test_a_crop_shows_the_piece_at_the_focal_point():
    right = list(render(as_file(four_corners(1000, 400)), focal=(100, 50), xmp=b"", crops=True))
    square = next(one for one in right if one.ratio == "1:1")
    assert is_near(corners(opened(square)), [GREEN, GREEN, BLUE, BLUE])


def test_a_picture_that_may_not_be_cropped_is_shown_whole():
    assert {one.ratio for one in render(as_file(), focal=MIDDLE, xmp=b"", crops=False)} == {""}


def test_nothing_of_the_upload_but_its_pixels_is_in_a_rendition():
    upload = with_metadata(
        as_file(four_corners(500, 400), comment=b"secret comment"),
        "-EXIF:GPSLatitude=46.2",
        "-EXIF:GPSLatitudeRef=N",
        "-EXIF:SerialNumber=SECRET-123",
        "-XMP-aux:SerialNumber=SECRET-456",
        "-XMP-photoshop:Credit=SECRET agency",
        "-IPTC:Caption-Abstract=SECRET words",
    )
    for one in render(upload + b"secret trailer", focal=MIDDLE, xmp=XMP, crops=False):
        assert b"secret" not in one.content.lower()
        tags = read_tags(one.content)
        assert not [name for name in tags if name.startswith(("GPS", "IPTC", "IFD", "ExifIFD", "ICC"))]
        assert tags["XMP-photoshop:Credit"] == "Skell Courier"


def test_a_turned_picture_is_made_upright():
    turned = with_metadata(as_file(four_corners(600, 400)), "-n", "-Orientation=6")
    whole = next(iter(render(turned, focal=MIDDLE, xmp=b"", crops=False)))
    assert (whole.width, whole.height) == (400, 600)
    assert is_near(corners(opened(whole)), [WHITE, RED, BLUE, GREEN])


def test_the_same_upload_gives_the_same_files():
    once, again = ([one.file for one in render(as_file(), focal=MIDDLE, xmp=XMP, crops=True)] for _ in range(2))
    assert once == again


def test_the_first_is_the_whole_picture_made_from_the_readers_copy():
    master = take_in(as_file(four_corners(2000, 1500))).jpeg
    first = first_rendition(master, xmp=XMP)
    assert (first.ratio, first.width, first.height, first.format) == ("", 800, 600, "jpg")
    assert is_near(corners(opened(first)), [RED, GREEN, WHITE, BLUE])
    assert read_tags(first.content)["XMP-photoshop:Credit"] == "Skell Courier"


def test_colours_and_lines_survive_the_encoders():
    drawn = four_corners(800, 600)
    for one in render(as_file(drawn, kind="PNG"), focal=MIDDLE, xmp=b"", crops=False):
        if one.width == 800:
            differing = ImageChops.difference(opened(one).convert("RGB"), drawn)
            assert max(ImageStat.Stat(differing).rms) < 3, one.format


def test_a_file_that_is_no_picture_is_refused():
    with pytest.raises(UnusableImage):
        list(render(b"no picture", focal=MIDDLE, xmp=b"", crops=True))


@pytest.mark.parametrize(
    ("size", "widths", "made"),
    [
        ((1000, 500), (1200, 800, 400), [(1000, 500), (800, 400), (400, 200)]),
        ((800, 500), (1200, 800), [(800, 500)]),
        ((30, 9000), (800, 400), [(30, 9000)]),
        ((9000, 1), (800, 400), [(800, 1), (400, 1)]),
    ],
)
def test_a_width_that_the_picture_lacks_is_its_own(size, widths, made):
    assert sizes(size, widths) == made
