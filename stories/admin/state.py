"""What an editor needs to know of a story at a glance: what readers see, what is scheduled, what stands in the way."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from stories.citations.report import CitationReport, report_on
from stories.document import StoryDocument, content_sha256
from stories.draft import read_draft
from stories.merging import Inseparable, hold_back
from stories.models import Story, Version
from stories.parts import Part
from stories.picture_checks import CODES as OF_PICTURES
from stories.prepublication import Finding, check_story
from stories.versions import freeze


@dataclass(frozen=True)
class StoryState:
    """A story's Versions at a moment, and how its draft stands to them."""

    latest: Version | None
    scheduled: Version | None
    findings: list[Finding]
    has_unpublished_changes: bool
    report: CitationReport

    @property
    def live(self) -> Version | None:
        return self.latest if self.latest and self.latest.withdrawn_at is None else None

    @property
    def withdrawn(self) -> Version | None:
        return self.latest if self.latest and self.latest.withdrawn_at is not None else None

    @property
    def refusals(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.refuses]

    @property
    def cares(self) -> list[Finding]:
        """What must not be missed of the pictures' rights and refused uses, in the order of the gallery."""
        return _of_pictures(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.refuses and finding.code not in OF_PICTURES]


def versions_of(story: Story, at: datetime | None = None) -> tuple[Version | None, Version | None]:
    """The newest Version that readers have seen, and the scheduled one."""
    at = at or timezone.now()
    latest = story.versions.published(at).order_by("-live_from").first()
    return latest, story.versions.scheduled(at).first()


def state_of(
    story: Story,
    at: datetime | None = None,
    *,
    held: Collection[Part] = (),
    draft: StoryDocument | None = None,
    goes_live: datetime | None = None,
) -> StoryState:
    """Read the story's Versions and check its draft as publishing it would, without the parts that are held back.

    `draft` is checked in the stored draft's place: what an open form says, or the stored one that was read already.
    `goes_live` is the moment that a schedule is to have: the pictures are judged at it.
    """
    at = at or timezone.now()
    latest, scheduled = versions_of(story, at)
    live, known = _readers_have(latest)
    draft = freeze(draft or read_draft(story), at=at)
    if held:
        with suppress(Inseparable):  # publishing says so
            draft = hold_back(draft, StoryDocument.model_validate(known or {"uid": story.uid}), held)
    frozen, findings = check_story(story, draft, live=known, at=goes_live or at, now=at)
    said = (live.content_sha256 or content_sha256(known)) if live and known else ""
    changed = content_sha256(frozen.as_json()) != said
    return StoryState(
        latest=latest,
        scheduled=scheduled,
        findings=findings,
        has_unpublished_changes=changed,
        report=report_on(frozen),
    )


def _readers_have(latest: Version | None) -> tuple[Version | None, Any]:
    """The live Version, and its document unless its words are gone."""
    live = latest if latest is not None and latest.withdrawn_at is None else None
    return live, live.document if live and live.redacted_at is None else None


def cares_of_scheduled(
    story: Story, waiting: Version, *, goes_live: datetime | None = None, at: datetime | None = None
) -> list[Finding]:
    """What must not be missed of the scheduled Version's pictures, at its moment or at another that it is to have."""
    _, known = _readers_have(versions_of(story, at)[0])
    document = StoryDocument.model_validate(waiting.document)
    _, findings = check_story(story, document, live=known, at=goes_live or waiting.live_from, now=at or timezone.now())
    return _of_pictures(findings)


def _of_pictures(findings: list[Finding]) -> list[Finding]:
    found = [finding for finding in findings if finding.code in OF_PICTURES]
    return sorted(found, key=lambda finding: int(finding.place.id))
