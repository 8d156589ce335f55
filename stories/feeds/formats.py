"""RSS 2.0 and Atom as they are written: full text, pictures and languages beside what Django writes."""

import re
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
}
MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class FullText(SyndicationFeed):
    """Items have, beside Django's, `content` (HTML), `language`, and `picture`: url, width,
    height, credit_line, copyright_notice."""

    def add_item(self, **values: Any) -> None:  # type: ignore[override]
        """Add an item; whatever its words are, what is written is well-formed."""
        super().add_item(**{name: writable(value) for name, value in values.items()})

    def latest_post_date(self) -> datetime:
        """When the newest item was updated; for an empty feed always the same moment, lest each answer differ."""
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)

    def add_picture(self, handler: SimplerXMLGenerator, picture: dict[str, Any]) -> None:
        """The picture by Media RSS: unlike an enclosure it asks for no size in bytes, and carries the credit.

        Its `description` is left out: widely used readers of feeds take it for the item's own.
        """
        size = {name: str(picture[name]) for name in ("width", "height")}
        given = {"url": picture["url"], "medium": "image", "type": "image/jpeg", **size}
        handler.startElement("media:content", AttributesImpl(given))
        for name, key in (("credit", "credit_line"), ("copyright", "copyright_notice")):
            if words := writable(picture[key]).strip():
                handler.addQuickElement(f"media:{name}", words)
        handler.endElement("media:content")


class Rss(FullText, Rss201rev2Feed):
    """RSS 2.0. It has one date, the first publication; the last update goes by its name in Dublin Core."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **NAMESPACES, **MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dcterms:modified", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("dc:language", item["language"])
        if item["picture"]:
            self.add_picture(handler, item["picture"])
        handler.addQuickElement("content:encoded", item["content"])


class Atom(FullText, Atom1Feed):
    """Atom (RFC 4287)."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), **MEDIA}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": item["description"] or None})
        if item["picture"]:
            self.add_picture(handler, item["picture"])
        handler.addQuickElement("content", item["content"], {"type": "html"})


def writable(value: Any) -> Any:
    """A text, or a list of texts, without the characters that XML 1.0 forbids or advises against."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    return [writable(entry) for entry in value] if isinstance(value, list) else value
