"""A story's page as one file that needs nothing else: its style with the faces in it, its pictures, whole links."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage

from stories.images.choosing import Offer
from stories.images.showing import PictureOnPage

SHEETS = ("tokens", "base", "languages", "story", "timeline", "archive", "one-file")
FACES_AT_MOST = 125_000  # bytes: both faces with bold and italics, and the letters of one more alphabet
PICTURES_AT_MOST = 6_000_000  # bytes: some forty pictures
LEAD_WIDTH, WIDTH = 1200, 800  # the first picture is as wide as the page, those after it stand in columns

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")
_FACE = re.compile(r'@font-face \{[^}]*?url\("\.\./([^"]+)"\)[^}]*?unicode-range: ([^;]+);\s*\}')
_LINK = re.compile(r'(<a\b[^<>]*?\shref=")([/?])')


class Face(NamedTuple):
    """A file of a face, the letters that it is for, and the tag without which no page uses it."""

    file: str
    ranges: tuple[range, ...]
    tag: str

    def letters(self, html: str) -> int:
        """How many different letters of the page it has."""
        return sum(any(ord(letter) in part for part in self.ranges) for letter in set(html)) if self.tag in html else 0


@dataclass(frozen=True, slots=True)
class PictureInFile:
    """A picture with its file as a `data:` address; "" where it is withheld, missing, or there is no more room."""

    picture: PictureOnPage
    offer: Offer
    data: str


def style_for(html: str) -> str:
    """The readers' own stylesheets, with the faces that the page has letters of as `data:` addresses."""
    taken = _faces_within(html)

    def face(found: re.Match[str]) -> str:
        return found[0].replace(f"../{found[1]}", _as_data(found[1])) if found[1] in taken else ""

    return _FACE.sub(face, _style())


def policy_for(style: str) -> str:
    """What a browser may do with the file: show this style and what is in it, and ask nobody for anything."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    style_source = f"style-src 'sha256-{digest}'"
    return f"default-src 'none'; {style_source}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


def with_whole_links(html: str, *, site: str, page: str) -> str:
    """The page with each link that leads from it led from the site, and from its own address on it."""
    return _LINK.sub(lambda link: f"{link[1]}{site if link[2] == '/' else page}{link[2]}", html)


def within(pictures: Iterable[PictureOnPage]) -> Iterator[PictureInFile]:
    """The pictures with their files in them, as long as there is room."""
    room = PICTURES_AT_MOST
    for count, picture in enumerate(pictures):
        offer = _moderate(picture, LEAD_WIDTH if count == 0 else WIDTH)
        content = b"" if picture.shown.withheld else _read(offer.file, room)
        room -= len(content)
        data = f"data:image/jpeg;base64,{b64encode(content).decode()}" if content else ""
        yield PictureInFile(picture, offer, data)


def _moderate(picture: PictureOnPage, width: int) -> Offer:
    jpegs = picture.whole.jpegs
    return next((offer for offer in jpegs if offer.width <= width), jpegs[-1])


def _read(file: str, room: int) -> bytes:
    try:
        with default_storage.open(file) as opened:
            content = opened.read(room + 1)
    except OSError:
        return b""
    return bytes(content) if len(content) <= room else b""


def _faces_within(html: str) -> set[str]:
    """The files of faces to take along: those with the most letters of the page first, until there is no more room."""
    taken, room = set(), FACES_AT_MOST
    for face in sorted(_faces(), key=lambda face: -face.letters(html)):
        size = _path(face.file).stat().st_size
        if face.letters(html) and size <= room:
            taken.add(face.file)
            room -= size
    return taken


@lru_cache(maxsize=1)
def _style() -> str:
    """All that the file may need; faces are in it as their files. The last sheet is for paper."""
    sheets = [_path(f"css/{name}.css").read_text(encoding="utf-8") for name in SHEETS]
    paper = _path("css/print.css").read_text(encoding="utf-8")
    return _INDENT.sub("\n", _COMMENT.sub("", "\n".join([*sheets, "@media print {", paper, "}"])))


@lru_cache(maxsize=1)
def _faces() -> tuple[Face, ...]:
    tags = {"bold": "<strong>", "italic": "<em>"}
    return tuple(
        Face(file, tuple(_ranges(listed)), tags.get(file.rpartition("-")[2].partition(".")[0], ""))
        for file, listed in _FACE.findall(_style())
    )


def _ranges(listed: str) -> Iterator[range]:
    """`U+0020-007E, U+00A0` as numbers of letters."""
    for part in listed.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield range(int(first, 16), int(last or first, 16) + 1)


@lru_cache(maxsize=32)
def _as_data(file: str) -> str:
    return f"data:font/woff2;base64,{b64encode(_path(file).read_bytes()).decode()}"


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"There is no static file {name}.")
    return Path(found)
