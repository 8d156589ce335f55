"""The XMP packet that goes with every rendition: credit, copyright and licence, and nothing else. Pure.

Properties are those of the IPTC Photo Metadata Standard 2025.1; the packet is that of ISO 16684-1 (XMP), 7.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from stories.images.record import PictureRecord

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
LONGEST = 20_000  # bytes of a text as it is written: a JPEG segment holds 65,502 of the whole packet


def xmp_packet(record: PictureRecord) -> bytes:
    """The packet, UTF-8; b"" where the record says nothing.

    Caption, place and persons are not in it: it travels with public files.
    """
    properties = "".join(_properties(record))
    if not properties:
        return b""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {declared}><rdf:Description rdf:about="">'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    )
    return packet.encode()


def _properties(record: PictureRecord) -> Iterator[str]:
    if creator := _written(record.creator):
        yield f"<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>"
    yield from _plain("photoshop:Credit", record.credit_line)
    yield from _plain("photoshop:Source", record.source_name)
    yield from _in_words("dc:rights", record.copyright_notice)
    if record.copyright_notice.strip():
        yield "<xmpRights:Marked>True</xmpRights:Marked>"
    yield from _in_words("xmpRights:UsageTerms", record.usage_terms)
    yield from _plain("xmpRights:WebStatement", record.web_statement)
    if address := _written(record.licensor_url):
        licensor = f"<plus:LicensorURL>{address}</plus:LicensorURL>"
        yield f'<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">{licensor}</rdf:li></rdf:Seq></plus:Licensor>'
    yield from _plain("Iptc4xmpExt:DigitalSourceType", record.digital_source_type)


def _plain(name: str, value: str) -> Iterator[str]:
    if written := _written(value):
        yield f"<{name}>{written}</{name}>"


def _in_words(name: str, value: str) -> Iterator[str]:
    if written := _written(value):
        yield f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{written}</rdf:li></rdf:Alt></{name}>'


def _written(value: str) -> str:
    """The text, escaped, cut before the character with which it would be too long."""
    written, length = [], 0
    for char in UNWRITABLE.sub("", value).strip():
        written.append(escape(char))
        length += len(written[-1].encode())
        if length > LONGEST:
            return "".join(written[:-1])
    return "".join(written)
