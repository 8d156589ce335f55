"""The draft written from one StoryDocument: the rows become what it says."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from stories.document import (
    ParentEntry,
    ResourceEntry,
    SectionEntry,
    StoryDocument,
    TimelineEntry,
    TopicEntry,
)
from stories.draft.addresses import DraftRefused, free_slug, refuse_taken_slug
from stories.draft.reading import PLAIN_FIELDS, hold
from stories.draft.sentences import completed, keep_sentences
from stories.draft.snapshots import keep_base, keep_save
from stories.gallery import write_gallery
from stories.models import ExternalResource, Section, Story, Topic
from stories.quoting import add_evidence
from stories.shared_rows import hold_shared_rows
from stories.sourcing import write_sources
from timelines.models import TimelineEvent


@transaction.atomic
def new_story(document: StoryDocument, *, by: User | None = None) -> Story:
    """Make a story whose draft is the document. Raises DraftRefused; nothing is written then."""
    if Story.objects.filter(uid=document.uid).exists():
        raise DraftRefused("There is already a story of this uid.", code="taken_uid")
    story = Story(uid=document.uid, headline=document.headline, created_by=by, modified_by=by)
    story.slug = document.slug or free_slug(story.own_slug(), story)
    refuse_taken_slug(story.slug, story)
    story.save()
    write_draft(story, document, by=by)
    return Story.objects.get(pk=story.pk)


@transaction.atomic
def new_sub_story(parent: Story, headline: str, *, position: int, by: User | None = None) -> Story:
    """Make a draft of that headline below `parent`, in its topic and language. Raises DraftRefused."""
    document = StoryDocument(
        uid=uuid4(),
        headline=headline,
        language=parent.language,
        direction=parent.direction,
        topic=TopicEntry(slug=parent.topic.slug, name=parent.topic.name) if parent.topic else None,
        parent=ParentEntry(uid=parent.uid, slug=parent.slug, headline=parent.headline),
    )
    story = new_story(document, by=by)
    story.position = position
    story.save(update_fields=["position"])
    return story


@transaction.atomic
def write_draft(story: Story, document: StoryDocument, *, by: User | None = None, library_stays: bool = False) -> Story:
    """Make the story's draft the document, all of it, and return the story as saved.

    Ids and numbers are taken as the document gives them; sentences without ids get the ids of the draft's
    sentences that they continue. Once a story has Versions its address is no longer content: it stays as it is
    (see `publishing.rename`). With `library_stays` the document changes nothing that the library says of its pictures.
    Raises DraftRefused; nothing is written then.
    """
    story = hold(story)
    if story.uid != document.uid:
        raise DraftRefused("The document is of another story: its uid is not this one's.", code="another_story")
    keep_base(story)
    document, highest = completed(story, document)
    hold_shared_rows()
    _write_head(story, document)
    _write_sections(story, document.sections, highest)
    _write_timeline(story, document.timeline, highest)
    write_sources(story, document.sources)
    write_gallery(story, document.gallery, library_stays=library_stays)
    add_evidence(story, document)
    _write_resources(story, document.resources)
    _raise_counters(story, document)
    story.modified_by = by
    story.lock_version += 1
    story.save()
    keep_save(story, by=by)
    return story


def _write_head(story: Story, document: StoryDocument) -> None:
    for name in PLAIN_FIELDS:
        setattr(story, name, getattr(document, name))
    if document.slug and document.slug != story.slug and not story.versions.exists():
        refuse_taken_slug(document.slug, story)
        story.slug = document.slug
    story.topic = _topic(document.topic)
    story.parent = find_parent(story, document.parent)


def _write_sections(story: Story, entries: list[SectionEntry], highest: dict[str, int]) -> None:
    rows = {section.passage_id: section for section in story.sections.all()}
    for position, entry in enumerate(entries):
        row = rows.setdefault(entry.id, Section(story=story, key=int(entry.id[1:])))
        row.position, row.heading = position, entry.heading
        row.body = entry.body  # type: ignore[assignment]  # the field's package has no types
        keep_sentences(row, entry, highest)
    _store(Section, rows, [entry.id for entry in entries], ["heading", "body"])


def _write_timeline(story: Story, entries: list[TimelineEntry], highest: dict[str, int]) -> None:
    rows = {event.passage_id: event for event in TimelineEvent.objects.filter(story=story)}
    for position, entry in enumerate(entries):
        row = rows.setdefault(entry.id, TimelineEvent(story=story, key=int(entry.id[1:])))
        row.position, row.date, row.label, row.text = position, entry.date, entry.label, entry.text
        row.earliest, row.latest = entry.earliest, entry.latest
        keep_sentences(row, entry, highest)
    _store(
        TimelineEvent,
        rows,
        [entry.id for entry in entries],
        ["date", "label", "earliest", "latest", "text"],
    )


def _store(model: Any, rows: dict[str, Any], kept: list[str], fields: list[str]) -> None:
    """Make the table hold just the kept rows. Only what has changed is updated: a big timeline takes seconds whole."""
    model.objects.filter(pk__in=[row.pk for key, row in rows.items() if key not in set(kept) and row.pk]).delete()
    known = [rows[key] for key in kept if rows[key].pk]
    groups = [["position"], ["sentences", "last_sentence_number"], fields]
    stored = model.objects.in_bulk([row.pk for row in known])
    for group in groups:
        changed = [row for row in known if any(getattr(row, name) != getattr(stored[row.pk], name) for name in group)]
        model.objects.bulk_update(changed, group, batch_size=200)
    model.objects.bulk_create([rows[key] for key in kept if rows[key].pk is None])


def _write_resources(story: Story, entries: list[ResourceEntry]) -> None:
    told = [(entry.url, entry.title, entry.publisher) for entry in entries]
    if told == list(story.resources.values_list("url", "title", "publisher")):
        return
    story.resources.all().delete()
    ExternalResource.objects.bulk_create(
        ExternalResource(story=story, position=position, url=url, title=title, publisher=publisher)
        for position, (url, title, publisher) in enumerate(told)
    )


def _raise_counters(story: Story, document: StoryDocument) -> None:
    """Numbers once given are never given again, so the counters only rise."""
    sections = [int(section.id[1:]) for section in document.sections]
    events = [int(event.id[1:]) for event in document.timeline]
    story.last_section_number = max(story.last_section_number, *sections, 0)
    story.last_event_number = max(story.last_event_number, *events, 0)
    story.last_source_number = max(story.last_source_number, *[source.number for source in document.sources], 0)


def _topic(entry: TopicEntry | None) -> Topic | None:
    """The topic of that slug, made if there is none; its name is the newsroom's to change, not a document's."""
    if entry is None:
        return None
    taken = Topic.objects.filter(name=entry.name).exclude(slug=entry.slug).first()
    if taken:
        raise DraftRefused(
            "There is already a topic “%(name)s”, under the slug “%(slug)s”. Name the topic by that slug.",
            code="taken_topic",
            params={"name": taken.name, "slug": taken.slug},
        )
    return Topic.objects.get_or_create(
        slug=entry.slug, defaults={"name": entry.name, "position": Topic.objects.count()}
    )[0]


def find_parent(story: Story, entry: ParentEntry | None) -> Story | None:
    """The story of the entry, or ValidationError where it is not here or stands below the story itself."""
    if entry is None:
        return None
    hold_shared_rows()
    parent = Story.objects.filter(uid=entry.uid).first()
    if parent is None:
        raise DraftRefused(
            "The parent story “%(headline)s” (%(uid)s) is not here. Import it first.",
            code="unknown_parent",
            params={"headline": entry.headline, "uid": entry.uid},
        )
    Story(pk=story.pk, parent=parent).clean()
    return parent
