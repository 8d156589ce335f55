"""The RDF of an XMP packet, whatever way it is written, as one tree of values. Pure.

RDF/XML allows many spellings of the same: attributes or elements, one description or several, any prefix
(ISO 16684-1, 7). What they mean is a value with words, items and fields, of which most have one kind only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from defusedxml import DefusedXmlException, ElementTree

from stories.images.metadata.bounds import LONGEST_BLOCK

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ARRAYS = {f"{RDF}Seq", f"{RDF}Bag", f"{RDF}Alt"}
DEEPEST = 8  # of values in values; the IPTC's have four
MOST_ITEMS = 500
MOST_TAGS = 200_000  # in a packet; a long history of edits has some thousands
DEFAULT_LANGUAGE = "x-default"
UTF_16 = {b"\xff\xfe": "utf-16-le", b"<\0": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\0<": "utf-16-be"}
CONTROLS = re.compile(
    rb"[\0-\x08\v\f\x0e-\x1f]|&#0{0,9}([0-8]|1[124-9]|2\d|3[01]|x0{0,9}([0-8bcef]|1[\da-f]));", re.IGNORECASE
)


@dataclass(frozen=True)
class Value:
    """`text` of a plain value, `items` of an array, `fields` of a structure by "{namespace}name"."""

    text: str = ""
    language: str = ""
    items: Sequence["Value"] = ()
    fields: Mapping[str, "Value"] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text.strip() or any(self.items) or any(self.fields.values()))

    def each(self) -> Sequence["Value"]:
        """The items that say something; a plain value or structure is its only one."""
        return [item for item in self.items if item] if self.items else [self] if self else []

    def texts(self) -> list[str]:
        return [item.text for item in self.each()]

    def in_language(self, languages: Sequence[str]) -> str:
        """The words in the first of these languages that there are words in; else the default ones, else the first.

        ISO 16684-1, 8.2.2.4. "en" is also answered by "en-GB", and "en-GB" by "en".
        """
        said = self.each()
        for language in languages:
            for matches in (_is_same, _is_regional, _is_general):
                for alternative in said:
                    if matches(alternative.language.lower(), language.lower()):
                        return alternative.text
        default = [alternative for alternative in said if alternative.language.lower() == DEFAULT_LANGUAGE]
        return next((alternative.text for alternative in default + list(said)), "")


NOTHING = Value()


def properties(packet: bytes) -> dict[str, Value]:
    """The packet's properties by "{namespace}name"; of one that is said twice, the first that says something.

    A packet that is broken, declares a document type (and with it entities), or is too long has none.
    """
    found: dict[str, Value] = {}
    for description in _descriptions(packet):
        for name, value in _fields(description, DEEPEST):
            if value and not found.get(name):
                found[name] = value
    return found


def _descriptions(packet: bytes) -> Iterable[Any]:
    if len(packet) > LONGEST_BLOCK or packet.count(b"<") > MOST_TAGS:
        return ()
    try:
        tree = ElementTree.fromstring(_readable(packet), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):  # the last: unknown encodings
        return ()
    return next(tree.iter(f"{RDF}RDF"), ())


def _readable(packet: bytes) -> bytes:
    """The packet as XML: in UTF-8, without what stands after it, a space for each control character.

    XML has no control characters, but captions pasted from word processors do, and one of them would cost all words.
    """
    encoding = UTF_16.get(packet[:2])
    if encoding:
        packet = packet.decode(encoding, errors="replace").removeprefix("\ufeff").encode()
    return CONTROLS.sub(b" ", packet[: packet.rfind(b">") + 1].lstrip(b"\0 \t\r\n"))


def _fields(element: Any, depth: int) -> Iterator[tuple[str, Value]]:
    for name, text in element.attrib.items():
        if not name.startswith((RDF, XML)):
            yield name, Value(text)
    for child in element:
        yield child.tag, _value(child, depth - 1)


def _value(element: Any, depth: int) -> Value:
    """The value of a property's element, or of an array's item."""
    language = element.get(f"{XML}lang", "")
    content = element[0] if len(element) else None
    if depth <= 0:
        return NOTHING
    if element.get(f"{RDF}parseType") == "Resource":
        return _structure(element, language, depth)
    if content is None:
        fields = dict(_fields(element, depth))
        text = element.get(f"{RDF}resource") or element.text or ""
        return Value(text, language, fields={} if text.strip() else fields)
    if content.tag in ARRAYS:
        items = [_value(item, depth - 1) for item in content[:MOST_ITEMS] if item.tag == f"{RDF}li"]
        return Value("", language, items=[item for item in items if item])
    return _structure(content, language, depth)


def _structure(element: Any, language: str, depth: int) -> Value:
    """A structure, or a plain value with qualifiers beside it in rdf:value (ISO 16684-1, 7.8)."""
    fields = dict(_fields(element, depth))
    plain = fields.get(f"{RDF}value")
    plain_text = plain.text if plain else element.get(f"{RDF}value", "")
    return Value(plain_text, language or element.get(f"{XML}lang", ""), fields={} if plain_text else fields)


def _is_same(tag: str, wanted: str) -> bool:
    return tag == wanted


def _is_regional(tag: str, wanted: str) -> bool:
    return tag.startswith(f"{wanted}-")


def _is_general(tag: str, wanted: str) -> bool:
    return bool(tag) and wanted.startswith(f"{tag}-")
