"""StoryDocument: the one format of a story, in Versions, imports and exports."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from uuid import UUID

import rfc8785
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from stories import web_address
from stories.citations.sentences import Sentence, html_blocks, read_sentences, text_blocks
from stories.rich_text import sanitise
from timelines.dates import EventDate, UnreadableDate, place_in_time

FORMAT = "newsdesk-story/1"
ADDRESS_FIELDS = ("slug",)
MAX_SOURCE_NUMBER = 999
MAX_BODY = 1_000_000
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he khw ks ku-arab ps sd ug ur yi".split())
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a symbol that show nothing
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """The writing direction of a BCP 47 language tag."""
    tag = language.lower()
    return "rtl" if tag in RIGHT_TO_LEFT or tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def storable(text: str) -> str:
    """The text, or ValueError for what not every database and checksum can hold."""
    if "\0" in text:
        raise ValueError("The text contains a NUL character, which no database can hold. Remove it.")
    if HALF_CHARACTER.search(text):
        raise ValueError("The text contains half a character (a lone surrogate). Remove it.")
    return text


def is_visible(text: str) -> bool:
    """Whether readers would see anything of it: a letter, digit, sign or symbol, not spaces and fillers alone."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in FILLERS for char in text)


def _language(tag: str) -> str:
    if not LANGUAGE.fullmatch(tag):
        raise ValueError(f"“{tag[:40]}” is not a language tag. Write one such as “en” or “pt-BR”.")
    return tag


