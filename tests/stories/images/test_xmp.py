import pytest

from stories.images.record import PictureRecord
from stories.images.renditions import first_rendition
from stories.images.xmp import xmp_packet
from stories.models import Image
from tests.stories.images.exiftool import read_tags
from tests.stories.images.pictures import as_file

TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
RECORD = PictureRecord(
    creator="Orla Vantrel",
    credit_line="Skell Courier / Ärmel & Søn <north>",
    copyright_notice="© 2026 Skell Courier",
    source_name="Skell Courier",
    source_url="https://courier.example/quay",
    usage_terms="One story, one year",
    web_statement="https://courier.example/rights",
    licensor_url="https://courier.example/licence?a=1&b=2",
    digital_source_type=TYPE,
)


def test_another_program_reads_credit_copyright_and_licence():
    tags = read_tags(xmp_packet(RECORD))
    told = {name: value for name, value in tags.items() if name.startswith("XMP-") and not name.startswith("XMP-x:")}
    assert told == {
        "XMP-dc:Creator": ["Orla Vantrel"],
        "XMP-photoshop:Credit": "Skell Courier / Ärmel & Søn <north>",
        "XMP-photoshop:Source": "Skell Courier",
        "XMP-dc:Rights": "© 2026 Skell Courier",
        "XMP-xmpRights:Marked": True,
        "XMP-xmpRights:UsageTerms": "One story, one year",
        "XMP-xmpRights:WebStatement": "https://courier.example/rights",
        "XMP-plus:Licensor": [{"LicensorURL": "https://courier.example/licence?a=1&b=2"}],
        "XMP-iptcExt:DigitalSourceType": told["XMP-iptcExt:DigitalSourceType"],
    }
    assert TYPE.encode() in xmp_packet(RECORD)


def test_a_record_that_says_nothing_makes_no_packet():
    assert xmp_packet(PictureRecord(source_url="https://courier.example/quay")) == b""
    assert xmp_packet(PictureRecord(credit_line=" \x00 ")) == b""


@pytest.mark.parametrize("written", ["a\x00b", "a\x0bb", "a\ud800b", "a\ufffeb"])
def test_what_xml_cannot_hold_is_left_out(written):
    assert read_tags(xmp_packet(PictureRecord(credit_line=written)))["XMP-photoshop:Credit"] == "ab"


def test_a_record_is_the_same_from_the_library_and_from_a_document():
    told = vars(RECORD)
    assert PictureRecord.of_image(Image(caption="The quay", **told)) == RECORD
    assert PictureRecord.of_entry({"caption": "The quay", **told}) == RECORD
    assert PictureRecord.of_entry({"credit_line": None}) == PictureRecord()


@pytest.mark.parametrize("char", ["&", "語", "🛳"])
def test_the_longest_record_fits_into_a_jpeg(char):
    address = "https://courier.example/?" + "&" * 1900
    told = dict.fromkeys(["creator", "credit_line", "copyright_notice", "source_name"], char * 300)
    longest = PictureRecord(**told, usage_terms=char * 20_000, web_statement=address, licensor_url=address)
    rendition = first_rendition(as_file(), xmp=xmp_packet(longest))
    assert read_tags(rendition.content)["XMP-photoshop:Credit"] == char * 300
    assert len(read_tags(rendition.content)["XMP-xmpRights:UsageTerms"]) > 3_000
