"""Versions as a chain: what is frozen into one, how they follow each other, and how their integrity is checked."""

import hashlib
from collections.abc import Container, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from stories.citations.passages import passages_of
from stories.document import ParentEntry, StoryDocument, TopicEntry, canonical, content_sha256, sha256, storable
from stories.draft import find_parent
from stories.models import Citation, Story, Version, VersionPicture
from stories.quoting import with_evidence
from stories.refusals import BadNote, Refused

LONGEST_NOTE = 2000
FIRST = ""  # the checksum that stands before that of Version 1


def freeze(document: StoryDocument, *, at: datetime) -> StoryDocument:
    """The draft's document as readers may have it at `at`.

    Of the parent only what readers can know: its headline and address as they are live at that moment, or neither.
    Pictures that await their upload are left out. Evidence is what is to be shown of it by now, also with older words.
    """
    gallery = [entry for entry in document.gallery if entry.file]
    frozen = document.model_copy(update={"gallery": gallery, "parent": _published_parent(document.parent, at)})
    return with_evidence(frozen)


def _published_parent(parent: ParentEntry | None, at: datetime) -> ParentEntry | None:
    if parent is None:
        return None
    live = Version.objects.live(at).filter(story__uid=parent.uid).select_related("story").first()
    if live is None:
        return ParentEntry(uid=parent.uid, slug="", headline="")
    return ParentEntry(uid=parent.uid, slug=live.story.slug, headline=live.headline)


def as_filed_now(story: Story, version: Version, at: datetime) -> StoryDocument:
    """What the Version said, where the story can stand now; or Refused where it has no words that readers saw."""
    if version.redacted_at is not None:
        raise Refused(f"Version {version.number} was redacted; its words are gone.")
    if version.taken_back_at is not None:
        raise Refused(f"Version {version.number} was taken back. The chief can reinstate it.")
    if version.live_from > at:
        raise Refused(f"Version {version.number} is scheduled: no reader has seen it, so there is nothing to restore.")
    document = StoryDocument.model_validate(version.document).model_copy(update={"evidence": []})
    topic = TopicEntry(slug=version.topic.slug, name=version.topic.name) if version.topic else None
    try:
        find_parent(story, document.parent)
    except ValidationError:
        return document.model_copy(update={"topic": topic, "parent": None})
    return document.model_copy(update={"topic": topic})


def checksum_of(version: Version, previous: str) -> str:
    """SHA-256 of the previous Version's checksum and what is fixed about this one."""
    fixed = {
        "number": version.number,
        "live_from": utc(version.live_from),
        "kind": version.kind,
        "change_note": version.change_note,
        "document_sha256": version.document_sha256,
    }
    return hashlib.sha256(previous.encode() + canonical(fixed)).hexdigest()


