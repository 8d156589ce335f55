"""Checking: what in a document would mislead its readers, or deserves a second look. Pure.

Each check takes the document (complete, see `stories.document.complete`) and yields Findings in the order of the page.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from stories.citations.markers import cited_in
from stories.citations.names import name_conflicts as conflicts_in
from stories.document import SectionEntry, SentenceEntry, SourceEntry, StoryDocument, TimelineEntry, is_visible
from timelines.dates import EventDate

Passage = SectionEntry | TimelineEntry
QUOTED = 60


@dataclass(frozen=True)
class Place:
    """What a finding is about. `kind` is story, section, event, source or picture.

    `id` is "s2", "t4", a source's number, a picture's position from 1, or "" for the story; `field` is a field of the
    document; `sentence` is the sentence's id where it is about one.
    """

    kind: str
    id: str = ""
    field: str = ""
    sentence: str = ""

    def __str__(self) -> str:
        """A name that can serve as an anchor: `s2`, `t4`, `source-6`, `picture-1`, `headline`."""
        if self.kind in {"source", "picture"}:
            return f"{self.kind}-{self.id}"
        return self.id or self.field


@dataclass(frozen=True)
class Finding:
    """One finding; `message` is a sentence to the editor, `refuses` says that it stands in the way of publication.

    `about` is what stays the same while the fault does: by it the same fault is known again in another Version.
    """

    code: str
    message: str
    refuses: bool
    place: Place = field(default_factory=lambda: Place("story"))
    about: str = ""

    @property
    def same_fault(self) -> tuple[str, str]:
        return self.code, self.about


Findings = Iterator[Finding]


def no_headline(document: StoryDocument) -> Findings:
    if not is_visible(document.headline):
        yield Finding("no_headline", "The story has no headline. Give it one.", True, Place("story", field="headline"))


def unresolved_markers(document: StoryDocument) -> Findings:
    """A number is cited under which the story has no source."""
    known = {source.number for source in document.sources}
    for passage, sentence in _sentences(document):
        for number in sentence.cites:
            if number not in known:
                message = (
                    f"{_called(document, passage)} cites [{number}], but the story has no source {number}. "
                    "Add the source or remove the marker."
                )
                about = f"{sentence.id} {number}"
                yield Finding("unresolved_marker", message, True, _place(passage, sentence), about)
    for name, text, place, own in _loose_texts(document):
        for number in sorted(cited_in(text) - known):
            message = (
                f"{name} cites [{number}], but the story has no source {number}. Add the source or remove the marker."
            )
            yield Finding("unresolved_marker", message, True, place, f"{own} {number}")


def _loose_texts(document: StoryDocument) -> Iterator[tuple[str, str, Place, str]]:
    """The standfirst and the captions: what each is called, its text, its place, and by what it is known again."""
    yield "The standfirst", document.standfirst, Place("story", field="standfirst"), "standfirst"
    for count, entry in enumerate(document.gallery, 1):
        place = Place("picture", str(count), "caption")
        yield f"The caption of picture {count}", entry.caption, place, f"caption {entry.sha256 or count}"


def retracted_sources(document: StoryDocument, retracted: Collection[str | int]) -> Findings:
    """`retracted` holds the addresses of retracted Articles, and the numbers of those sources that have none."""
    for source in document.sources:
        if (source.url or source.number) in retracted:
            message = (
                f"{_source(source)} has been retracted by its publisher. Replace the source, or remove it and what "
                "rests on it."
            )
            about = f"{source.number} {source.url or source.title}"
            yield Finding("retracted_source", message, True, Place("source", str(source.number), "url"), about)


def corrected_sources(document: StoryDocument, corrected: Collection[str | int]) -> Findings:
    """`corrected` are the Articles that were corrected and not looked at for the story since, named as `retracted` are
    in `retracted_sources`."""
    cited = {number for sentence in document.sentences() for number in sentence.cites}
    for source in document.sources:
        if source.number in cited and (source.url or source.number) in corrected:
            message = (
                f"{_source(source)} has been corrected by its publisher. Check whether what rests on it still stands, "
                "or replace the source."
            )
            place = Place("source", str(source.number), "url")
            yield Finding("source_corrected", message, False, place, str(source.number))


def unreadable_dates(document: StoryDocument) -> Findings:
    for event in document.timeline:
        if not event.date:
            has = f"the date “{event.label}”, which cannot be read" if event.label else "no date"
            message = f"The event {_quoted(event.text)} has {has}. Write a date such as Feb 24 2022 or July 2024."
            yield Finding("unreadable_date", message, True, Place("event", event.id, "date"), event.id)


def pictures(document: StoryDocument, positions: dict[str, int] | None = None) -> Findings:
    """What is missing beside a picture. `positions` are the pictures' numbers by sha256 where some were left out."""
    for count, entry in enumerate(document.gallery, 1):
        number = (positions or {}).get(entry.sha256 or "", count)
        about = entry.sha256 or str(number)
        if not entry.alt_text.strip() and not entry.decorative:
            message = f"Picture {number} has no alt text. Say what it shows, or mark it as decorative."
            yield Finding("no_alt_text", message, True, Place("picture", str(number), "alt_text"), about)
        if not entry.credit_line.strip():
            message = f"Picture {number} has no credit line. Say whose it is."
            yield Finding("no_credit_line", message, True, Place("picture", str(number), "credit_line"), about)
        if entry.alt_text.strip() and _plain(entry.alt_text) == _plain(entry.caption):
            message = f"Picture {number} has its caption as alt text as well. Let the alt text say what can be seen."
            yield Finding("alt_equals_caption", message, False, Place("picture", str(number), "alt_text"), about)


