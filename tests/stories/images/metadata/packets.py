"""XMP packets and JPEG files with metadata, written by hand."""

from tests.stories.images.pictures import as_file

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
}
PREFIXES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def packet(properties: str = "", attributes: str = "") -> bytes:
    """A packet whose one description has these elements and attributes."""
    return rdf(f'<rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description>')


def rdf(descriptions: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {PREFIXES}>{descriptions}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


def jpeg_with(*segments: bytes) -> bytes:
    plain = as_file()
    return plain[:2] + b"".join(segments) + plain[2:]


def jpeg_with_xmp(xmp: bytes) -> bytes:
    return jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp))


def dataset(number: int, words: bytes, record: int = 2) -> bytes:
    return bytes([0x1C, record, number]) + len(words).to_bytes(2, "big") + words


def resource(data: bytes, number: int = 0x0404) -> bytes:
    """Photoshop's resource of this number, that of IIM by default."""
    return b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(data).to_bytes(4, "big") + data + b"\0" * (len(data) % 2)


def jpeg_with_iim(*datasets: bytes) -> bytes:
    return jpeg_with(segment(0xED, b"Photoshop 3.0\0" + resource(b"".join(datasets))))
