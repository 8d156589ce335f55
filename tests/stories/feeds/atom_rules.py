"""The rules of Atom (RFC 4287) and what validators commonly advise beyond."""

from lxml import etree

from tests.stories.feeds.content_rules import (
    ABSOLUTE,
    IRI,
    LANGUAGE,
    MARKUP,
    RFC_3339,
    count_faults,
    html_faults,
    is_moment,
    media_faults,
    parsed,
    text_faults,
)

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(names: str) -> set[str]:
    return {ATOM + name for name in names.split()}


ONCE = atom("id title updated")
FEED_AT_MOST_ONCE = atom("generator icon logo rights subtitle")
ENTRY_AT_MOST_ONCE = atom("content published rights source summary")
ANY_TIMES = atom("author category contributor link")
TEXTS = atom("title subtitle summary rights")


def faults(body: bytes, address: str) -> list[str]:
    """What is wrong with the feed that `address` answered; nothing if it is valid."""
    root = parsed(body)
    if root.tag != ATOM + "feed":
        return ["not an atom:feed"]
    found = text_faults(root) + count_faults(root, ONCE, FEED_AT_MOST_ONCE, ANY_TIMES | atom("entry"))
    found += _part_faults(root)
    own = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
    if own != [address]:
        found.append(f"link rel=self is {own}, not {address}")
    entries = root.findall(ATOM + "entry")
    for entry in entries:
        found += _entry_faults(entry, author_given=root.find(ATOM + "author") is not None)
    if not entries and root.find(ATOM + "author") is None:
        found.append("no author")
    ids = [part.findtext(ATOM + "id") for part in [root, *entries]]
    return found + (["an id stands twice"] if len(set(ids)) != len(ids) else [])


def _part_faults(part: etree._Element) -> list[str]:
    """Faults that a feed and an entry can have alike."""
    found = []
    if not IRI.match(part.findtext(ATOM + "id", "")):
        found.append("an id is no IRI")
    if not part.findtext(ATOM + "title", "").strip():
        found.append("a title is blank")
    dates = [child.text for child in part if child.tag in atom("updated published")]
    found += [f"{date} is no date" for date in dates if not is_moment(date, RFC_3339)]
    for text in (child for child in part if child.tag in TEXTS):
        found += _text_faults(text)
    links = part.findall(ATOM + "link")
    found += [f"link to {link.get('href')}" for link in links if not ABSOLUTE.match(link.get("href", ""))]
    alternates = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"]
    if len(set(alternates)) != len(alternates):
        found.append("two alternate links of one type")
    for author in part.findall(ATOM + "author"):
        found += [] if author.findtext(ATOM + "name", "").strip() else ["an author has no name"]
    if any(not category.get("term") for category in part.findall(ATOM + "category")):
        found.append("a category has no term")
    return found + ([] if LANGUAGE.match(part.get(LANG, "")) else ["no xml:lang"])


def _text_faults(text: etree._Element) -> list[str]:
    kind, value = text.get("type", "text"), text.text or ""
    if kind not in {"text", "html"} or len(text):
        return [f"{text.tag} is of the type {kind}"]
    if text.tag == ATOM + "summary" and not value.strip():
        return ["a blank summary"]
    return html_faults(value) if kind == "html" else []


def _entry_faults(entry: etree._Element, *, author_given: bool) -> list[str]:
    found = count_faults(entry, ONCE, ENTRY_AT_MOST_ONCE, ANY_TIMES) + _part_faults(entry) + media_faults(entry)
    if not author_given and entry.find(ATOM + "author") is None:
        found.append("no author")
    if not [link for link in entry.findall(ATOM + "link") if link.get("rel", "alternate") == "alternate"]:
        found.append("an entry leads nowhere")
    published, updated = entry.findtext(ATOM + "published", ""), entry.findtext(ATOM + "updated", "")
    if published > updated:
        found.append("an entry was updated before it was published")
    content = entry.find(ATOM + "content")
    if content is None or content.get("type") != "html" or not MARKUP.search(content.text or ""):
        return [*found, "an entry has no HTML content"]
    return found + html_faults(content.text)