def no_text(document: StoryDocument) -> Findings:
    if not any(passage.sentences for passage in document.passages()):
        place = Place("story", field="headline")
        yield Finding("no_text", "The story has no text: no section and no event says anything.", False, place)


def uncited_sentences(document: StoryDocument) -> Findings:
    for passage, sentence in _sentences(document):
        if not sentence.cites:
            message = f"{_called(document, passage)}: the sentence {_quoted(sentence.text)} cites no source."
            yield Finding("uncited_sentence", message, False, _place(passage, sentence), sentence.id)


def never_cited(document: StoryDocument) -> Findings:
    cited = {number for sentence in document.sentences() for number in sentence.cites}
    cited.update(number for _, text, _, _ in _loose_texts(document) for number in cited_in(text))
    for source in document.sources:
        if source.number not in cited:
            message = f"{_source(source)} is never cited."
            yield Finding("never_cited", message, False, Place("source", str(source.number)), str(source.number))


def source_gaps(document: StoryDocument) -> Findings:
    """Sources that readers cannot follow, or whose publisher is unknown."""
    for source in document.sources:
        number = str(source.number)
        if not source.url:
            message = f"{_source(source)} has no address, so readers cannot follow it."
            yield Finding("source_without_address", message, False, Place("source", number, "url"), number)
        if not source.outlet:
            message = f"{_source(source)} has no outlet. Say who published it."
            yield Finding("source_without_outlet", message, False, Place("source", number, "outlet"), number)


def one_source_sections(document: StoryDocument) -> Findings:
    """Sections of several sentences that all rest on one source."""
    for section in document.sections:
        cited = {number for sentence in section.sentences for number in sentence.cites}
        if len(cited) == 1 and len([sentence for sentence in section.sentences if sentence.cites]) > 1:
            message = f"{_called(document, section)} rests on source {min(cited)} alone."
            yield Finding("one_source_section", message, False, Place("section", section.id, "body"), section.id)


def events_after_sources(document: StoryDocument) -> Findings:
    """Events later than every source that they cite was published."""
    published = {source.number: source.published for source in document.sources}
    for event in document.timeline:
        dates = [published.get(number) for sentence in event.sentences for number in sentence.cites]
        known = [date for date in dates if date is not None]
        if event.earliest and known and len(known) == len(dates) and event.earliest > max(known):
            message = (
                f"{_called(document, event)} lies after all its sources were published. Check the date, or say that it "
                "is expected."
            )
            yield Finding("event_after_sources", message, False, Place("event", event.id, "date"), event.id)


def name_conflicts(document: StoryDocument) -> Findings:
    """One surname with two first names; relatives are found as well."""
    places = {sentence.id: (passage, sentence) for passage, sentence in _sentences(document)}
    texts = [(sentence.id, sentence.text) for _, sentence in places.values()]
    for conflict in conflicts_in(texts, document.language):
        (one, other), (first, second) = conflict.first_names, [places[place] for place in conflict.places]
        message = (
            f"“{conflict.surname}” is {one} in {_lower(_called(document, first[0]))} and {other} in "
            f"{_lower(_called(document, second[0]))}. Check whether that is one person."
        )
        yield Finding("name_conflict", message, False, _place(*second), conflict.surname)


def _sentences(document: StoryDocument) -> Iterator[tuple[Passage, SentenceEntry]]:
    for passage in document.passages():
        for sentence in passage.sentences:
            yield passage, sentence


def _place(passage: Passage, sentence: SentenceEntry) -> Place:
    if isinstance(passage, SectionEntry):
        return Place("section", passage.id, "body", sentence.id)
    return Place("event", passage.id, "text", sentence.id)


def _called(document: StoryDocument, passage: Passage) -> str:
    """A section by its number and heading, an event by its date."""
    if isinstance(passage, TimelineEntry):
        date = passage.label or (EventDate.from_edtf(passage.date).display() if passage.date else "")
        return f"The event of {date}" if date else f"The undated event {_quoted(passage.text)}"
    number = next(count for count, section in enumerate(document.sections, 1) if section.id == passage.id)
    return f"Section {number} ({_quoted(passage.heading)})" if passage.heading.strip() else f"Section {number}"


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _source(source: SourceEntry) -> str:
    return f"Source {source.number} ({_quoted(source.title)})" if source.title else f"Source {source.number}"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain}”" if len(plain) <= QUOTED else f"“{plain[: QUOTED - 1].rstrip()}…”"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
