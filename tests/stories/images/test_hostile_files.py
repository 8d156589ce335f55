"""Seldom and hostile files, each taken in and rendered: a right picture or a sentence."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from math import isqrt
from random import Random

import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from stories.images import decoding, limits
from stories.images.intake import take_in
from stories.images.limits import UnusableImage
from stories.images.renditions import render
from tests.stories.images.hostile_files import (
    chunk,
    corners_tiff,
    drawn,
    first_scan_of,
    grey,
    png_file,
    png_with,
    progressive_jpeg,
    tiled_tiff,
)
from tests.stories.images.pictures import BLUE, GREEN, RED, WHITE, as_file, four_corners
from tests.stories.images.test_intake import as_in_production

CORNERS = [RED, GREEN, BLUE, WHITE]
GREYS = [(grey(colour),) * 3 for colour in CORNERS]
STEPS = {RED: 0, GREEN: 1, BLUE: 2, WHITE: 3}
KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF"]
MOST_MEGABYTES = 600


def words(*values):
    return struct.pack(f">{len(values)}H", *(value * 257 for value in values))


def low_depth(depth, *more):
    rows = []
    for row in drawn(lambda colour: bytes([STEPS[colour]])):
        number = 0
        for step in row:
            number = number << depth | step
        rows.append(number.to_bytes(64 * depth // 8, "big"))
    return png_file(depth, 0, rows, *more)


def key(*values):
    return chunk(b"tRNS", struct.pack(f">{len(values)}H", *values))


def ycck():
    """Inks as luma and chroma, which is how Photoshop saves CMYK as JPEG; a file says so in its Adobe segment."""
    luma = ImageChops.invert(four_corners()).convert("YCbCr")
    inks = Image.merge("CMYK", [*map(ImageChops.invert, luma.split()), Image.new("L", luma.size, 0)])
    data = bytearray(as_file(inks, subsampling=0))
    data[data.index(b"Adobe") + 11] = 2
    return bytes(data)


RIGHT = {
    "16-bit colour": (lambda: png_file(16, 2, drawn(lambda c: words(*c))), CORNERS),
    "16-bit colour with alpha": (lambda: png_file(16, 6, drawn(lambda c: words(*c, 255))), CORNERS),
    "16-bit grey with alpha": (
        lambda: png_file(16, 4, drawn(lambda c: words(grey(c), 255 * (c != RED)))),
        [WHITE, *GREYS[1:]],
    ),
    "16-bit colour, red transparent": (
        lambda: png_file(16, 2, drawn(lambda c: words(*c)), key(*(value * 257 for value in RED))),
        [WHITE, *CORNERS[1:]],
    ),
    "16-bit grey, one transparent": (
        lambda: png_file(16, 0, drawn(lambda c: words(grey(c))), key(grey(RED) * 257)),
        [WHITE, *GREYS[1:]],
    ),
    "16-bit grey, black transparent": (lambda: png_file(16, 0, drawn(lambda c: words(grey(c))), key(0)), GREYS),
    "8-bit grey, one transparent": (
        lambda: png_file(8, 0, drawn(lambda c: bytes([grey(c)])), key(grey(RED))),
        [WHITE, *GREYS[1:]],
    ),
    "4-bit grey, one transparent": (lambda: low_depth(4, key(1)), [(0,) * 3, WHITE, (34,) * 3, (51,) * 3]),
    "2-bit grey, one transparent": (lambda: low_depth(2, key(1)), [(0,) * 3, WHITE, (170,) * 3, WHITE]),
    "YCCK": (ycck, CORNERS),
    "16-bit TIFF": (lambda: corners_tiff(16, 3, 2, lambda c: struct.pack("<3H", *(v * 257 for v in c))), CORNERS),
    "negative 8-bit TIFF": (lambda: corners_tiff(8, 1, 0, lambda c: bytes([255 - grey(c)])), GREYS),
    "negative 16-bit TIFF": (lambda: corners_tiff(16, 1, 0, lambda c: struct.pack("<H", 65535 - grey(c) * 257)), GREYS),
    "TIFF of five channels": (
        lambda: corners_tiff(8, 5, 2, lambda c: bytes([*c, 0, 0]), (338, "H", [0, 0])),
        CORNERS,
    ),
    "BigTIFF": (lambda: as_file(kind="TIFF", big_tiff=True), CORNERS),
    "pages": (lambda: as_file(kind="TIFF", save_all=True, append_images=[Image.new("L", (9, 9))]), CORNERS),
    "much XMP": (lambda: png_with(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(noise(2_000_000))), CORNERS),
    "large profile": (lambda: as_file(kind="PNG", icc_profile=srgb() + noise(2_000_000)), CORNERS),
}


def noise(length):
    return Random(length).randbytes(length)


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def seen(data):
    """The corners of all that is made of a file: for pages before it is rendered, for lists, and of each rendition."""
    intake = take_in(data)
    made = [rendition.content for rendition in render(data, focal=(50, 50), xmp=b"", crops=False)]
    for content in (intake.jpeg, intake.thumbnail, *made):
        picture = Image.open(BytesIO(content)).convert("RGB")
        right, bottom = picture.width - 5, picture.height - 5
        yield [picture.getpixel(place) for place in ((4, 4), (right, 4), (right, bottom), (4, bottom))]


def assert_right(data, expected, within=20):
    for corners in seen(data):
        for colour, wanted in zip(corners, expected, strict=True):
            assert colour == pytest.approx(wanted, abs=within), (corners, expected)


@pytest.mark.parametrize("name", RIGHT)
def test_a_seldom_kind_of_pixels_is_a_right_picture(name):
    make, expected = RIGHT[name]
    assert_right(make(), expected)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_what_is_half_transparent_is_half_as_strong_on_paper(kind):
    half = four_corners(mode="RGBA")
    half.putalpha(128)
    assert_right(as_file(half, kind), [tuple((value + 255) // 2 for value in colour) for colour in CORNERS], within=28)


def profile(space, device=b"mntr"):
    changed = bytearray(srgb())
    changed[12:16], changed[16:20] = device, space
    return bytes(changed)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize(
    "odd",
    [profile(b"GRAY"), profile(b"CMYK"), profile(b"Lab "), profile(b"RGB ", b"link"), profile(b"RGB ", b"nmcl"),
     profile(b"\xff\xfe\xfd\xfc"), profile(bytes(4)), srgb()[:200], noise(500)],
)  # fmt: skip
def test_an_odd_profile_is_passed_over(kind, odd):
    assert_right(as_file(kind=kind, icc_profile=odd), CORNERS)


def refusals(data):
    """The codes of what intake and rendering answer."""
    for act in (take_in, lambda data: list(render(data, focal=(50, 50), xmp=b"", crops=True))):
        with pytest.raises(UnusableImage) as caught:
            act(data)
        assert str(caught.value).endswith(".")
        yield caught.value.code


SIXTEEN = lambda c: struct.pack("<H", grey(c) * 257)  # noqa: E731


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (corners_tiff(16, 1, 32803, SIXTEEN), "raw"),
        (corners_tiff(8, 3, 2, bytes, (254, "I", [1])), "raw"),
        (corners_tiff(8, 3, 2, bytes, (50706, "B", [1, 4, 0, 0])), "raw"),
        (b"II*\0\x10\0\0\0CR\2\0" + bytes(40), "raw"),
        (b"FUJIFILMCCD-RAW 0201", "raw"),
        (b"IIU\0\x18\0\0\0", "raw"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "raw"),
        (as_file(Image.new("F", (8, 8), 0.5), "TIFF"), "numbers"),
        (as_file(Image.new("I", (8, 8), 5), "TIFF"), "numbers"),
        (corners_tiff(32, 3, 2, lambda c: struct.pack("<3f", *c), (339, "H", [3, 3, 3])), "damaged"),
        (b"PK\x03\x04" + as_file(), "archive"),
        (as_file(kind="JPEG2000"), "not_a_picture"),
        (as_file(kind="BMP"), "not_a_picture"),
        (as_file(kind="ICO"), "not_a_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "document"),
        (b"\x1f\x8b\x08" + bytes(40), "not_a_picture"),
        (b"\xff", "not_a_picture"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(data, code):
    assert set(refusals(data)) == {code}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.01, 0.1, 0.5, 0.99])
def test_a_file_cut_short_anywhere_is_refused(kind, part):
    data = as_file(Image.effect_noise((200, 200), 80).convert("RGB"), kind)
    assert set(refusals(data[: int(len(data) * part)])) <= {"damaged", "not_a_picture"}


def test_a_tiff_that_unpacks_a_tile_larger_than_the_picture_is_refused():
    assert set(refusals(tiled_tiff(16384))) == {"too_large_pieces"}


def test_a_tiff_of_which_much_is_held_beside_the_picture_is_refused(monkeypatch):
    strip = as_file(kind="TIFF", compression="tiff_lzw", strip_size=10**6)
    turned = as_file(kind="TIFF", compression="tiff_lzw", strip_size=10**6, tiffinfo={274: 6})
    monkeypatch.setattr(limits, "MAX_BESIDE", 64 * 48 * 3)
    assert take_in(strip).width == 64
    assert set(refusals(turned)) == {"too_large_pieces"}
    monkeypatch.setattr(limits, "MAX_BESIDE", 64 * 48 * 3 - 1)
    assert set(refusals(strip)) == {"too_large_pieces"}


@pytest.mark.parametrize("between", [b"\xff\xd9", b"\xff\xfe\0\0"], ids=["one scan", "scans after a false comment"])
def test_a_jpeg_cannot_hide_that_it_is_held_whole(monkeypatch, between):
    jpeg = first_scan_of(progressive_jpeg((64, 48)), between)
    assert take_in(jpeg).width == 64
    monkeypatch.setattr(limits, "MAX_PIXELS_IN_SCANS", dict.fromkeys((1, 3, 4), 64 * 48 - 1))
    assert set(refusals(jpeg)) == {"too_many_pixels"}
    assert take_in(as_file()).width == take_in(as_file(four_corners(mode="L"))).width == 64


def test_false_comments_hide_no_passes():
    data = progressive_jpeg((64, 48))
    last = data.rindex(b"\xff\xda")
    assert set(refusals(data[:last] + (b"\xff\xfe\0\1" + data[last:-2]) * 100 + b"\xff\xd9")) == {"too_many_scans"}


def test_transparent_pictures_of_two_kinds_have_a_lower_limit(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PIXELS_WITH_ALPHA", {"WEBP": 64 * 48 - 1, "AVIF": 64 * 48 - 1})
    monkeypatch.setattr(decoding, "is_read_apart", lambda data: False)  # that process has limits of its own
    for kind in ("WEBP", "AVIF"):
        assert set(refusals(as_file(Image.new("RGBA", (64, 48)), kind))) == {"too_many_pixels"}
        assert take_in(as_file(kind=kind)).width == 64


@pytest.mark.parametrize(
    ("data", "told"),
    [(png_file(8, 2, [], size=(20_000, 10_000)), "75 million"), (progressive_jpeg((9, 9)), "60 million")],
)
@as_in_production
def test_a_refusal_tells_the_limit_of_its_kind(monkeypatch, data, told):
    at = data.find(b"\xff\xc2")
    data = data if at < 0 else data[: at + 5] + struct.pack(">HH", 10_000, 10_000) + data[at + 9 :]
    with pytest.raises(UnusableImage, match=told):
        take_in(data)


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_an_upload_is_in_what_readers_get(kind):
    data = secretive(kind)
    assert data.count(b"SECRET") > 1
    made = [one.content for one in render(data, focal=(50, 50), xmp=b"", crops=True)]
    intake = take_in(data)
    assert not [content for content in (intake.jpeg, intake.thumbnail, *made) if b"SECRET" in content]


def secretive(kind):
    """With a position, a maker's note, words, a comment and a tail, in as many places as the kind has."""
    exif = Image.Exif()
    exif[0x013B] = "SECRET artist"
    exif.get_ifd(0x8825)[0x1D] = "SECRET day"
    exif.get_ifd(0x8769).update({0x927C: b"SECRET note", 0xA431: "SECRET serial number"})
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "SECRET text")
    more = {"PNG": {"pnginfo": texts}, "JPEG": {"comment": b"SECRET comment"}, "GIF": {"comment": b"SECRET comment"}}
    given = more.get(kind, {}) if kind == "GIF" else {"exif": exif, "xmp": b"<x:SECRET/>", **more.get(kind, {})}
    tail = b"\0\0\0\x0efreeSECRET" if kind == "AVIF" else b"SECRET tail"
    return as_file(four_corners(100, 80), kind, **given) + tail


MEASURED = """
import django; django.setup()
import stories.tasks, stories.admin.uploading
from stories.images.decoding import decode
from stories.images.renditions import LONGEST_SIDE
import sys
decode(open(sys.argv[1], "rb").read(), LONGEST_SIDE)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the highest resident memory is read from /proc")
def test_the_largest_picture_stays_under_600_megabytes(tmp_path):
    """Of all kinds the one whose rendering takes most, with as many bytes behind it as a file may have."""
    path, side = tmp_path / "largest.png", isqrt(limits.MAX_PIXELS_OF_KIND["PNG"])
    data = png_file(8, 6, [b"\x0a\xc8\x1e\x80" * side] * side, size=(side, side))
    path.write_bytes(data + bytes(limits.MAX_BYTES - len(data)))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) * 1024 < MOST_MEGABYTES * 1_000_000
