"""Values are made storable and as long as their field may be."""

import pytest

from stories.images.metadata import values


def test_text_is_storable_and_trimmed():
    assert values.prose(" a\0\ud800b \r\nc\u2028d\x85 ") == "ab\nc\nd"
    assert values.line("a\r\n  b\tc") == "a b c"


def test_long_text_is_cut_after_a_word():
    cut = values.line("word " * 100)
    assert len(cut) <= 300
    assert cut.endswith("word…")
    assert len(values.line("x" * 400)) == 300
    assert len(values.prose("word " * 5000)) <= 20_000


@pytest.mark.parametrize("filler", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", r"DCIM\100MEDIA\DJI_0001.JPG", "   ", "---"])
def test_fillers_of_cameras_are_no_captions(filler):
    assert values.caption(filler) == ""


def test_captions_that_begin_like_fillers_stay():
    assert values.caption("Olympus, the mountain") == "Olympus, the mountain"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://press.example/x", "https://press.example/x"),
        (" www.press.example/x ", "https://www.press.example/x"),
        ("javascript:alert(1)", ""),
        ("ftp://press.example", ""),
        ("All rights reserved", ""),
        ("https://press.example/a b", ""),
    ],
)
def test_only_web_addresses_are_addresses(text, address):
    assert values.address(text) == address


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("https://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", "digitalCapture"),
        ("digsrctype:trainedAlgorithmicMedia", "trainedAlgorithmicMedia"),
        ("digitalcapture", "digitalCapture"),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/laterTerm", "laterTerm"),
        ("laterTerm", ""),
        ("http://other.example/digitalCapture", ""),
    ],
)
def test_source_types_are_those_of_the_vocabulary(text, term):
    uri = f"http://cv.iptc.org/newscodes/digitalsourcetype/{term}" if term else ""
    assert values.digital_source_type(text) == uri
