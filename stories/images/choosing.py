"""Which files a page offers a browser for one picture. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
MODERN = {"avif": "image/avif", "webp": "image/webp"}  # the smallest first: browsers take the first they know
USUAL = 1200  # of the file for browsers that choose none


@dataclass(frozen=True, slots=True)
class Offer:
    """One file, by its name in the media storage."""

    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """`modern` are the files by MIME type, `jpegs` those that every browser shows, the widest first. `usual` is the
    one of these for browsers that choose none, `widest` the one that is worth opening."""

    modern: dict[str, list[Offer]]
    jpegs: list[Offer]

    @property
    def usual(self) -> Offer:
        return next((offer for offer in self.jpegs if offer.width <= USUAL), self.jpegs[-1])

    @property
    def widest(self) -> Offer:
        return self.jpegs[0]

    @property
    def is_tall(self) -> bool:
        """Whether it is too tall to fill a column: higher than four fifths of its width."""
        return self.usual.height * 5 > self.usual.width * 4


def choose(entry: Json, renditions: Iterable[Json], ratio: str = "") -> Chosen:
    """The files for a gallery entry in this ratio, "" for the whole picture; a ratio that there is not is the whole.

    The readers' copy that the entry names is offered while nothing as wide is rendered, so that each picture shows.
    """
    by_format: dict[str, list[Offer]] = {}
    for one in renditions:
        if one["ratio"] == ratio:
            by_format.setdefault(one["format"], []).append(Offer(one["file"], one["width"], one["height"]))
    if ratio and "jpg" not in by_format:
        return choose(entry, renditions)
    jpegs = sorted(by_format.get("jpg", []), key=lambda offer: -offer.width)
    if not ratio and (not jpegs or jpegs[0].width < entry["width"]):
        jpegs.insert(0, Offer(entry["file"], entry["width"], entry["height"]))
    modern = {MODERN[name]: by_format[name] for name in MODERN if name in by_format}
    return Chosen(modern, jpegs)
