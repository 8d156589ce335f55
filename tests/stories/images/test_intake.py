import hashlib
import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from stories.images import limits
from stories.images.intake import take_in
from stories.images.limits import UnusableImage
from tests.stories.images.pictures import BLUE, GREEN, RED, WHITE, as_file, four_corners, segments

TURNED = {  # what a viewer sees, clockwise from the top left, of a file that says this orientation
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (BLUE, WHITE, RED, GREEN),
    4: (WHITE, BLUE, GREEN, RED),
    5: (RED, WHITE, BLUE, GREEN),
    6: (WHITE, RED, GREEN, BLUE),
    7: (BLUE, GREEN, RED, WHITE),
    8: (GREEN, BLUE, WHITE, RED),
}

as_in_production = pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")  # which pytest resets


def opened(jpeg):
    return Image.open(BytesIO(jpeg))


def corners(jpeg):
    picture = opened(jpeg)
    width, height = picture.size
    near, far = 4, 5
    places = ((near, near), (width - far, near), (width - far, height - far), (near, height - far))
    return [picture.getpixel(place) for place in places]


def assert_colours(jpeg, expected, within=16):
    for seen, wanted in zip(corners(jpeg), expected, strict=True):
        assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) <= within, (corners(jpeg), expected)


def refusal(data):
    with pytest.raises(UnusableImage) as caught:
        take_in(data)
    assert str(caught.value).endswith(".")
    return caught.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_each_readable_kind_becomes_a_jpeg_of_the_same_colours(kind):
    intake = take_in(as_file(kind=kind))
    assert opened(intake.jpeg).format == "JPEG"
    assert (intake.width, intake.height) == (64, 48)
    assert_colours(intake.jpeg, (RED, GREEN, BLUE, WHITE))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("LA", "PNG"), ("1", "PNG"), ("RGBA", "PNG"), ("CMYK", "JPEG"), ("CMYK", "TIFF"),
     ("LAB", "TIFF"), ("YCbCr", "TIFF"), ("RGBA", "WEBP"), ("RGBA", "TIFF"), ("L", "JPEG")],
)  # fmt: skip
def test_every_kind_of_pixels_becomes_rgb(mode, kind):
    source = (
        ImageCms.profileToProfile(four_corners(), *profiles("sRGB", "LAB"), outputMode="LAB") if mode == "LAB" else None
    )
    intake = take_in(as_file(source or four_corners(mode=mode), kind))
    assert opened(intake.jpeg).mode == "RGB"
    expected = [
        four_corners(mode=mode).convert("RGB").getpixel(place) for place in ((4, 4), (59, 4), (59, 43), (4, 43))
    ]
    assert_colours(intake.jpeg, expected)


def test_a_palette_becomes_rgb():
    assert_colours(take_in(as_file(four_corners().quantize(8), "PNG")).jpeg, (RED, GREEN, BLUE, WHITE))


def profiles(*names):
    return [ImageCms.ImageCmsProfile(ImageCms.createProfile(name)) for name in names]


def test_sixteen_bit_grey_keeps_its_range():
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16")
    seen = opened(take_in(as_file(grey, "PNG")).jpeg)
    assert [seen.getpixel((128, y))[0] for y in (0, 128, 255)] == pytest.approx([0, 128, 255], abs=4)


def test_sixteen_bit_colour_is_read():
    row = b"\0" + struct.pack(">HHH", 0xDC00, 0x1400, 0x1E00) * 8
    data = png(
        [(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 16, 2, 0, 0, 0)), (b"IDAT", zlib.compress(row * 8)), (b"IEND", b"")]
    )
    assert opened(take_in(data).jpeg).getpixel((4, 4)) == pytest.approx(RED, abs=6)


def test_numbers_without_a_known_range_are_refused():
    assert refusal(as_file(Image.new("F", (8, 8), 0.5), "TIFF")) == "numbers"


