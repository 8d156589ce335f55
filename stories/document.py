"""StoryDocument: the one format of a story, in Versions, imports and exports."""

import datetime
import hashlib
import re
from typing import Annotated, Any, Literal
from uuid import UUID

import rfc8785
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from stories import web_address

FORMAT = "newsdesk-story/1"
MAX_SOURCE_NUMBER = 999
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he khw ks ku-arab ps sd ug ur yi".split())
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """The writing direction of a BCP 47 language tag."""
    tag = language.lower()
    return "rtl" if tag in RIGHT_TO_LEFT or tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("The text contains a NUL character, which no database can hold. Remove it.")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("The text contains half a character (a lone surrogate). Remove it.")
    return text


def _language(tag: str) -> str:
    if not LANGUAGE.fullmatch(tag):
        raise ValueError(f"“{tag[:40]}” is not a language tag. Write one such as “en” or “pt-BR”.")
    return tag


def _id(pattern: str) -> Any:
    return Annotated[str, Field(pattern=pattern, max_length=24)]


def _text(limit: int) -> Any:
    return Annotated[str, Field(max_length=limit), AfterValidator(_storable)]


Line = _text(300)
Text = _text(20_000)
Body = _text(1_000_000)
Language = Annotated[str, Field(max_length=35), AfterValidator(_language)]
Address = Annotated[str, AfterValidator(_storable), AfterValidator(web_address.check)]
ArticleAddress = Annotated[str, AfterValidator(_storable), AfterValidator(web_address.normalise)]
Slug = Annotated[str, Field(max_length=120, pattern=r"^[\w-]*$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[int, Field(ge=1, le=MAX_SOURCE_NUMBER)]
SentenceId = _id(r"^[st][1-9][0-9]*\.[1-9][0-9]*$")


class Part(BaseModel):
    """What all parts of the document share: unknown fields are refused, text is storable."""

    model_config = ConfigDict(extra="forbid")


class TopicEntry(Part):
    slug: Slug
    name: Line


class ParentEntry(Part):
    uid: UUID
    slug: Slug
    headline: Line


class GalleryEntry(Part):
    """One picture as this story shows it; without file, sha256 and size while it awaits its upload."""

    file: Annotated[str, Field(max_length=200), AfterValidator(_storable)] | None = None
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

    @model_validator(mode="after")
    def _whole_file_or_none(self) -> "GalleryEntry":
        given = [value is not None for value in (self.file, self.sha256, self.width, self.height)]
        if any(given) and not all(given):
            raise ValueError("A picture has file, sha256, width and height together, or (awaiting its upload) none of them.")
        return self


class SentenceEntry(Part):
    id: SentenceId
    text: Body
    cites: list[Number] = []


class SectionEntry(Part):
    id: _id(r"^s[1-9][0-9]*$")  # type: ignore[valid-type]
    heading: Line = ""
    body: Body = ""
    sentences: list[SentenceEntry] = []


class SourceEntry(Part):
    """One numbered source; all but the number may be unknown yet."""

    number: Number
    title: _text(500) = ""  # type: ignore[valid-type]
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

    id: _id(r"^t[1-9][0-9]*$")  # type: ignore[valid-type]
    date: Annotated[str, Field(max_length=100), AfterValidator(_storable)] = ""
    label: Line = ""
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    text: Text = ""
    sentences: list[SentenceEntry] = []


class ResourceEntry(Part):
    url: Address
    title: _text(500) = ""  # type: ignore[valid-type]
    publisher: Line = ""


class StoryDocument(Part):
    """A story, whole. Absent text is "", other absent values are null; lists are in the order readers see."""

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

    @model_validator(mode="after")
    def _each_name_once(self) -> "StoryDocument":
        passages = [*self.sections, *self.timeline]
        _refuse_twice("id", [passage.id for passage in passages])
        _refuse_twice("id", [sentence.id for passage in passages for sentence in passage.sentences])
        _refuse_twice("source number", [source.number for source in self.sources])
        _refuse_twice("picture", [entry.sha256 for entry in self.gallery if entry.sha256])
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
                raise ValueError(f"Sources {first.number} and {source.number} have the same address but different details.")
            if source.outlet and kinds.setdefault(source.outlet, source.outlet_kind) != source.outlet_kind:
                raise ValueError(f"The outlet “{source.outlet}” is given as two different kinds.")
        return self

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
