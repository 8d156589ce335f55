"""Rich text: what of pasted HTML is kept, and the only place where HTML is marked safe.

Kept are paragraphs, line breaks, lists, quotations, emphasis, sub- and superscript, and links with a full web or
mail address. The result is a row of blocks: text that stands loose gets its paragraph.
"""

import html as html_entities
import re
from collections.abc import Iterator
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString

from stories import web_address

INLINE = frozenset({"strong", "em", "sub", "sup", "a", "br"})
LISTS = frozenset({"ul", "ol"})
BLOCKS = frozenset({"p", "li", "blockquote"}) | LISTS
CONTENT_DROPPED = frozenset(
    "script style title template noscript noembed noframes iframe object svg math textarea select".split()
)
ALIASES = {
    "b": "strong",
    "i": "em",
    **dict.fromkeys("h1 h2 h3 h4 h5 h6 div section article header footer main aside nav address".split(), "p"),
    **dict.fromkeys("figure figcaption pre center details summary dl dt dd tr caption legend fieldset".split(), "p"),
}
MAX_ROUNDS = 8
DEEPEST = 100
CLOSED_BY_THEMSELVES = "p|li|dt|dd|option|br|hr|img|input|meta|link|col|wbr|area|base|embed|source|track"

TAG = re.compile(r"<(/?)([a-z]+)([^>]*)>")
_ALIAS = re.compile(rf"<(/?)({'|'.join(ALIASES)})(?=[\s/>])", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)(?:table|thead|tbody|tfoot|colgroup|col|td|th)(?:\s[^<>]*)?>", re.IGNORECASE)
_NESTING = re.compile(rf"<(/?)(?!(?:{CLOSED_BY_THEMSELVES})[\s/>])[a-z][^\s<>/]*(?:[^<>]*>)?", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0\ufffe\uffff]")
_REFERENCE = re.compile(r"&(#?\w*;?)")
_AMPERSAND = "\ufdd0"  # stands in for a plain "&", on which the parser takes quadratic time; no character itself
_EMPTY_BLOCK = re.compile(r"<(p|li|ul|ol|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
_EMPTY_INLINE = re.compile(r"<(strong|em|sub|sup|a)(?: [^>]*)?>((?:\s|&nbsp;)*)</\1>")
_DEAD_LINK = re.compile(r'<a rel="noopener">(.*?)</a>', re.DOTALL)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_MAIL_ADDRESS = re.compile(r"mailto:[^\s<>\"'\\@?]+@[^\s<>\"'\\@?]+", re.IGNORECASE)


class Piece(NamedTuple):
    """A tag by its name, with `slash` "/" where it closes; a text has no name."""

    name: str
    slash: str
    written: str


def sanitise(html: str) -> str:
    """What of `html` is kept; the result is inert, well-formed, and sanitising it again changes nothing.

    Blocks that are not kept, such as headings and table rows, become paragraphs.
    """
    html = _ALIAS.sub(lambda tag: f"<{tag[1]}{ALIASES[tag[2].lower()]}", _UNSTORABLE.sub("", html))
    html = _flattened(_TABLE.sub(" ", html))
    for _ in range(MAX_ROUNDS):
        before, html = html, _arranged(_without_empty_parts(_clean(html))).strip()
        if html == before:
            return html
    words = html_entities.unescape(TAG.sub(" ", html))  # markup too tangled to settle
    return f"<p>{html_entities.escape(' '.join(words.split()), quote=False)}</p>"


def _flattened(html: str) -> str:
    """Without the tags that would stand deeper than any text needs: on these the parser takes quadratic time."""
    depth = dropped = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth, dropped
        if not tag[1] and depth < DEEPEST:
            depth += 1
            return tag[0]
        if tag[1] and not dropped:
            depth = max(depth - 1, 0)
            return tag[0]
        dropped += -1 if tag[1] else 1
        return " " if tag[0].endswith(">") else f"&lt;{tag[0][1:]}"

    return _NESTING.sub(keep, html)


def mark_inert(html: str) -> SafeString:
    """Mark HTML as safe to show. It takes only what the code wrote itself around escaped or sanitised text."""
    return SafeString(html)


def show(html: str) -> SafeString:
    """HTML of whatever origin, sanitised and marked safe to show."""
    return mark_inert(sanitise(html))


def _link_address(element: str, attribute: str, value: str) -> str | None:
    if attribute == "rel":
        return value
    value = value.replace(_AMPERSAND, "&").strip()
    if _MAIL_ADDRESS.fullmatch(value):
        return value
    try:
        return web_address.check(value) or None
    except web_address.UnusableAddress:
        return None


_cleaner = nh3.Cleaner(
    tags=set(INLINE | BLOCKS),
    attributes={"a": {"href"}},
    attribute_filter=_link_address,
    clean_content_tags=set(CONTENT_DROPPED),
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener",
)


def _clean(html: str) -> str:
    html = _cleaner.clean(_REFERENCE.sub(_plain_ampersand, html)).replace(_AMPERSAND, "&amp;")
    return _UNSTORABLE.sub("", html)


def _plain_ampersand(reference: re.Match[str]) -> str:
    if reference[1] == "amp;":
        return _AMPERSAND
    unknown = html_entities.unescape(reference[0]) == reference[0]
    return _AMPERSAND + reference[1] if unknown else reference[0]


def _without_empty_parts(html: str) -> str:
    html = _DEAD_LINK.sub(r"\1", html)
    html = _EMPTY_INLINE.sub(r"\2", html)
    return _EMPTY_BLOCK.sub("", html)


def pieces(html: str) -> Iterator[Piece]:
    """Sanitised HTML piece by piece: each tag, and each text between two tags."""
    at = 0
    for tag in TAG.finditer(html):
        if tag.start() > at:
            yield Piece("", "", html[at : tag.start()])
        yield Piece(tag[2], tag[1], tag[0])
        at = tag.end()
    if at < len(html):
        yield Piece("", "", html[at:])


class _Arrangement:
    """Clean HTML with loose text in paragraphs, list contents in items, and items only in lists."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[tuple[str, bool]] = []  # name, and whether it was added here

    def within(self) -> str:
        return self.open[-1][0] if self.open else ""

    def start(self, name: str, written: str = "", *, added: bool = False) -> None:
        self.out.append(written or f"<{name}>")
        self.open.append((name, added))

    def end(self) -> None:
        self.out.append(f"</{self.open.pop()[0]}>")

    def end_added(self) -> None:
        if self.open and self.open[-1][1]:
            self.end()

    def room_for_inline(self) -> None:
        if self.within() in LISTS:
            self.start("li", added=True)
        elif self.within() in {"", "blockquote"}:
            self.start("p", added=True)

    def text(self, text: str) -> None:
        if not text.strip() and self.within() in {"", "blockquote", "ul", "ol"}:
            self.out.append(text)
            return
        self.room_for_inline()
        if self.open[-1] == ("p", True):
            text = _BLANK_LINE.sub("</p>\n<p>", text)
        self.out.append(text)

    def tag(self, tag: Piece) -> None:
        if tag.slash:
            self.end_added()
            self.end()
        elif tag.name == "br":
            self.room_for_inline()
            self.out.append(tag.written)
        elif tag.name in INLINE:
            self.room_for_inline()
            self.start(tag.name, tag.written)
        else:
            self.block(tag.name)

    def block(self, name: str) -> None:
        if self.open and self.open[-1] == ("p", True):
            self.end()
        if name == "li":
            self.end_added()
            name = "li" if self.within() in LISTS else "p"
        elif self.within() in LISTS:
            self.start("li", added=True)
        self.start(name)


def _arranged(html: str) -> str:
    arrangement = _Arrangement()
    for piece in pieces(html):
        if piece.name:
            arrangement.tag(piece)
        else:
            arrangement.text(piece.written)
    arrangement.end_added()
    return "".join(arrangement.out)
