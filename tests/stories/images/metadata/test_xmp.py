"""XMP in the shapes that programs write it in."""

import html
import zlib

import pytest

from stories.images.metadata import PhotoMetadata, read_metadata
from tests.stories.images.metadata.packets import jpeg_with, jpeg_with_xmp, packet, rdf, segment
from tests.stories.images.pictures import as_file

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


def test_the_first_licensor_with_an_address_counts():
    addresses = "<rdf:li plus:LicensorURL='p'/><rdf:li plus:LicensorURL='www.p.example'/>"
    licensors = f"<rdf:Seq><rdf:li plus:LicensorName='P'/>{addresses}</rdf:Seq>"
    assert read(packet(f"<plus:Licensor>{licensors}</plus:Licensor>")).licensor_url == "https://www.p.example"


def locations(name, *cities):
    items = "".join(f"<rdf:li Iptc4xmpExt:City='{city}' Iptc4xmpExt:CountryName='Norden'/>" for city in cities)
    return f"<Iptc4xmpExt:{name}><rdf:Bag>{items}</rdf:Bag></Iptc4xmpExt:{name}>"


SHOWN, CREATED = locations("LocationShown", "Ørby", "Norden"), locations("LocationCreated", "Vik")
OLDER = "".join(
    f"<{part}>{words}</{part}>"
    for part, words in [
        ("photoshop:Country", "Norden"),
        ("photoshop:State", "Kyst"),
        ("photoshop:City", "Lund"),
        ("Iptc4xmpCore:Location", "Quay 4"),
    ]
)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        (OLDER + CREATED + SHOWN, "Ørby, Norden; Norden"),
        (OLDER + CREATED, "Vik, Norden"),
        (OLDER + CREATED + locations("LocationShown"), "Vik, Norden"),
        (OLDER, "Quay 4, Lund, Kyst, Norden"),
    ],
)
def test_the_place_is_what_is_shown_else_where_the_camera_was_else_the_older_properties(said, place):
    assert read(packet(said)).place == place


def test_words_in_a_structure_are_in_the_newsrooms_language():
    names = "<rdf:li xml:lang='x-default'>Harbour</rdf:li><rdf:li xml:lang='de'>Hafen</rdf:li>"
    name = f"<Iptc4xmpExt:LocationName><rdf:Alt>{names}</rdf:Alt></Iptc4xmpExt:LocationName>"
    xmp = packet(f"<Iptc4xmpExt:LocationShown rdf:parseType='Resource'>{name}</Iptc4xmpExt:LocationShown>")
    assert read(xmp).place == "Harbour"
    assert read_metadata(jpeg_with_xmp(xmp), languages=["de"]).place == "Hafen"


@pytest.mark.parametrize(
    ("languages", "words"),
    [(["en"], "colour"), (["en-US"], "color"), (["de-AT"], "Farbe"), (["fr"], "default"), (["fr", "de"], "Farbe")],
)
def test_a_language_is_answered_by_its_regions_and_the_other_way_round(languages, words):
    said = {"x-default": "default", "en-GB": "colour", "en-us": "color", "de": "Farbe"}
    items = "".join(f"<rdf:li xml:lang='{language}'>{text}</rdf:li>" for language, text in said.items())
    xmp = packet(f"<dc:rights><rdf:Alt>{items}</rdf:Alt></dc:rights>")
    assert read_metadata(jpeg_with_xmp(xmp), languages=languages).copyright_notice == words


def test_persons_are_of_both_properties_and_none_twice():
    names = "<rdf:li>Cy Holt</rdf:li><rdf:li> </rdf:li><rdf:li>Di\nLund</rdf:li>"
    details = "<rdf:li Iptc4xmpExt:PersonName='Di Lund'/><rdf:li Iptc4xmpExt:PersonName='Eva Moe'/>"
    said = read(
        packet(
            f"<Iptc4xmpExt:PersonInImage><rdf:Bag>{names}</rdf:Bag></Iptc4xmpExt:PersonInImage>"
            f"<Iptc4xmpExt:PersonInImageWDetails><rdf:Bag>{details}</rdf:Bag></Iptc4xmpExt:PersonInImageWDetails>"
        )
    )
    assert said.persons == ("Cy Holt", "Di Lund", "Eva Moe")


@pytest.mark.parametrize(("constraint", "may_be"), [("AL-CRP", False), ("AL-FLP", True)])
def test_only_what_forbids_cropping_forbids_it(constraint, may_be):
    item = f"<rdf:li rdf:resource='http://ns.useplus.org/ldf/vocab/{constraint}'/>"
    said = packet(f"<plus:ImageAlterationConstraints><rdf:Bag>{item}</rdf:Bag></plus:ImageAlterationConstraints>")
    assert read(said).may_be_cropped is may_be


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
    longer = EXTENSION + guid + (len(extended) + 1).to_bytes(4, "big") + (0).to_bytes(4, "big") + extended
    assert read_metadata(jpeg_with(main, segment(0xE1, longer))).caption == ""
    other = EXTENSION + b"B" * 32 + head[32:] + (0).to_bytes(4, "big") + extended
    assert read_metadata(jpeg_with(main, segment(0xE1, other))).caption == ""


def test_gif_may_have_the_packet_in_sub_blocks():
    xmp = packet(f"<dc:rights>{'Press ' * 30}</dc:rights>")
    pieces = [xmp[at : at + 255] for at in range(0, len(xmp), 255)]
    gif, colours = as_file(kind="GIF"), 13
    colours += 3 * 2 ** ((gif[10] & 7) + 1) if gif[10] & 0x80 else 0
    extension = b"\x21\xff\x0bXMP DataXMP" + b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"
    assert read_metadata(gif[:colours] + extension + gif[colours:]).copyright_notice.startswith("Press")


def png_with_text(keyword, compressed=False):
    xmp = packet("<dc:rights>Press</dc:rights>")
    content = keyword + b"\0" + bytes([compressed]) + b"\0\0\0" + (zlib.compress(xmp) if compressed else xmp)
    png, length = as_file(kind="PNG"), len(content).to_bytes(4, "big")
    return png[:-12] + length + b"iTXt" + content + b"\0\0\0\0" + png[-12:]


@pytest.mark.parametrize("compressed", [False, True])
def test_png_may_have_the_packet_compressed_and_after_the_pixels(compressed):
    assert read_metadata(png_with_text(b"XML:com.adobe.xmp", compressed)).copyright_notice == "Press"


def test_other_text_of_png_is_no_packet():
    assert read_metadata(png_with_text(b"Comment")) == PhotoMetadata()


def test_nested_elements_without_end_say_nothing():
    assert read_metadata(b"\xff\xd8" + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 20_000)).caption == ""
