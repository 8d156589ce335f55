"""XMP: the properties of the IPTC Photo Metadata Standard 2025.1 out of a packet. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from stories.images.metadata import values
from stories.images.metadata.bounds import LONGEST_BLOCK
from stories.images.metadata.dates import Taken, read_date
from stories.images.metadata.photo_metadata import PhotoMetadata, taken_fields
from stories.images.metadata.rdf import NOTHING, Value, properties

DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
EXIF = "{http://ns.adobe.com/exif/1.0/}"
NOTE = "{http://ns.adobe.com/xmp/note/}"
NO_CROPPING = "AL-CRP"  # PLUS picture licensing glossary: image alteration constraints
PLACE_PARTS = ["LocationName", "Sublocation", "City", "ProvinceState", "CountryName"]
GUID, NUMBERS = 32, 4  # bytes of the header of a piece of extended XMP: GUID, whole length, offset

Properties = Mapping[str, Value]


class Packet:
    """What a file's XMP says; in words, of the first of `languages` that it has."""

    def __init__(self, said: Properties, languages: Sequence[str], now: datetime) -> None:
        self.said = said
        self.languages = languages
        self.now = now

    def photo_metadata(self) -> PhotoMetadata:
        taken = self._date(f"{PHOTOSHOP}DateCreated", f"{EXIF}DateTimeOriginal")
        return PhotoMetadata(
            headline=values.line(self._words(f"{PHOTOSHOP}Headline")),
            alt_text=values.prose(self._words(f"{IPTC}AltTextAccessibility")),
            extended_description=values.prose(self._words(f"{IPTC}ExtDescrAccessibility")),
            caption=values.caption(self._words(f"{DC}description")),
            creator=values.in_one_line(self._of(f"{DC}creator").texts()),
            credit_line=values.line(self._words(f"{PHOTOSHOP}Credit")),
            source_name=values.line(self._words(f"{PHOTOSHOP}Source")),
            copyright_notice=values.line(self._words(f"{DC}rights")),
            usage_terms=values.prose(self._words(f"{RIGHTS}UsageTerms")),
            web_statement=values.address(self._words(f"{RIGHTS}WebStatement")),
            licensor_url=self._licensor_url(),
            digital_source_type=values.digital_source_type(self._words(f"{IPTC_EXT}DigitalSourceType")),
            place=self._place(),
            persons=values.lines(self._persons()),
            may_be_cropped=not self._forbids_cropping(),
            **taken_fields(taken),
        )

    def second_best(self) -> PhotoMetadata:
        """What stands in for properties that no part of the file has.

        The title, which often is a mere reference; when the picture was made digital, which of a scan is later than
        when it was taken.
        """
        title = values.line(values.caption(self._words(f"{DC}title")))
        return PhotoMetadata(headline=title, **taken_fields(self._date(f"{XMP}CreateDate")))

    def _of(self, name: str) -> Value:
        return self.said.get(name, NOTHING)

    def _words(self, name: str) -> str:
        return self._of(name).in_language(self.languages)

    def _date(self, *names: str) -> Taken | None:
        dates = (read_date(self._words(name), self.now) for name in names)
        return next((date for date in dates if date), None)

    def _licensor_url(self) -> str:
        urls = (
            licensor.fields.get(f"{PLUS}LicensorURL", NOTHING).text for licensor in self._of(f"{PLUS}Licensor").each()
        )
        return next(filter(None, map(values.address, urls)), "")

    def _place(self) -> str:
        """Where what the picture shows is, else where the camera was, else the older properties, which mean either."""
        for name in ("LocationShown", "LocationCreated"):
            places = [self._location(each) for each in self._of(f"{IPTC_EXT}{name}").each()]
            if said := values.in_one_line(places, between="; "):
                return said
        older = [f"{IPTC}Location", f"{PHOTOSHOP}City", f"{PHOTOSHOP}State", f"{PHOTOSHOP}Country"]
        return values.in_one_line(self._words(name) for name in older)

    def _location(self, location: Value) -> str:
        parts = (location.fields.get(f"{IPTC_EXT}{part}", NOTHING) for part in PLACE_PARTS)
        return values.in_one_line(part.in_language(self.languages) for part in parts) or values.line(location.text)

    def _persons(self) -> Iterator[str]:
        yield from self._of(f"{IPTC_EXT}PersonInImage").texts()
        for person in self._of(f"{IPTC_EXT}PersonInImageWDetails").each():
            yield person.fields.get(f"{IPTC_EXT}PersonName", NOTHING).in_language(self.languages)

    def _forbids_cropping(self) -> bool:
        constraints = self._of(f"{PLUS}ImageAlterationConstraints").texts()
        return any(constraint.strip().rpartition("/")[2] == NO_CROPPING for constraint in constraints)


def read_packets(
    packets: Iterable[bytes], extensions: Iterable[bytes], languages: Sequence[str], now: datetime
) -> Packet:
    """All that a file's packets say as one. `extensions` are pieces of extended XMP, with their headers."""
    said: dict[str, Value] = {}
    for packet in packets:
        said = properties(packet) | said
    guid = said.get(f"{NOTE}HasExtendedXMP", NOTHING).text.strip().encode(errors="replace")
    if guid:
        said = properties(_extended(guid, extensions)) | said
    return Packet(said, languages, now)


def _extended(guid: bytes, pieces: Iterable[bytes]) -> bytes:
    """The extended packet, put together by its pieces' offsets; empty unless it is whole (XMP, part 3, 1.1.3.1)."""
    parts: dict[int, bytes] = {}
    length = 0
    for piece in pieces:
        if piece[:GUID] == guid:
            length = int.from_bytes(piece[GUID : GUID + NUMBERS], "big")
            at = int.from_bytes(piece[GUID + NUMBERS : GUID + 2 * NUMBERS], "big")
            parts[at] = piece[GUID + 2 * NUMBERS :]
    whole, end = [], 0
    for at, part in sorted(parts.items()):
        if at != end:
            return b""
        whole.append(part)
        end += len(part)
    return b"".join(whole) if end == length <= LONGEST_BLOCK else b""
