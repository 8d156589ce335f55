"""Metadata as ExifTool writes it, in each format and each standard."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import features

from stories.images.metadata import PhotoMetadata, read_metadata
from tests.stories.images.exiftool import with_metadata
from tests.stories.images.metadata.packets import dataset, jpeg_with_iim, jpeg_with_xmp, packet
from tests.stories.images.pictures import as_file

FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"]
XMP = [
    "-XMP-photoshop:Headline=Harbour vote",
    "-XMP-iptcCore:AltTextAccessibility=Rows of raised hands",
    "-XMP-iptcCore:ExtDescrAccessibility=Forty people.\nNine of them vote against.",
    "-XMP-dc:Description=Keepers vote “yes” in Ørby",
    "-XMP-dc:Creator=Ada Fen",
    "-XMP-dc:Creator=Bo Marsh",
    "-XMP-photoshop:Credit=Harbour Press/Ada Fen",
    "-XMP-photoshop:Source=Harbour Press",
    "-XMP-dc:Rights=© 2026 Harbour Press",
    "-XMP-xmpRights:UsageTerms=Editorial use only",
    "-XMP-xmpRights:WebStatement=https://press.example/terms",
    "-XMP-plus:LicensorURL=https://press.example/licence",
    "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    "-XMP-iptcExt:LocationShown={Sublocation=Fish Hall,City=Ørby,ProvinceState=Ørby,CountryName=Norden}",
    "-XMP-iptcExt:PersonInImage=Cy Holt",
    "-XMP-iptcExt:PersonInImageWDetails={PersonName=Di Lund}",
    "-XMP-photoshop:DateCreated=2026:02:18 09:30:15+02:00",
    "-XMP-plus:ImageAlterationConstraints#=AL-CRP",
    "-XMP-exif:GPSLatitude=59.5",
    "-XMP-aux:SerialNumber=SN-77",
]
IIM = [
    "-IPTC:Headline=Headline of IIM",
    "-IPTC:Caption-Abstract=Caption of IIM, Ørby",
    "-IPTC:By-line=Eve Ness",
    "-IPTC:By-line=Flo Aa",
    "-IPTC:Credit=Credit of IIM",
    "-IPTC:Source=Source of IIM",
    "-IPTC:CopyrightNotice=Copyright of IIM",
    "-IPTC:Sub-location=Quay 4",
    "-IPTC:City=Ørby",
    "-IPTC:Province-State=Kyst",
    "-IPTC:Country-PrimaryLocationName=Norden",
    "-IPTC:DateCreated=2025:06:07",
    "-IPTC:TimeCreated=08:09:10-03:00",
]
EXIF = [
    "-EXIF:ImageDescription=Caption of EXIF, Ørby",
    "-EXIF:Artist=Gus Vik; Ida Sund",
    "-EXIF:Copyright=Copyright of EXIF",
    "-EXIF:DateTimeOriginal=2024:03:04 05:06:07",
    "-EXIF:OffsetTimeOriginal=+05:00",
    "-EXIF:UserComment=A comment",
    "-EXIF:GPSLatitude=59.5",
    "-EXIF:BodySerialNumber=SN-77",
]
OF_XMP = PhotoMetadata(
    headline="Harbour vote",
    alt_text="Rows of raised hands",
    extended_description="Forty people.\nNine of them vote against.",
    caption="Keepers vote “yes” in Ørby",
    creator="Ada Fen, Bo Marsh",
    credit_line="Harbour Press/Ada Fen",
    source_name="Harbour Press",
    copyright_notice="© 2026 Harbour Press",
    usage_terms="Editorial use only",
    web_statement="https://press.example/terms",
    licensor_url="https://press.example/licence",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    place="Fish Hall, Ørby, Norden",
    persons=("Cy Holt", "Di Lund"),
    taken_at=datetime(2026, 2, 18, 9, 30, 15, tzinfo=timezone(timedelta(hours=2))),
    may_be_cropped=False,
)
OF_IIM = PhotoMetadata(
    headline="Headline of IIM",
    caption="Caption of IIM, Ørby",
    creator="Eve Ness, Flo Aa",
    credit_line="Credit of IIM",
    source_name="Source of IIM",
    copyright_notice="Copyright of IIM",
    place="Quay 4, Ørby, Kyst, Norden",
    taken_at=datetime(2025, 6, 7, 8, 9, 10, tzinfo=timezone(-timedelta(hours=3))),
)
OF_EXIF = PhotoMetadata(
    caption="Caption of EXIF, Ørby",
    creator="Gus Vik, Ida Sund",
    copyright_notice="Copyright of EXIF",
    taken_at=datetime(2024, 3, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=5))),
)


def test_the_formats_can_be_written_here():
    assert features.check("avif")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_property_is_read_from_xmp(kind):
    assert read_metadata(with_metadata(as_file(kind=kind), *XMP)) == OF_XMP


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
@pytest.mark.parametrize("charset", ["UTF8", "Latin"])
def test_every_property_is_read_from_iim(kind, charset):
    said = ["-IPTC:CodedCharacterSet=UTF8"] if charset == "UTF8" else []
    assert read_metadata(with_metadata(as_file(kind=kind), *said, *IIM)) == OF_IIM


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "GIF"])
def test_every_property_is_read_from_exif(kind):
    assert read_metadata(with_metadata(as_file(kind=kind), *EXIF)) == OF_EXIF


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_xmp_goes_before_iim_and_iim_before_exif(kind):
    assert read_metadata(with_metadata(as_file(kind=kind), *XMP, *IIM, *EXIF)) == OF_XMP
    iim_and_exif = read_metadata(with_metadata(as_file(kind=kind), *IIM, *EXIF))
    assert iim_and_exif == OF_IIM


def test_each_property_is_taken_from_the_first_standard_that_has_it():
    some = ["-XMP-photoshop:Credit=Credit of XMP", "-IPTC:Credit=Credit of IIM", "-IPTC:By-line=Eve Ness"]
    read = read_metadata(with_metadata(as_file(), *some, "-EXIF:Artist=Gus Vik", "-EXIF:ImageDescription=A quay"))
    assert read == PhotoMetadata(credit_line="Credit of XMP", creator="Eve Ness", caption="A quay")


def test_a_blank_or_a_cameras_filler_leaves_the_property_to_the_next_standard():
    written = [
        "-XMP-dc:Description=OLYMPUS DIGITAL CAMERA",
        "-IPTC:Caption-Abstract= ",
        "-EXIF:ImageDescription=A quay",
    ]
    assert read_metadata(with_metadata(as_file(), *written)).caption == "A quay"


def test_words_are_in_the_newsrooms_language():
    alternatives = [
        "-XMP-dc:Description=Standard",
        "-XMP-dc:Description-de-DE=Hafen",
        "-XMP-dc:Description-fr=Port",
        "-XMP-dc:Rights-fr=Droits",
    ]
    picture = with_metadata(as_file(), *alternatives)
    assert read_metadata(picture).caption == "Standard"
    assert read_metadata(picture, languages=["de"]).caption == "Hafen"
    assert read_metadata(picture, languages=["nl", "fr"]).caption == "Port"
    assert read_metadata(picture, languages=["nl"]).caption == "Standard"
    assert read_metadata(picture, languages=["nl"]).copyright_notice == "Droits"


def test_what_xmp_does_not_say_of_the_offset_exif_says_of_the_same_time():
    same = ["-XMP-photoshop:DateCreated=2024:03:04 05:06:07", *EXIF]
    assert read_metadata(with_metadata(as_file(), *same)).taken_at == OF_EXIF.taken_at
    other = ["-XMP-photoshop:DateCreated=2024:03:04 05:06:08", *EXIF]
    assert read_metadata(with_metadata(as_file(), *other)).taken_at == datetime(2024, 3, 4, 5, 6, 8)


def test_titles_and_the_time_of_digitising_stand_in_only_for_what_no_standard_says():
    scan = ["-XMP-xmp:CreateDate=2026:01:02 03:04:05", "-XMP-dc:Title=Scan 12 of the quay"]
    assert read_metadata(with_metadata(as_file(), *scan)) == PhotoMetadata(
        headline="Scan 12 of the quay", taken_at=datetime(2026, 1, 2, 3, 4, 5)
    )
    dated = read_metadata(with_metadata(as_file(), *scan, "-EXIF:DateTimeOriginal=1965:07:08 00:00:00", *IIM[:1]))
    assert dated.taken_at == datetime(1965, 7, 8)
    assert dated.headline == "Headline of IIM"
    assert read_metadata(jpeg_with_iim(dataset(5, b"Object name"))).headline == "Object name"


def test_a_moment_after_the_reading_is_none():
    now = datetime(2026, 2, 17, 7, 0, tzinfo=UTC)
    written = with_metadata(as_file(), *XMP)
    assert read_metadata(written, now=now).taken_at is None
    assert read_metadata(written, now=now + timedelta(hours=1)).taken_at == OF_XMP.taken_at


def test_position_and_serial_numbers_are_nowhere_in_it():
    told = str(read_metadata(with_metadata(as_file(), *XMP, *EXIF)).as_json())
    assert not {number for number in ("59", "SN-77", "GPS") if number in told}


def test_a_file_without_metadata_says_nothing():
    for kind in FORMATS:
        assert read_metadata(as_file(kind=kind)) == PhotoMetadata()
    for data in (b"", b"\xff\xd8\xff", b"<svg/>", b"RIFF", b"\0" * 100):
        assert read_metadata(data) == PhotoMetadata()


def test_a_broken_packet_says_nothing_and_the_other_standards_speak():
    broken = jpeg_with_xmp(packet("<dc:rights>Half"))
    assert read_metadata(with_metadata(broken, "-EXIF:Artist=Gus Vik")) == PhotoMetadata(creator="Gus Vik")


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_files_raise_nothing(kind):
    written = with_metadata(as_file(kind=kind), *XMP, *IIM, *EXIF)
    random_bytes = random.Random(kind)
    for _ in range(200):
        damaged = bytearray(written)
        for _ in range(random_bytes.choice([1, 3, 20])):
            damaged[random_bytes.randrange(len(damaged))] = random_bytes.randrange(256)
        cut = random_bytes.randrange(len(damaged)) if random_bytes.random() < 0.3 else len(damaged)
        read = read_metadata(bytes(damaged[:cut]))
        assert len(read.headline) <= 300
