"""What HTML in a feed may be: the rules that RSS and Atom share, and those of XML itself."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from lxml import etree

ELEMENTS = set("div p br h2 strong em sub sup small blockquote ul ol li a figure figcaption img bdi time".split())
ATTRIBUTES = set("href rel src alt width height title lang dir datetime class".split())
CLASSES = {"markers"}
ABSOLUTE = re.compile(r"https?://[^/\s<>\"]+[^\s<>\"]*$")
IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+$")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC_822 = re.compile(r"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT)$")
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$")
DISCOURAGED = re.compile("[\x7f-\x9f\ufdd0-\ufdef]")
MARKUP = re.compile(r"</?[a-zA-Z!]")
PLAUSIBLE = datetime(1990, 1, 1, tzinfo=UTC)


def parsed(body: bytes) -> etree._Element:
    """The root of a well-formed document in UTF-8 that says so."""
    assert body.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def is_moment(text: str, form: re.Pattern[str]) -> bool:
    """Whether the text is a date of this form, neither ahead of now nor before there were feeds."""
    if not form.match(text):
        return False
    moment = parsedate_to_datetime(text) if form is RFC_822 else datetime.fromisoformat(text)
    return PLAUSIBLE < moment <= datetime.now(UTC) + timedelta(minutes=10)


class _Html(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}> does not belong in a feed")
        for name, value in attributes:
            if name not in ATTRIBUTES or (name == "class" and value not in CLASSES):
                self.faults.append(f'{name}="{value}" does not belong in a feed')
            elif name in {"href", "src"} and not (ABSOLUTE.match(value) or value.startswith("mailto:")):
                self.faults.append(f"{value} is not an absolute address")
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes what is not open")

    def handle_comment(self, data):
        self.faults.append("a comment")


def html_faults(html: str) -> list[str]:
    return _Html(html).faults


def text_faults(root: etree._Element) -> list[str]:
    """Characters that validators warn of, anywhere."""
    values = list(root.itertext()) + [value for part in root.iter() for value in part.attrib.values()]
    return [f"a discouraged character in {value[:40]!r}" for value in values if DISCOURAGED.search(value)]


def count_faults(parent: etree._Element, once: set[str], at_most_once: set[str], any_times: set[str]) -> list[str]:
    """Children that are missing, too many, or unknown; of a namespace other than the parent's own, any may stand."""
    names = [child.tag for child in parent]
    faults = [f"{names.count(name)} × {name}, not one" for name in once if names.count(name) != 1]
    faults += [f"{names.count(name)} × {name}" for name in at_most_once if names.count(name) > 1]
    own = etree.QName(parent).namespace
    unknown = {name for name in names if etree.QName(name).namespace == own} - once - at_most_once - any_times
    return faults + [f"{name} is unknown in {parent.tag}" for name in unknown]


def media_faults(parent: etree._Element) -> list[str]:
    """Media RSS: an address, and whole numbers for its size."""
    faults = []
    for media in parent.iter("{http://search.yahoo.com/mrss/}content"):
        if not ABSOLUTE.match(media.get("url", "")) or media.get("medium") != "image":
            faults.append("media:content has no absolute url or is no image")
        faults += [f"media:content has no {name}" for name in ("width", "height") if not media.get(name, "").isdigit()]
    return faults
