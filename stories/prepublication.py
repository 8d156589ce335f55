"""Pre-publication checks: what refuses publication, what warns, and which pictures are left out.

Refused is what would mislead readers, and only if it would be new to them: a fault that the live Version already has
is a warning, so that old faults never hold up a correction. A picture never holds up words.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone
from pydantic import ValidationError

from stories.citations import checking
from stories.citations.checking import Finding, Place
from stories.document import StoryDocument
from stories.images.rights import RIGHTS_FIELDS, Rights
from stories.models import Article, PictureFile, StandingCheck, Story, Version
from stories.picture_checks import Picture, Pictures, cares, without_file, without_withheld

__all__ = ["Finding", "Picture", "Place", "check", "check_story"]


def check(
    document: StoryDocument,
    *,
    live: Mapping[str, Any] | None = None,
    retracted: Collection[str | int] = (),
    corrected: Collection[str | int] = (),
    pictures: Pictures | None = None,
    at: datetime | None = None,
    now: datetime | None = None,
) -> tuple[StoryDocument, list[Finding]]:
    """The document without the pictures that may not be shown at `at`, and what there is to say before it goes out.

    `live` is the JSON of the Version that readers have, `retracted` the addresses of retracted Articles (and the
    numbers of such sources that have no address), `corrected` those of Articles that were corrected and not checked for
    the story since, `pictures` what the library knows, by sha256. `at` is when the document goes live; where that lies
    ahead of `now`, what is said of its pictures names that moment.
    """
    at, pictures = at or timezone.now(), pictures or {}
    shown, left_out = without_withheld(document, pictures, at, now or at)
    known = _faults_of(live, retracted)
    refusals = [
        _as_warning(finding) if finding.same_fault in known else finding
        for finding in _refusals(shown, retracted, pictures)
    ]
    return shown, [*refusals, *left_out, *cares(shown, pictures, at), *_warnings(shown, corrected)]


def check_story(
    story: Story,
    document: StoryDocument,
    *,
    live: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    now: datetime | None = None,
) -> tuple[StoryDocument, list[Finding]]:
    """Check a document of the story with what the library says of its Articles and pictures, and where readers see its
    parent. Three queries, and one for each story above it. The story need not be saved yet."""
    waiting, pictures = _library(story, document)
    fallen = _fallen(story, document, live or {})
    told = {"retracted": fallen[Article.Status.RETRACTED], "corrected": fallen[Article.Status.CORRECTED]}
    shown, findings = check(document, live=live, **told, pictures=pictures, at=at, now=now)
    findings += _parent_below(document, at or timezone.now())
    said = {finding.place for finding in findings if finding.code == "picture_without_file"}
    return shown, findings + [finding for finding in map(without_file, waiting) if finding.place not in said]


def _parent_below(document: StoryDocument, at: datetime) -> list[Finding]:
    """The parent stands below this story in what readers see, whatever the drafts say: both would be out of sight."""
    above, seen = document.parent, set[UUID]()
    uid = above.uid if above else None
    while above is not None and uid is not None and uid not in seen:
        seen.add(uid)
        uid = Version.objects.live(at).filter(story__uid=uid).values_list("parent_uid", flat=True).first()
        if uid == document.uid:
            name = above.headline or "The parent"
            message = f"On the site “{name}” is still a sub-story of this one. Publish that one first."
            return [Finding("parent_below", message, True, Place("story", field="parent"), str(above.uid))]
    return []


def _refusals(document: StoryDocument, retracted: Collection[str | int], pictures: Pictures) -> Iterator[Finding]:
    yield from checking.no_headline(document)
    yield from checking.unresolved_markers(document)
    yield from checking.retracted_sources(document, retracted)
    yield from checking.unreadable_dates(document)
    yield from checking.pictures(document, {sha256: picture.position for sha256, picture in pictures.items()})


def _warnings(document: StoryDocument, corrected: Collection[str | int]) -> Iterator[Finding]:
    yield from checking.corrected_sources(document, corrected)
    yield from checking.no_text(document)
    yield from checking.uncited_sentences(document)
    yield from checking.one_source_sections(document)
    yield from checking.never_cited(document)
    yield from checking.source_gaps(document)
    yield from checking.events_after_sources(document)
    yield from checking.name_conflicts(document)


def _faults_of(live: Mapping[str, Any] | None, retracted: Collection[str | int]) -> set[tuple[str, str]]:
    """The faults of the live Version; of one whose words were redacted nothing is known."""
    if live is None:
        return set()
    try:
        document = StoryDocument.model_validate(live)
    except ValidationError:
        return set()
    return {finding.same_fault for finding in _refusals(document, retracted, {}) if finding.refuses}


def _as_warning(finding: Finding) -> Finding:
    if not finding.refuses:
        return finding
    return replace(finding, refuses=False, message=f"{finding.message} The live version has this fault as well.")


def _library(story: Story, document: StoryDocument) -> tuple[list[int], dict[str, Picture]]:
    """Positions of the gallery's pictures without a file, and what is known of the document's others, by sha256."""
    rows = story.gallery.values_list("image__sha256", "image__file") if story.pk else ()
    places = {sha256: position for position, (sha256, _) in enumerate(rows, 1) if sha256}
    waiting = [position for position, (_, file) in enumerate(rows, 1) if not file]
    wanted = {entry.sha256: count for count, entry in enumerate(document.gallery, 1) if entry.sha256}
    told = ("sha256", "image__refused_uses", *(f"image__{name}" for name in RIGHTS_FIELDS))
    files = PictureFile.objects.filter(sha256__in=wanted).values_list(*told)
    return waiting, {
        sha256: Picture(places.get(sha256, wanted[sha256]), Rights(*rights), tuple(refused))
        for sha256, refused, *rights in files
    }


def _fallen(story: Story, document: StoryDocument, live: Mapping[str, Any]) -> dict[str, set[str | int]]:
    """By status: addresses of the sources that fell, and numbers of those of the story's that have no address. Of
    corrected ones those that were not checked for this story since."""
    addresses = {source.url for source in document.sources} | {source["url"] for source in live.get("sources", ())}
    checked = StandingCheck.objects.filter(story=story.pk, article=OuterRef("pk"), note=OuterRef("status_note"))
    own = FilteredRelation("sources", condition=Q(sources__story=story.pk or 0))
    rows = (
        Article.objects.filter(status__in=Article.Status.faulty())
        .annotate(own=own, is_checked=Exists(checked))
        .filter(Q(url__in=addresses - {""}) | Q(url="", own__isnull=False))
    )
    fallen: dict[str, set[str | int]] = {Article.Status.RETRACTED: set(), Article.Status.CORRECTED: set()}
    for url, number, status, is_checked in rows.values_list("url", "own__number", "status", "is_checked"):
        if status == Article.Status.RETRACTED or not is_checked:
            fallen[status].add(url or number)
    return fallen
