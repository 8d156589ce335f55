"""Making the demo edition happen: its stories are drafted, published, corrected and withdrawn in the order they were.

Parents and sub-stories are told apart by time, so that each Version names its parent by the headline of that moment.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from stories import publishing
from stories.demo.edition import PICTURES, DemoStory, Step, read_edition, read_topics
from stories.document import GalleryEntry, StoryDocument, sha256
from stories.draft import hold
from stories.images.intake import take_in
from stories.images.library import NotKept, find_or_add_picture
from stories.importing.imported import Imported
from stories.importing.storing import Wishes, store
from stories.models import Image, Notice, Story, Topic, Version


class Deed(Protocol):
    def __call__(self, *, at: datetime) -> Any: ...


class NotLoaded(Exception):
    """A document was refused or a picture not kept; nothing of the edition was loaded. The message says why."""


class Act(NamedTuple):
    at: datetime
    do: Deed


@dataclass(frozen=True)
class Loaded:
    """How many stories and Versions were made, and how many stories were here already."""

    stories: int
    versions: int
    known: int


@transaction.atomic
def load_edition(
    edition: Sequence[DemoStory] | None = None, *, now: datetime | None = None, by: User | None = None
) -> Loaded:
    """Load what is not here yet, as if the edition had been worked on until now; a story that is here is left alone.

    Raises NotLoaded where a story of the newsroom's own is in the way, and what the publishing verbs raise.
    """
    edition, now = read_edition() if edition is None else edition, now or timezone.now()
    known = set(Story.objects.values_list("uid", flat=True))
    new = [story for story in edition if story.draft.uid not in known]
    _refuse_taken_addresses(new)
    _make_topics()
    desk = Desk(by, dict(_pictures(new, by)))
    acts = [act for story in new for act in desk.acts(story, now)]
    for act in sorted(acts, key=lambda act: act.at):
        act.do(at=act.at)
    if new:
        _arrange(edition, by)
    versions = Version.objects.filter(story__uid__in=[story.draft.uid for story in new]).count()
    return Loaded(stories=len(new), versions=versions, known=len(edition) - len(new))


@dataclass(frozen=True)
class Desk:
    """Who does it, with the pictures they have, by the names that the edition's documents give them."""

    by: User | None
    pictures: dict[str, Image]

    def acts(self, story: DemoStory, now: datetime) -> Iterator[Act]:
        """What befalls one story, each at its moment."""
        uid = story.draft.uid
        for step in story.steps:
            yield Act(now + step.at, partial(self.publish, step))
        if not story.steps:
            yield Act(now, partial(self.save, story.draft, story.review_state))
        if story.rank:
            yield Act(now + story.steps[0].at, partial(self.place, uid, story.rank))
        if story.scheduled:
            yield Act(now, partial(self.schedule, uid, now + story.scheduled))
        if story.withdrawal:
            yield Act(now + story.withdrawal.at, partial(self.withdraw, uid, story.withdrawal.reason))

    def save(self, document: StoryDocument, review_state: str, *, at: datetime) -> Story:
        gallery = [self._entry(entry) for entry in document.gallery]
        document = document.model_copy(update={"gallery": gallery})
        outcome = store(Imported(document, is_whole=True), sha256(document.as_json()), Wishes(), by=self.by)
        if outcome.story is None:
            raise NotLoaded(f"{document.slug}: {' '.join(entry.message for entry in outcome.imported.report)}")
        story = hold(outcome.story)
        story.review_state = review_state
        story.save(update_fields=["review_state"])
        return story

    def publish(self, step: Step, *, at: datetime) -> None:
        story = self.save(step.document, Story.ReviewState.READY, at=at)
        before = story.versions.published(at).order_by("-number").first()
        if before is not None and step.kind == Version.Kind.CORRECTION:
            publishing.issue_notice(before, by=self.by, kind=Notice.Kind.CORRECTION, text=step.note, at=at)
        else:
            publishing.publish(story, by=self.by, kind=step.kind, at=at, note=step.note)

    def place(self, uid: Any, rank: int, *, at: datetime) -> None:
        publishing.place(Story.objects.get(uid=uid), by=self.by, rank=rank, at=at)

    def schedule(self, uid: Any, live_from: datetime, *, at: datetime) -> None:
        publishing.schedule(Story.objects.get(uid=uid), by=self.by, live_from=live_from, at=at)

    def withdraw(self, uid: Any, reason: str, *, at: datetime) -> None:
        publishing.withdraw(Story.objects.get(uid=uid), by=self.by, reason=reason, at=at)

    def _entry(self, entry: GalleryEntry) -> GalleryEntry:
        """The entry with the file that readers get in place of the drawn one; unchanged while it awaits its upload."""
        if entry.file is None:
            return entry
        image = self.pictures[entry.file]
        file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
        return entry.model_copy(update=file)


def _refuse_taken_addresses(edition: Iterable[DemoStory]) -> None:
    """The importer knows a story by its address too; here it would write a demo story over the newsroom's own."""
    taken = Story.objects.filter(slug__in=[story.draft.slug for story in edition]).first()
    if taken:
        raise NotLoaded(f"A story of your own, “{taken}”, has the address “{taken.slug}” of a demo story. Rename it.")


def _make_topics() -> None:
    """Where there are none yet, before stories make them in the order of their publication."""
    if not Topic.objects.exists():
        topics = enumerate(read_topics(), 1)
        Topic.objects.bulk_create(Topic(slug=topic.slug, name=topic.name, position=place) for place, topic in topics)


def _pictures(edition: Iterable[DemoStory], by: User | None) -> Iterator[tuple[str, Image]]:
    """The pictures that the stories show, taken into the library as an upload would be."""
    documents = [document for story in edition for document in story.documents]
    entries = {entry.file: entry for document in documents for entry in document.gallery if entry.file}
    for name, entry in entries.items():
        described = entry.model_dump(include={"alt_text", "caption", "creator", "credit_line", "source_name"})
        try:
            file = take_in((PICTURES / name).read_bytes(), filename=name)
            yield name, find_or_add_picture(file, by=by, may_be_cropped=False, **described)
        except NotKept as fault:
            raise NotLoaded(str(fault)) from fault


def _arrange(edition: Sequence[DemoStory], by: User | None) -> None:
    """Put sub-stories in the edition's order."""
    uids = [story.draft.uid for story in edition]
    stories = Story.objects.in_bulk(uids, field_name="uid")
    for parent in {story.draft.parent.uid for story in edition if story.draft.parent}:
        order = [
            stories[story.draft.uid] for story in edition if story.draft.parent and story.draft.parent.uid == parent
        ]
        publishing.arrange_sub_stories(stories[parent], order, by=by)
