"""IIM, the older form of IPTC's metadata: datasets in a file's Photoshop resources. IPTC-NAA IIM 4.2. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from stories.images.metadata import values
from stories.images.metadata.dates import read_iim_date
from stories.images.metadata.encodings import Said, decoded
from stories.images.metadata.photo_metadata import PhotoMetadata, taken_fields

IIM_RESOURCE = 0x0404
SIGNATURES = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")
MOST_RESOURCES = 2_000
MOST_DATASETS = 5_000
BEGINNING = b"\x1c"
UTF_8 = (b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")

CHARACTER_SET = 1, 90
OBJECT_NAME, DATE_CREATED, TIME_CREATED, BY_LINE = (2, 5), (2, 55), (2, 60), (2, 80)
CITY, SUBLOCATION, PROVINCE, COUNTRY = (2, 90), (2, 92), (2, 95), (2, 101)
HEADLINE, CREDIT, SOURCE, COPYRIGHT, CAPTION = (2, 105), (2, 110), (2, 115), (2, 116), (2, 120)

Datasets = dict[tuple[int, int], list[bytes]]


class Iim:
    """The datasets of a file, which may have them in several places: what is broken in one leaves the others."""

    def __init__(self, places: Iterable[bytes], now: datetime) -> None:
        self.datasets: Datasets = {}
        for number, value in chain.from_iterable(map(_datasets, places)):
            self.datasets.setdefault(number, []).append(value)
        self.said = _encoding(self.datasets.get(CHARACTER_SET, []))
        self.now = now

    def photo_metadata(self) -> PhotoMetadata:
        taken = read_iim_date(self._first(DATE_CREATED), self._first(TIME_CREATED), self.now)
        return PhotoMetadata(
            headline=values.line(self._first(HEADLINE)),
            caption=values.caption(self._first(CAPTION)),
            creator=values.in_one_line(self._each(BY_LINE)),
            credit_line=values.line(self._first(CREDIT)),
            source_name=values.line(self._first(SOURCE)),
            copyright_notice=values.line(self._first(COPYRIGHT)),
            place=values.in_one_line(map(self._first, (SUBLOCATION, CITY, PROVINCE, COUNTRY))),
            **taken_fields(taken),
        )

    def second_best(self) -> PhotoMetadata:
        """The object's name, where no part of the file has a headline."""
        return PhotoMetadata(headline=values.line(values.caption(self._first(OBJECT_NAME))))

    def _each(self, number: tuple[int, int]) -> list[str]:
        return [decoded(words, self.said) for words in self.datasets.get(number, [])]

    def _first(self, number: tuple[int, int]) -> str:
        return next((words for words in self._each(number) if words.strip(" \0")), "")


def _encoding(declared: list[bytes]) -> Said:
    """By 1:90, an escape sequence of ISO 2022."""
    if not any(declared):
        return Said.NOTHING
    return Said.UTF_8 if declared[0].strip(b"\0 ") in UTF_8 else Said.ANOTHER


def iim_in(resources: bytes) -> bytes:
    """The IIM in Photoshop's image resources, which several segments of a JPEG may hold.

    IIM itself is taken as it is: the profiles of a PNG file may be either.
    """
    if resources[:1] == BEGINNING:
        return resources
    return b"".join(data for number, data in _resources(resources) if number == IIM_RESOURCE)


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(MOST_RESOURCES):
        if data[at : at + 4] not in SIGNATURES or at + 12 > len(data):
            return
        number, name = int.from_bytes(data[at + 4 : at + 6], "big"), data[at + 6]
        at += 6 + 1 + name + (name + 1) % 2
        length = int.from_bytes(data[at : at + 4], "big")
        yield number, data[at + 4 : at + 4 + length]
        at += 4 + length + length % 2


def _datasets(iim: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Each dataset with its value, in their order; up to the first that is broken."""
    iim = _in_order(iim)
    at = 0
    for _ in range(MOST_DATASETS):
        if at + 5 > len(iim) or iim[at : at + 1] != BEGINNING:
            return
        number, length = (iim[at + 1], iim[at + 2]), int.from_bytes(iim[at + 3 : at + 5], "big")
        at += 5
        if length & 0x8000:  # an extended dataset: this was the length of its length
            size = length & 0x7FFF
            length = int.from_bytes(iim[at : at + size], "big") if size <= 8 else len(iim)
            at += size
        if at + length > len(iim):
            return
        yield number, iim[at : at + length]
        at += length


def _in_order(iim: bytes) -> bytes:
    """Some programs write IIM into TIFF as numbers of four bytes, each with its last byte first."""
    if iim[:1] == BEGINNING or iim[3:4] != BEGINNING:
        return iim
    return b"".join(iim[at : at + 4][::-1] for at in range(0, len(iim), 4))
