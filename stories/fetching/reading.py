"""What a page says of itself: title, outlet, authors, day, language. Pure, and of a page that may be hostile:
newsroom code reads it by `stories.fetching.apart`."""

import codecs
import contextlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from trafilatura.metadata import extract_metadata

from stories.fetching.details import MOST_READ, Details

TITLE, LINE, AUTHORS = 500, 300, 20
DEEPEST = 12
UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]+")
UNREADABLE = "\ufffd"  # in place of bytes that are no character
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:$|[T ])")
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
# Python also decodes by names that are no charset of any page, some of them at great cost.
CHARSETS = re.compile(
    r"(us-)?ascii|utf-?8|utf-?16([bl]e)?|(iso-?)?8859-\d{1,2}|latin-?1|(windows|cp)-?\d{3,4}|koi8-[ru]|gb2312|gbk|"
    r"gb18030|big5|shift[_-]jis|sjis|euc-(jp|kr)|iso-2022-(jp|kr)|macintosh|tis-620|mac-cyrillic"
)
BETWEEN = r"\s+[|–—\-·•:»]\s+"
PUBLISHED = [
    '//meta[@property="article:published_time" or @property="og:article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="citation_publication_date" or @name="parsely-pub-date" or @name="dcterms.issued"'
    ' or @name="dc.date.issued" or @name="DC.date.issued" or @name="pubdate"]/@content',
    "//time[@pubdate]/@datetime",
]
SITE = [
    '//meta[@property="og:site_name"]/@content',
    '//meta[@name="citation_journal_title" or @name="application-name"]/@content',
]


def details_of(body: bytes, *, url: str, charset: str = "", today: date | None = None) -> Details:
    """What the page at `url` says of itself; nothing, for what is no page. `charset` is what the server said."""
    tree = _tree(_text(body[:MOST_READ], charset))
    if tree is None:
        return Details()
    linked = list(_linked_data(tree))
    outlet = _outlet(tree, linked)
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)  # where the day begins first
    found = extract_metadata(tree, default_url=url)
    return Details(
        title=_title(found.title or "", outlet),
        outlet=outlet,
        authors=_authors(found.author or ""),
        published=_day(tree, linked, latest),
        language=_language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        canonical=_canonical(tree, url),
    )


def _text(body: bytes, charset: str) -> str:
    declared = CHARSET.search(body[:4096])
    if body.startswith(codecs.BOM_UTF8):
        named = ["utf-8-sig"]
    elif body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = ["utf-16"]
    else:
        told = [charset, declared[1].decode("ascii", "ignore") if declared else ""]
        named = [name for name in map(str.lower, told) if CHARSETS.fullmatch(name)]
    return UNSHOWN.sub(" ", _decoded(body, named)).strip()


def _decoded(body: bytes, named: list[str]) -> str:
    """By the first of the charsets; without one as UTF-8 if it is that, else as browsers do."""
    for name in named:
        with contextlib.suppress(LookupError, ValueError):
            return body.decode(name, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and len(body) == MOST_READ
        return body.decode("utf-8" if cut else "windows-1252", "replace")


def _tree(text: str) -> Any:
    try:
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    except (ValueError, html.etree.LxmlError):
        return None
    return tree if tree.tag == "html" else None


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, the outer ones first."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            yield from _objects(json.loads(script, strict=False), DEEPEST)
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner if depth else ():
        yield from _objects(part, depth - 1)


def _outlet(tree: Any, linked: list[dict[str, Any]]) -> str:
    """The name that the page gives its site; none is made of its address or of parts of its title."""
    publishers = [publisher for found in linked for publisher in _listed(found.get("publisher"))]
    names = [publisher.get("name") for publisher in publishers if isinstance(publisher, dict)]
    said = [*(content for path in SITE for content in tree.xpath(path)), *names]
    return next((name for value in said if (name := _clean(value, LINE))), "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _title(title: str, outlet: str) -> str:
    """Without the outlet's name at its end, or at its beginning."""
    title = _clean(title, 4 * TITLE)
    if outlet:
        name = re.escape(outlet)
        title = re.sub(rf"{BETWEEN}{name}$|^{name}{BETWEEN}", "", title, flags=re.IGNORECASE)
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


def _authors(joined: str) -> list[str]:
    names = dict.fromkeys(_clean(name, LINE) for name in joined.split(";"))
    return [name for name in names if name and "://" not in name][:AUTHORS]


def _day(tree: Any, linked: list[dict[str, Any]], latest: date) -> date | None:
    """The whole day that the page itself gives as that of its publication; never one found in its text."""
    said = [*(found.get("datePublished") for found in linked), *(day for path in PUBLISHED for day in tree.xpath(path))]
    for value in said:
        match = DAY.match(value.strip()) if isinstance(value, str) else None
        if match is None:
            continue
        try:
            day = date.fromisoformat(match[1])
        except ValueError:
            continue
        if day <= latest:
            return day
    return None


def _language(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    return tag if len(tag) <= 35 and LANGUAGE.fullmatch(tag) else ""


def _canonical(tree: Any, url: str) -> str:
    said = tree.xpath('//link[@rel="canonical"]/@href')[:1]
    try:
        found = urljoin(url, said[0].strip()) if said else ""
        own = urlsplit(found).hostname == urlsplit(url).hostname
    except ValueError:
        return ""
    return found if own and len(found) <= 2000 else ""


def _clean(text: Any, most: int) -> str:
    """One line without what cannot be seen; "" where it is longer than that kind of line can be, or not whole."""
    line = " ".join(UNSHOWN.sub(" ", text).split()) if isinstance(text, str) else ""
    return line if len(line) <= most and UNREADABLE not in line else ""