Line = Annotated[str, Field(max_length=300), AfterValidator(storable)]
Title = Annotated[str, Field(max_length=500), AfterValidator(storable)]
Text = Annotated[str, Field(max_length=20_000), AfterValidator(storable)]
Body = Annotated[str, Field(max_length=MAX_BODY), AfterValidator(storable)]
Language = Annotated[str, Field(max_length=35), AfterValidator(_language)]
Address = Annotated[str, AfterValidator(storable), AfterValidator(web_address.check)]
ArticleAddress = Annotated[str, AfterValidator(storable), AfterValidator(web_address.normalise)]
Slug = Annotated[str, Field(max_length=120, pattern=r"^[\w-]*$")]
MediaFile = Annotated[str, Field(max_length=200, pattern=r"^[\w-]+(/[\w-]+)*\.[a-z0-9]+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=1, le=MAX_SOURCE_NUMBER)]
SectionId = Annotated[str, Field(pattern=r"^s[1-9][0-9]{0,8}$")]
EventId = Annotated[str, Field(pattern=r"^t[1-9][0-9]{0,8}$")]
SentenceId = Annotated[str, Field(pattern=r"^[st][1-9][0-9]{0,8}\.[1-9][0-9]{0,8}$")]


class Part(BaseModel):
    """What all parts of the document share: unknown fields are refused, text is storable."""

    model_config = ConfigDict(extra="forbid")


class TopicEntry(Part):
    slug: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[\w-]*$")]
    name: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(storable)]


class ParentEntry(Part):
    uid: UUID
    slug: Slug
    headline: Line


def _edtf(date: str) -> str:
    if date:
        EventDate.from_edtf(date)  # raises UnreadableDate, a ValueError
    return date


class GalleryEntry(Part):
    """One picture as this story shows it; without file, sha256 and size while it awaits its upload.

    Documents were first made without the fields in `LATER`: these are left out where they say nothing, so that what
    has not changed has the same checksum still.
    """

    LATER: ClassVar = (
        "extended_description",
        "usage_terms",
        "licensor_url",
        "digital_source_type",
        "place",
        "persons",
        "taken",
    )
    OF_PICTURE: ClassVar = (  # what the library says of the picture itself, whichever story shows it
        "creator",
        "credit_line",
        "copyright_notice",
        "source_name",
        "source_url",
        "web_statement",
        "decorative",
        *LATER,
    )

    file: MediaFile | None = None
    sha256: Sha256 | None = None
    width: Annotated[int, Field(ge=1, le=100_000)] | None = None
    height: Annotated[int, Field(ge=1, le=100_000)] | None = None
    alt_text: Text = ""
    decorative: bool = False
    caption: Text = ""
    creator: Line = ""
    credit_line: Line = ""
    copyright_notice: Line = ""
    source_name: Line = ""
    source_url: Address = ""
    web_statement: Address = ""
    extended_description: Text = ""
    usage_terms: Text = ""
    licensor_url: Address = ""
    digital_source_type: Line = ""
    place: Line = ""
    persons: list[Line] = Field(default=[], max_length=500)
    taken: Annotated[str, Field(max_length=40), AfterValidator(storable), AfterValidator(_edtf)] = ""

    @model_serializer(mode="wrap")
    def _without_what_says_nothing(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = serialise(self)
        return {name: value for name, value in told.items() if value or name not in self.LATER}

    @model_validator(mode="after")
    def _whole_file_or_none(self) -> "GalleryEntry":
        given = [value is not None for value in (self.file, self.sha256, self.width, self.height)]
        if any(given) and not all(given):
            raise ValueError(
                "A picture has file, sha256, width and height together, or (awaiting its upload) none of them."
            )
        return self


class SentenceEntry(Part):
    id: SentenceId
    text: Body
    cites: list[Number] = []


class SectionEntry(Part):
    id: SectionId
    heading: Line = ""
    body: Body = ""
    sentences: list[SentenceEntry] = []


class SourceEntry(Part):
    """One numbered source; all but the number may be unknown yet."""

    number: Number
    title: Title = ""
    url: ArticleAddress = ""
    archive_url: Address = ""
    outlet: Line = ""
    outlet_kind: Literal["", "news", "wire", "official", "ngo", "academic", "social", "other"] = ""
    authors: list[Line] = []
    published: datetime.date | None = None
    language: Language | Literal[""] = ""

    def details(self) -> tuple[Any, ...]:
        """All but the number: what the Article behind the source says."""
        return tuple(value for name, value in self if name != "number")


class TimelineEntry(Part):
    """One event; `date` is EDTF, "" while the date cannot be read (its wording is then in `label`)."""

    id: EventId
    date: Annotated[str, Field(max_length=100), AfterValidator(storable)] = ""
    label: Line = ""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    text: Text = ""
    sentences: list[SentenceEntry] = []


class EvidenceEntry(Part):
    """What of a source carries one citation, as readers see it: its words, and where in it they stand."""

    passage: SentenceId
    number: Number
    quote: Annotated[str, Field(max_length=1000), AfterValidator(storable)] = ""
    locator: Line = ""

    def in_order(self) -> tuple[str, int, int, int]:
        """Sections before events, each by the numbers of section, sentence and source."""
        passage, _, sentence = self.passage[1:].partition(".")
        return self.passage[0], int(passage), int(sentence), self.number


Passage = TypeVar("Passage", SectionEntry, TimelineEntry)


class ResourceEntry(Part):
    url: Address
    title: Title = ""
    publisher: Line = ""


class StoryDocument(Part):
    """A story, whole. Absent text is "", other absent values are null; lists are in the order readers see.

    Documents were first made without `evidence`: an empty one is left out, so that the checksums of those hold.
    """

    format: Literal["newsdesk-story/1"] = "newsdesk-story/1"
    uid: UUID
    slug: Slug = ""
    headline: Line = ""
    standfirst: Text = ""
    byline: Line = ""
    language: Language = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    topic: TopicEntry | None = None
    parent: ParentEntry | None = None
    gallery: list[GalleryEntry] = Field(default=[], max_length=200)
    sections: list[SectionEntry] = Field(default=[], max_length=1000)
    sources: list[SourceEntry] = Field(default=[], max_length=MAX_SOURCE_NUMBER)
    timeline: list[TimelineEntry] = Field(default=[], max_length=10_000)
    resources: list[ResourceEntry] = Field(default=[], max_length=500)
    evidence: list[EvidenceEntry] = Field(default=[], max_length=20_000)

    @model_serializer(mode="wrap")
    def _without_no_evidence(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told: dict[str, Any] = serialise(self)
        return told if self.evidence else {name: value for name, value in told.items() if name != "evidence"}

    @model_validator(mode="after")
    def _each_name_once(self) -> "StoryDocument":
        _refuse_twice("id", [passage.id for passage in self.passages()])
        _refuse_twice("id", [sentence.id for sentence in self.sentences()])
        _refuse_twice("source number", [source.number for source in self.sources])
        _refuse_twice("picture", [entry.sha256 for entry in self.gallery if entry.sha256])
        _refuse_twice("evidence of", [f"{entry.passage} [{entry.number}]" for entry in self.evidence])
        if self.parent and self.parent.uid == self.uid:
            raise ValueError("The story is given as its own parent.")
        return self

    @model_validator(mode="after")
    def _one_article_per_address(self) -> "StoryDocument":
        by_url: dict[str, SourceEntry] = {}
        kinds: dict[str, str] = {}
        for source in self.sources:
            first = by_url.setdefault(source.url, source) if source.url else source
            if first.details() != source.details():
                raise ValueError(
                    f"Sources {first.number} and {source.number} have the same address but different details."
                )
            if source.outlet and kinds.setdefault(source.outlet, source.outlet_kind) != source.outlet_kind:
                raise ValueError(f"The outlet “{source.outlet}” is given as two different kinds.")
        return self

    def passages(self) -> Iterator[SectionEntry | TimelineEntry]:
        """The sections, then the events."""
        yield from self.sections
        yield from self.timeline

    def sentences(self) -> Iterator[SentenceEntry]:
        """Every sentence of the sections, then of the timeline."""
        for passage in self.passages():
            yield from passage.sentences

    def as_json(self) -> dict[str, Any]:
        """The document as JSON values, by its field names: what a Version stores."""
        return self.model_dump(mode="json")


def _refuse_twice(what: str, values: list[Any]) -> None:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"The {what} {value} is given twice.")
        seen.add(value)


def canonical(value: Any) -> bytes:
    """JSON values in the one spelling that checksums are taken of (RFC 8785)."""
    return rfc8785.dumps(value)


def sha256(value: Any) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def content_sha256(document: Mapping[str, Any]) -> str:
    """SHA-256 of what the story says: the document without its own and its parent's address and headline, and without
    its topic's name, which may change while the story does not."""
    content = {name: value for name, value in document.items() if name not in ADDRESS_FIELDS}
    content["parent"] = (content.get("parent") or {}).get("uid")
    content["topic"] = (content.get("topic") or {}).get("slug")
    return sha256(content)


def complete(
    document: StoryDocument,
    *,
    previous: StoryDocument | None = None,
    last_numbers: Mapping[str, int] | None = None,
) -> StoryDocument:
    """The document with all that follows from the rest read anew; completing it again changes nothing.

    Bodies are sanitised, sentences read, dates given their bounds, events and sources put in order. Sentences keep
    the ids that they have in `previous`, by default in the document itself; new ones get numbers above those in
    `last_numbers` (`{"s1": 4}`). A date that is no EDTF becomes the event's label.
    """
    sections = [section.model_copy(update={"body": sanitise(section.body)}) for section in document.sections]
    timeline = sorted(map(_dated, document.timeline), key=lambda event: place_in_time(event.date, event.label))
    known = previous or document
    read, _ = read_sentences(
        {entry.id: html_blocks(entry.body) for entry in sections}
        | {entry.id: text_blocks(entry.text) for entry in timeline},
        {passage.id: passage.sentences for passage in known.passages()},
        last_numbers or {},
        document.language,
    )
    return document.model_copy(
        update={
            "direction": direction_of(document.language),
            "sections": [_with_sentences(entry, read[entry.id]) for entry in sections],
            "sources": sorted(document.sources, key=lambda source: source.number),
            "timeline": [_with_sentences(entry, read[entry.id]) for entry in timeline],
        }
    )


def _dated(entry: TimelineEntry) -> TimelineEntry:
    if not entry.date:
        return entry.model_copy(update={"earliest": None, "latest": None})
    try:
        date = EventDate.from_edtf(entry.date)
    except UnreadableDate:
        return entry.model_copy(
            update={"date": "", "label": entry.label or entry.date, "earliest": None, "latest": None}
        )
    return entry.model_copy(update={"date": date.edtf, "earliest": date.earliest, "latest": date.latest})


def _with_sentences(entry: Passage, read: list[Sentence]) -> Passage:
    """The entry, validated anew: sanitising can make a body longer than documents hold."""
    sentences = [SentenceEntry(id=one.id, text=one.text, cites=list(one.cites)) for one in read]
    return type(entry).model_validate({**dict(entry), "sentences": sentences})