@pytest.mark.parametrize("transparent", ["RGBA", "LA", "P", "keyed"])
def test_what_is_transparent_becomes_the_white_of_paper(transparent):
    if transparent == "keyed":
        data = as_file(Image.new("RGB", (16, 16), (1, 2, 3)), "PNG", transparency=(1, 2, 3))
    elif transparent == "P":
        data = as_file(Image.new("RGB", (16, 16), RED).quantize(), "PNG", transparency=0)
    else:
        data = as_file(Image.new(transparent, (16, 16), 0), "PNG")
    assert opened(take_in(data).jpeg).getpixel((8, 8)) == WHITE


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_the_picture_stands_upright(orientation, kind):
    exif = Image.Exif()
    exif[0x0112] = orientation
    intake = take_in(as_file(kind=kind, exif=exif))
    assert (intake.width, intake.height) == ((64, 48) if orientation < 5 else (48, 64))
    assert_colours(intake.jpeg, TURNED[orientation])


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("exif", [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0rubbish", b"Exif\0\0"])
def test_an_unreadable_exif_block_is_passed_over(exif):
    assert_colours(take_in(as_file(exif=exif)).jpeg, (RED, GREEN, BLUE, WHITE))


def test_an_impossible_orientation_is_passed_over():
    exif = Image.Exif()
    exif[0x0112] = 77
    assert_colours(take_in(as_file(exif=exif)).jpeg, (RED, GREEN, BLUE, WHITE))


def swapped_profile() -> bytes:
    """An sRGB profile whose red and green primaries have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = {bytes(profile[at : at + 4]): at + 4 for at in range(132, 132 + 12 * profile[131], 12)}
    red, green = (bytes(profile[entries[tag] : entries[tag] + 8]) for tag in (b"rXYZ", b"gXYZ"))
    profile[entries[b"rXYZ"] : entries[b"rXYZ"] + 8], profile[entries[b"gXYZ"] : entries[b"gXYZ"] + 8] = green, red
    return bytes(profile)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_colours_come_through_the_embedded_profile(kind, mode):
    picture = Image.new("RGB", (16, 16), (255, 0, 0)).convert(mode)
    jpeg = take_in(as_file(picture, kind, icc_profile=swapped_profile())).jpeg
    assert opened(jpeg).getpixel((8, 8)) == pytest.approx((0, 255, 0), abs=8)
    assert "icc_profile" not in opened(jpeg).info


@pytest.mark.parametrize("profile", [b"rubbish", b"", swapped_profile()[:300]])
def test_a_broken_profile_is_passed_over(profile):
    assert_colours(take_in(as_file(icc_profile=profile)).jpeg, (RED, GREEN, BLUE, WHITE))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_profile_for_other_pixels_does_no_harm(mode):
    jpeg = take_in(as_file(Image.new("RGB", (16, 16), "white").convert(mode), icc_profile=swapped_profile())).jpeg
    assert opened(jpeg).getpixel((8, 8)) == pytest.approx(WHITE, abs=2)


def secretive(kind):
    exif = Image.Exif()
    exif[0x013B] = "SECRET artist"
    exif.get_ifd(0x8825)[1] = "SECRET north"
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("Comment", "SECRET text", zip=True)
    extra = {"comment": b"SECRET comment"} if kind == "JPEG" else {"pnginfo": texts} if kind == "PNG" else {}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return as_file(kind=kind, exif=exif, icc_profile=profile, xmp=b"<x:SECRET/>", **extra) + b"SECRET trailer"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_reaches_readers(kind):
    data = secretive(kind)
    assert b"SECRET" in data
    intake = take_in(data)
    for jpeg in (intake.jpeg, intake.thumbnail):
        assert b"SECRET" not in jpeg
        assert jpeg.endswith(b"\xff\xd9")
        assert set(segments(jpeg)) == {"APP0", "picture"}
    assert intake.original == data


@pytest.mark.parametrize(
    ("size", "seen", "small"),
    [
        ((3200, 2400), (1600, 1200), (320, 240)),
        ((1601, 100), (1600, 100), (320, 20)),
        ((90, 1600), (90, 1600), (18, 320)),
        ((10, 20), (10, 20), (10, 20)),
        ((1, 1), (1, 1), (1, 1)),
        ((30_000, 10), (1600, 1), (320, 1)),
    ],
)
def test_the_longer_side_is_at_most_1600(size, seen, small):
    for kind in ("JPEG", "PNG"):
        intake = take_in(as_file(Image.new("RGB", size, RED), kind))
        assert (intake.width, intake.height) == opened(intake.jpeg).size == seen
        assert opened(intake.thumbnail).size == small


def test_a_large_picture_is_the_same_whichever_way_it_is_made_smaller():
    large = four_corners(7000, 5000)
    for kind in ("JPEG", "PNG"):
        assert_colours(take_in(as_file(large, kind)).jpeg, (RED, GREEN, BLUE, WHITE))


def test_the_same_upload_gives_the_same_bytes():
    data = as_file(four_corners(300, 200))
    first, second = take_in(data), take_in(BytesIO(data))
    assert first == second
    assert first.sha256 == hashlib.sha256(first.jpeg).hexdigest()
    assert first.original_sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("JPEG", "jpg"), ("PNG", "png"), ("TIFF", "tif"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif")],
)
def test_the_kind_is_told_by_content(kind, extension):
    assert take_in(as_file(kind=kind)).original_extension == extension


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_of_a_moving_picture_the_first_frame_is_taken(kind):
    frames = [Image.new("RGB", (16, 16), colour) for colour in (RED, GREEN, BLUE)]
    data = as_file(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert_colours(take_in(data).jpeg, [RED] * 4)


def test_a_picture_of_several_pictures_gives_the_first():
    data = as_file(four_corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), BLUE)], quality=95)
    assert opened(data).format == "MPO"
    intake = take_in(data)
    assert_colours(intake.jpeg, (RED, GREEN, BLUE, WHITE))
    assert intake.original_extension == "jpg"


def test_a_polyglot_leaves_only_its_picture():
    intake = take_in(as_file() + b"PK\x03\x04 <script>alert(1)</script>")
    assert b"script" not in intake.jpeg + intake.thumbnail


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0" * 100, "not_a_picture"),
        (b"A caption, not a picture.", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "svg"),
        (b"\n<!DOCTYPE html><title>x</title>", "web_page"),
        (b"PK\x03\x04rest", "archive"),
        (b"%PDF-1.7", "document"),
        (b"8BPS\0\1", "layers"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"BM" + b"\0" * 60, "not_a_picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data, code):
    assert refusal(data) == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "AVIF"])
def test_a_picture_cut_short_is_refused(kind):
    data = as_file(Image.effect_noise((200, 200), 80).convert("RGB"), kind)
    for kept in (0.5, 0.9):
        assert refusal(data[: int(len(data) * kept)]) == "damaged"


def test_a_progressive_jpeg_cut_short_is_refused():
    data = as_file(Image.effect_noise((200, 200), 80).convert("RGB"), progressive=True)
    assert refusal(data[: len(data) // 2]) == "damaged"


def test_the_limit_of_bytes_is_exact(monkeypatch):
    data = as_file()
    monkeypatch.setattr(limits, "MAX_BYTES", len(data))
    assert take_in(data).width == 64
    monkeypatch.setattr(limits, "MAX_BYTES", len(data) - 1)
    assert refusal(data) == "too_many_bytes"
    assert refusal(BytesIO(data)) == "too_many_bytes"


def png(chunks):
    body = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def with_size(width, height, *more):
    return png(
        [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), *more, (b"IDAT", b""), (b"IEND", b"")]
    )


@as_in_production
@pytest.mark.parametrize(
    ("width", "height"), [(7_501, 10_000), (2**31 - 1, 2**31 - 1), (20_000, 10_000), (2**31 - 1, 1)]
)
def test_a_bomb_is_refused_by_its_header(width, height):
    assert refusal(with_size(width, height)) == "too_many_pixels"


@as_in_production
def test_the_limit_of_pixels_is_exact():
    assert refusal(with_size(7_500, 10_000)) == "damaged"
    assert refusal(with_size(7_500, 10_001)) == "too_many_pixels"


def test_kinds_that_decode_in_several_copies_have_a_lower_limit(monkeypatch):
    monkeypatch.setitem(limits.MAX_PIXELS_OF_KIND, "WEBP", 64 * 48 - 1)
    assert refusal(as_file(kind="WEBP")) == "too_many_pixels"
    monkeypatch.setattr(limits, "MAX_PIXELS_IN_SCANS", {3: 64 * 48 - 1})
    assert refusal(as_file(progressive=True)) == "too_many_pixels"
    assert take_in(as_file()).width == 64


def test_a_gif_whose_frame_is_larger_than_its_screen_is_refused():
    data = bytearray(as_file(Image.new("P", (4, 4)), "GIF"))
    frame = data.index(b"\x2c", 13 + 3 * 2 ** ((data[10] & 7) + 1))
    data[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    assert refusal(bytes(data)) == "too_many_pixels"


@pytest.mark.parametrize("chunk", [b"iTXt", b"zTXt", b"iCCP"])
def test_a_chunk_that_inflates_without_end_is_refused_or_passed_over(chunk):
    inflating = zlib.compress(b"\0" * 80_000_000)
    data = {b"iTXt": b"Comment\0\1\0\0\0", b"zTXt": b"Comment\0\0", b"iCCP": b"profile\0\0"}[chunk] + inflating
    assert refusal(with_size(8, 8, (chunk, data))) == "damaged"


def test_a_jpeg_of_endless_passes_is_refused():
    data = as_file(four_corners(), progressive=True)
    last = data.rindex(b"\xff\xda")
    assert refusal(data[:last] + data[last:-2] * 100 + b"\xff\xd9") == "too_many_scans"


def test_bytes_after_the_picture_are_no_passes():
    assert take_in(as_file() + b"\xff\xda\0\2" * 1000).width == 64


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "GIF", "TIFF", "WEBP", "AVIF"]),
    places=st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
)
def test_a_damaged_file_gives_a_picture_or_a_refusal(kind, places):
    data = bytearray(as_file(four_corners(20, 20), kind))
    for place, rubbish in places:
        at = place % len(data)
        data[at : at + len(rubbish)] = rubbish
    with suppress(UnusableImage):
        assert opened(take_in(bytes(data)).jpeg).mode == "RGB"


def test_full_chroma_is_kept_where_the_upload_has_it():
    factors = {}
    for name, data in {
        "drawn": as_file(kind="PNG"),
        "full": as_file(subsampling=0),
        "half": as_file(subsampling=2),
    }.items():
        factors[name] = opened(take_in(data).jpeg).layer[0][1:3]
    assert factors == {"drawn": (1, 1), "full": (1, 1), "half": (2, 2)}
