"""The draft as one StoryDocument, read from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from stories.document import (
    GalleryEntry,
    ParentEntry,
    ResourceEntry,
    SectionEntry,
    StoryDocument,
    TimelineEntry,
    TopicEntry,
)
from stories.models import ExternalResource, GalleryItem, Section, Source, Story
from stories.sourcing import entry_of
from timelines.models import TimelineEvent

PLAIN_FIELDS = ("headline", "standfirst", "byline", "language")


def hold(story: Story) -> Story:
    """The story as it is now, held against every other save and verb until the transaction ends."""
    return Story.objects.locked(story.pk)


@dataclass(frozen=True)
class Rows:
    """The rows of a draft, each list in the order that readers would see; sources with article and outlet, the gallery
    with its images."""

    gallery: Sequence[GalleryItem]
    sections: Sequence[Section]
    sources: Sequence[Source]
    events: Sequence[TimelineEvent]
    resources: Sequence[ExternalResource]


def read_rows(story: Story) -> Rows:
    """Five queries."""
    return Rows(
        gallery=list(story.gallery.select_related("image")),
        sections=list(story.sections.all()),
        sources=list(story.sources.select_related("article__outlet")),
        events=TimelineEvent.objects.filter(story=story).in_time_order(),
        resources=list(story.resources.all()),
    )


def read_draft(story: Story, rows: Rows | None = None) -> StoryDocument:
    """The draft, whole, in the order that readers would see it; `rows` where they were read already."""
    rows = rows or read_rows(story)
    return StoryDocument(
        uid=story.uid,
        slug=story.slug,
        direction=story.direction,
        topic=TopicEntry(slug=story.topic.slug, name=story.topic.name) if story.topic else None,
        parent=_parent_entry(story.parent),
        gallery=[gallery_entry(item) for item in rows.gallery],
        sections=[_section_entry(section) for section in rows.sections],
        sources=[entry_of(source.number, source.article) for source in rows.sources],
        timeline=[_event_entry(event) for event in rows.events],
        resources=[ResourceEntry(url=r.url, title=r.title, publisher=r.publisher) for r in rows.resources],
        **{name: getattr(story, name) for name in PLAIN_FIELDS},
    )


def _parent_entry(parent: Story | None) -> ParentEntry | None:
    return ParentEntry(uid=parent.uid, slug=parent.slug, headline=parent.headline) if parent else None


def gallery_entry(item: GalleryItem) -> GalleryEntry:
    image = item.image
    return GalleryEntry(
        file=image.file.name or None,
        sha256=image.sha256 or None,
        width=image.width,
        height=image.height,
        alt_text=item.shown_alt_text,
        caption=item.shown_caption,
        **{name: getattr(image, name) for name in GalleryEntry.OF_PICTURE},
    )


def _section_entry(section: Section) -> SectionEntry:
    return SectionEntry(id=section.passage_id, heading=section.heading, body=section.body, sentences=section.sentences)


def _event_entry(event: TimelineEvent) -> TimelineEntry:
    return TimelineEntry(
        id=event.passage_id,
        date=event.date,
        label=event.label,
        earliest=event.earliest,
        latest=event.latest,
        text=event.text,
        sentences=event.sentences,
    )