def utc(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds, the one spelling that checksums are taken of."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def set_document(version: Version, document: StoryDocument) -> None:
    """Give the Version its document and the summary columns that lists read."""
    version.document = document.as_json()
    version.document_sha256 = sha256(version.document)
    for column, value in _summary(version.document).items():
        setattr(version, column, value)


def _summary(document: Mapping[str, Any]) -> dict[str, Any]:
    """What lists read of a document, by column of Version."""
    return {
        "content_sha256": content_sha256(document),
        "headline": document["headline"],
        "standfirst": document["standfirst"],
        "language": document["language"],
        "parent_uid": UUID(document["parent"]["uid"]) if document["parent"] else None,
        "article_count": len(document["sources"]),
        "lead_picture": document["gallery"][0] if document["gallery"] else None,
    }


def link(version: Version, previous: Version | None) -> None:
    """Make the Version the one after `previous`: its number, kind, dates of first and last update, checksum."""
    version.number = previous.number + 1 if previous else 1
    if previous is None:
        version.kind = Version.Kind.PUBLICATION
    elif version.kind == Version.Kind.PUBLICATION:
        version.kind = Version.Kind.UPDATE
    version.first_published = previous.first_published if previous else version.live_from
    version.updated = previous.updated if previous and version.kind == Version.Kind.MINOR else version.live_from
    version.checksum = checksum_of(version, previous.checksum if previous else FIRST)


def kept_note(text: str) -> str:
    """A note or reason as a Version keeps it, or BadNote."""
    text = text.strip()
    try:
        storable(text)
    except ValueError as error:
        raise BadNote(str(error)) from error
    if len(text) > LONGEST_NOTE:
        raise BadNote(f"The note has {len(text)} characters; at most {LONGEST_NOTE} are kept. Shorten it.")
    return text


def write_citations(version: Version, articles: Mapping[int, int | None]) -> None:
    """Write which passage rests on which Article; `articles` maps source numbers to Article ids.

    A number that a caption or the standfirst has in brackets cites only where the story has such a source.
    """
    version.citations.all().delete()
    Citation.objects.bulk_create(
        Citation(version=version, passage=passage, number=number, article_id=articles.get(number))
        for passage, number in _cited(version.document, articles)
    )


def _cited(document: Mapping[str, Any], numbers: Container[int]) -> list[tuple[str, int]]:
    return [
        (passage.id, number)
        for passage in passages_of(document)
        for number in dict.fromkeys(passage.cites)
        if number in numbers or "." in passage.id
    ]


def write_pictures(version: Version, *, again: bool = False) -> None:
    """Write which pictures the Version shows; `again` where its document is another one than when that was written.

    One statement more for a new Version with pictures, none for one without.
    """
    if again:
        version.pictures.all().delete()
    shown = [VersionPicture(version=version, sha256=entry["sha256"]) for entry in version.document["gallery"]]
    if shown:
        VersionPicture.objects.bulk_create(shown)


def faults(story: Story) -> list[str]:
    """What is wrong with the story's chain of Versions, a sentence each; empty when every rule holds.

    A checksum shows that a Version is not what it was when it was published. It does not show who changed it,
    and whoever can write to the database can compute a new chain.
    """
    found: list[str] = []
    previous: Version | None = None
    for version in story.versions.order_by("number").prefetch_related("citations", "pictures"):
        found += [f"Version {version.number}: {fault}" for fault in _faults_of(version, previous)]
        previous = version
    return found


def _faults_of(version: Version, previous: Version | None) -> list[str]:
    number = previous.number + 1 if previous else 1
    is_intact = version.redacted_at is not None or sha256(version.document) == version.document_sha256
    checks = {
        f"its number should be {number}": version.number == number,
        "its document is not the one that was published": is_intact,
        "its checksum does not follow from the Version before it": version.checksum
        == checksum_of(version, previous.checksum if previous else FIRST),
        "what lists show of it is not what it says": not is_intact or _is_summed_up(version),
        "what is kept of its citations and pictures is not what it has": not is_intact or _is_indexed(version),
        "it ends before it begins": version.live_until is None or version.live_until > version.live_from,
    }
    if previous is not None:
        ends = previous.live_until
        checks["it begins before the Version before it"] = version.live_from > previous.live_from
        checks["the Version before it is still live"] = ends is not None and ends <= version.live_from
        checks["there is a gap between it and the Version before it"] = ends == version.live_from or (
            previous.withdrawn_at is not None
        )
    return [fault for fault, holds in checks.items() if not holds]


def _is_summed_up(version: Version) -> bool:
    if version.redacted_at is not None:
        return not (version.headline or version.standfirst or version.lead_picture)
    return all(getattr(version, column) == value for column, value in _summary(version.document).items())


def _is_indexed(version: Version) -> bool:
    """Whether the rows that answer “what rests on this report?” and “where is this picture?” say what it says."""
    cited = sorted((citation.passage, citation.number) for citation in version.citations.all())
    shown = {picture.sha256 for picture in version.pictures.all()}
    if version.redacted_at is not None:
        return not cited and not shown
    numbers = {source["number"] for source in version.document["sources"]}
    pictures = {entry["sha256"] for entry in version.document["gallery"]}
    return cited == sorted(_cited(version.document, numbers)) and shown == pictures
