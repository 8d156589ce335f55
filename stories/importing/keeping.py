"""What a pasted text does not carry, and the draft has: it stays when the text is imported again. Pure."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from stories.citations.sentences import html_blocks
from stories.document import GalleryEntry, SectionEntry, SourceEntry, StoryDocument

HEAD = ("standfirst", "byline")
FILE = ("file", "sha256", "width", "height")
SAID = (
    "alt_text",
    "caption",
    "creator",
    "credit_line",
    "copyright_notice",
    "source_name",
    "source_url",
    "web_statement",
)
ALIKE = 80.0


def keep_details(document: StoryDocument, draft: StoryDocument, *, says_language: bool = False) -> StoryDocument:
    """The document as read from a text, with the details that only the draft has.

    Kept are: the address, topic and parent, the language (unless somebody said which it is), links and emphasis in a
    section whose words are the same, the details of sources, the files of pictures, external resources where the text
    has none.
    """
    bodies = {section.id: section for section in draft.sections}
    update = {
        "uid": draft.uid,
        "slug": draft.slug,
        "topic": document.topic or draft.topic,
        "parent": document.parent or draft.parent,
        "language": document.language if says_language else draft.language,
        "direction": document.direction if says_language else draft.direction,
        "gallery": _gallery(document.gallery, draft.gallery),
        "sections": [_section(section, bodies.get(section.id)) for section in document.sections],
        "sources": _sources(document.sources, draft.sources),
        "resources": document.resources or draft.resources,
    }
    update |= {name: getattr(document, name) or getattr(draft, name) for name in HEAD}
    return document.model_copy(update=update)


def _section(section: SectionEntry, known: SectionEntry | None) -> SectionEntry:
    if known is None or _words(known.body) != _words(section.body):
        return section
    return section.model_copy(update={"body": known.body})


def _words(body: str) -> list[str]:
    return [" ".join(block.text.split()) for block in html_blocks(body)]


def _sources(told: Iterable[SourceEntry], known: Iterable[SourceEntry]) -> list[SourceEntry]:
    """Each number once: as the text tells it, its blanks from the draft where both mean one report."""
    before = {source.number: source for source in known}
    after = {source.number: _source(source, before.get(source.number)) for source in told}
    return [{**before, **after}[number] for number in sorted({**before, **after})]


def _source(told: SourceEntry, known: SourceEntry | None) -> SourceEntry:
    if known is None or not any(told.details()):
        return known or told
    if not _one_report(told, known):
        return told
    return told.model_copy(update={name: value for name, value in known if not getattr(told, name)})


def _one_report(one: SourceEntry, other: SourceEntry) -> bool:
    if one.url and other.url:
        return one.url == other.url
    return one.title == other.title or not (one.title and other.title)


def _gallery(told: Sequence[GalleryEntry], known: Sequence[GalleryEntry]) -> list[GalleryEntry]:
    """The text's pictures with the draft's files; pictures with files that only the draft has come after them."""
    waiting = list(known)
    entries = []
    for entry in told:
        same = _same_picture(entry, waiting)
        if same is not None:
            waiting.remove(same)
            entry = _picture(entry, same)
        entries.append(entry)
    return entries + [entry for entry in waiting if entry.file]


def _same_picture(entry: GalleryEntry, known: Sequence[GalleryEntry]) -> GalleryEntry | None:
    """The picture that is described alike, else one that awaits its upload; never another picture under new words."""
    for other in known:
        if any(_alike(getattr(entry, name), getattr(other, name)) for name in ("caption", "alt_text")):
            return other
    return next((other for other in known if not other.file), None)


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and fuzz.ratio(one, other) >= ALIKE


def _picture(told: GalleryEntry, known: GalleryEntry) -> GalleryEntry:
    update = {name: getattr(told, name) or getattr(known, name) for name in SAID}
    update |= {name: getattr(known, name) for name in FILE}
    return told.model_copy(update=update | {"decorative": known.decorative})
