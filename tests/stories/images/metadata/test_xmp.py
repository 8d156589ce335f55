"""XMP in the shapes that programs write it in."""

import html

import pytest

from stories.images.metadata import read_metadata
from tests.stories.images.metadata.packets import jpeg_with, jpeg_with_xmp, packet, rdf, segment

EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"


def read(xmp):
    return read_metadata(jpeg_with_xmp(xmp))


@pytest.mark.parametrize(
    "xmp",
    [
        packet("<dc:rights>Press</dc:rights>"),
        packet(attributes='dc:rights="Press"'),
        packet('<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">Press</rdf:li></rdf:Alt></dc:rights>'),
        packet('<dc:rights rdf:parseType="Resource"><rdf:value>Press</rdf:value></dc:rights>'),
        packet('<d:rights xmlns:d="http://purl.org/dc/elements/1.1/">Press</d:rights>'),
        rdf("<rdf:Description/><rdf:Description dc:rights=''/><rdf:Description dc:rights='Press'/>"),
    ],
)
def test_a_property_is_read_in_every_shape(xmp):
    assert read(xmp).copyright_notice == "Press"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_packet_is_read_in_every_encoding(encoding):
    xmp = packet("<dc:rights>Ørby Press</dc:rights>").decode().encode(encoding)
    assert read(xmp).copyright_notice == "Ørby Press"


@pytest.mark.parametrize("control", ["\v", "\x1f", "&#11;", "&#x0B;", "&#x1f;", "&#0;", "&#31;", "&#9;", "&#13;", "\t"])
def test_a_control_character_costs_no_words(control):
    assert read(packet(f"<dc:rights>Ørby{control}Press</dc:rights>")).copyright_notice == "Ørby Press"


@pytest.mark.parametrize("reference", ["&#32;", "&#x20;", "&#110;", "&#x1fe;"])
def test_other_references_stay(reference):
    assert read(packet(f"<dc:rights>A{reference}B</dc:rights>")).copyright_notice == f"A{html.unescape(reference)}B"


@pytest.mark.parametrize("after", [b"\0\0 \n", b"\0 left over", b"left over"])
def test_what_stands_after_the_packet_costs_no_words(after):
    assert read(packet("<dc:rights>Press</dc:rights>") + after).copyright_notice == "Press"


@pytest.mark.parametrize(
    "licensor",
    [
        '<rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://p.example/l</plus:LicensorURL></rdf:li>',
        '<rdf:li plus:LicensorURL="https://p.example/l"/>',
        '<rdf:li><rdf:Description plus:LicensorURL="https://p.example/l"/></rdf:li>',
    ],
)
def test_a_structure_is_read_in_every_shape(licensor):
    assert read(packet(f"<plus:Licensor><rdf:Seq>{licensor}</rdf:Seq></plus:Licensor>")).licensor_url


def test_entities_are_never_expanded():
    assert read(b'<!DOCTYPE x [<!ENTITY a "b">]>' + rdf("<rdf:Description dc:rights='&a;'/>")).copyright_notice == ""


def test_extended_xmp_is_put_together_by_its_offsets_when_it_is_whole():
    guid, extended = b"A" * 32, packet(f"<dc:description>{'A long caption. ' * 20}</dc:description>")
    head = guid + len(extended).to_bytes(4, "big")
    main = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(attributes=f'xmpNote:HasExtendedXMP="{"A" * 32}"'))
    first = segment(0xE1, EXTENSION + head + (0).to_bytes(4, "big") + extended[:100])
    second = segment(0xE1, EXTENSION + head + (100).to_bytes(4, "big") + extended[100:])
    assert read_metadata(jpeg_with(main, second, first)).caption.startswith("A long caption.")
    assert read_metadata(jpeg_with(main, first)).caption == ""


def test_nested_elements_without_end_say_nothing():
    assert read_metadata(b"\xff\xd8" + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 20_000)).caption == ""
