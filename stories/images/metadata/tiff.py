"""The first directory of a TIFF file, and of an EXIF block, which is built like one (TIFF 6.0, section 2). Pure.

Directories are not followed from one to the next, so none can lead in a circle.
"""

from collections.abc import Container
from typing import Literal, NamedTuple

from stories.images.metadata.bounds import LONGEST_BLOCK

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8, 129: 1}
MOST_ENTRIES = 2_000
EXIF_PREFIX = b"Exif\0\0"


class Layout(NamedTuple):
    """How many bytes a number has: of an offset, of a directory's count of entries."""

    order: Literal["little", "big"]
    offset: int
    number: int


LAYOUTS = {
    b"II*\0": Layout("little", 4, 2),
    b"MM\0*": Layout("big", 4, 2),
    b"II+\0": Layout("little", 8, 8),  # BigTIFF
    b"MM\0+": Layout("big", 8, 8),
}


class Tiff:
    """A TIFF structure; says nothing where it is broken."""

    def __init__(self, data: bytes) -> None:
        self.data = data.removeprefix(EXIF_PREFIX)
        self.layout = LAYOUTS.get(self.data[:4])

    def first_directory(self, tags: Container[int]) -> dict[int, bytes]:
        """The bytes of the entries with these tags."""
        return self._directory(self._number(self.layout.offset, self.layout.offset), tags) if self.layout else {}

    def directory_at(self, entry: bytes, tags: Container[int]) -> dict[int, bytes]:
        """The same for the directory that another's entry leads to, such as that of EXIF."""
        return self._directory(int.from_bytes(entry, self.layout.order), tags) if self.layout else {}

    def _directory(self, at: int, tags: Container[int]) -> dict[int, bytes]:
        """The first of two entries with one tag, none that lies outside the file, LONGEST_BLOCK of one."""
        layout = self.layout
        if layout is None or at < 8:
            return {}
        found: dict[int, bytes] = {}
        begin, length = at + layout.number, 4 + 2 * layout.offset
        for number in range(min(self._number(at, layout.number), MOST_ENTRIES)):
            entry = begin + number * length
            if entry + length > len(self.data):
                break
            tag, kind = self._number(entry, 2), self._number(entry + 2, 2)
            if tag not in tags or tag in found:
                continue
            size = SIZES.get(kind, 0) * self._number(entry + 4, layout.offset)
            start = entry + 4 + layout.offset
            if size > layout.offset:
                start = self._number(start, layout.offset)
            if size and start + size <= len(self.data):
                found[tag] = self.data[start : start + min(size, LONGEST_BLOCK)]
        return found

    def _number(self, at: int, size: int) -> int:
        assert self.layout
        return int.from_bytes(self.data[at : at + size], self.layout.order)
