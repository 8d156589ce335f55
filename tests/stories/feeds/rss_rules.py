"""The rules of RSS 2.0 (https://www.rssboard.org/rss-specification) and what validators commonly advise beyond."""

from lxml import etree

from tests.stories.feeds.content_rules import (
    ABSOLUTE,
    IRI,
    LANGUAGE,
    MARKUP,
    RFC_822,
    RFC_3339,
    count_faults,
    html_faults,
    is_moment,
    media_faults,
    parsed,
    text_faults,
)

ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LANGUAGE_OF_ITEM = "{http://purl.org/dc/elements/1.1/}language"
MODIFIED = "{http://purl.org/dc/terms/}modified"
CHANNEL_ONCE = {"title", "link", "description", "language"}
CHANNEL_AT_MOST_ONCE = set("copyright managingEditor webMaster pubDate lastBuildDate generator docs cloud ttl".split())
ITEM_ONCE = {"title", "link", "guid", "description", CONTENT}
ITEM_AT_MOST_ONCE = {"author", "comments", "enclosure", "pubDate", "source", CREATOR, LANGUAGE_OF_ITEM, MODIFIED}


def faults(body: bytes, address: str) -> list[str]:
    """What is wrong with the feed that `address` answered; nothing if it is valid."""
    root = parsed(body)
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        return ["not an <rss version='2.0'> with one channel"]
    channel = root[0]
    found = text_faults(root) + _channel_faults(channel, address)
    items = channel.findall("item")
    for item in items:
        found += _item_faults(item)
    guids = [item.findtext("guid") for item in items]
    return found + (["a guid stands twice"] if len(set(guids)) != len(guids) else [])


def _channel_faults(channel: etree._Element, address: str) -> list[str]:
    found = count_faults(channel, CHANNEL_ONCE, CHANNEL_AT_MOST_ONCE, {"category", "item"})
    found += [f"channel {name} is blank" for name in CHANNEL_ONCE if not channel.findtext(name, "").strip()]
    if not ABSOLUTE.match(channel.findtext("link", "")):
        found.append("the channel's link is not absolute")
    if not LANGUAGE.match(channel.findtext("language", "")):
        found.append("the channel's language is none")
    own = [link.get("href") for link in channel.findall(ATOM_LINK) if link.get("rel") == "self"]
    if own != [address]:
        found.append(f"atom:link rel=self is {own}, not {address}")
    for name in ("pubDate", "lastBuildDate"):
        found += [f"{name} is no date" for date in channel.findall(name) if not is_moment(date.text, RFC_822)]
    tags = [child.tag for child in channel]
    if "item" in tags and set(tags[tags.index("item") :]) != {"item"}:
        found.append("the channel speaks of itself after its first item")
    return found


def _item_faults(item: etree._Element) -> list[str]:
    found = count_faults(item, ITEM_ONCE, ITEM_AT_MOST_ONCE, {"category"}) + media_faults(item)
    if not item.findtext("title", "").strip() or MARKUP.search(item.findtext("title", "")):
        found.append("an item's title is blank or has markup")
    if not ABSOLUTE.match(item.findtext("link", "")):
        found.append("an item's link is not absolute")
    guid = item.find("guid")
    if guid is not None and (not IRI.match(guid.text or "") or guid.get("isPermaLink") != "false"):
        found.append("a guid is no IRI, or says that it is an address")
    if not is_moment(item.findtext("pubDate", ""), RFC_822):
        found.append("pubDate is no date")
    if not is_moment(item.findtext(MODIFIED, ""), RFC_3339):
        found.append("dcterms:modified is no date")
    if "@" not in item.findtext("author", "@"):
        found.append("an author without a mail address")
    found += ["a blank category" for category in item.findall("category") if not (category.text or "").strip()]
    tags = [child.tag for child in item]
    if CONTENT in tags and "description" in tags and tags.index(CONTENT) < tags.index("description"):
        found.append("content:encoded stands before the description")
    return found + html_faults(item.findtext("description", "")) + html_faults(item.findtext(CONTENT, ""))
