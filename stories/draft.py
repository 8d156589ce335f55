"""The draft as one StoryDocument: reading it, writing it, and keeping its sentences' ids.

Every save of a draft holds its Story row first (`hold`), so that a Version never mixes two saves.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from stories.document import (
    GalleryEntry,
    ParentEntry,
    ResourceEntry,
    SectionEntry,
    SentenceEntry,
    SourceEntry,
    StoryDocument,
    TimelineEntry,
    TopicEntry,
    complete,
)
from stories.gallery import write_gallery
from stories.models import ExternalResource, GalleryItem, PreviousSlug, Section, Source, Story, Topic
from stories.models.story import SLUG_LENGTH
from stories.shared_rows import hold_shared_rows
from stories.sourcing import write_sources
from timelines.models import TimelineEvent

PLAIN_FIELDS = ("headline", "standfirst", "byline", "language")
GALLERY_FIELDS = (
    "creator",
    "credit_line",
    "copyright_notice",
    "source_name",
    "source_url",
    "web_statement",
    "decorative",
)


class DraftRefused(ValidationError):
    """The document cannot become this story's draft; nothing was written."""


def hold(story: Story) -> Story:
    """The story as it is now, held against every other save and verb until the transaction ends."""
    return Story.objects.locked(story.pk)


def read_draft(story: Story) -> StoryDocument:
    """The draft, whole, in the order that readers would see it. Five queries beside topic and parent."""
    return StoryDocument(
        uid=story.uid,
        slug=story.slug,
        direction=story.direction,
        topic=TopicEntry(slug=story.topic.slug, name=story.topic.name) if story.topic else None,
        parent=_parent_entry(story.parent),
        gallery=[_gallery_entry(item) for item in story.gallery.select_related("image")],
        sections=[_section_entry(section) for section in story.sections.all()],
        sources=[_source_entry(source) for source in story.sources.select_related("article__outlet")],
        timeline=[_event_entry(event) for event in TimelineEvent.objects.filter(story=story).in_time_order()],
        resources=[ResourceEntry(url=r.url, title=r.title, publisher=r.publisher) for r in story.resources.all()],
        **{name: getattr(story, name) for name in PLAIN_FIELDS},
    )


def _parent_entry(parent: Story | None) -> ParentEntry | None:
    return ParentEntry(uid=parent.uid, slug=parent.slug, headline=parent.headline) if parent else None


def _gallery_entry(item: GalleryItem) -> GalleryEntry:
    image = item.image
    return GalleryEntry(
        file=image.file.name or None,
        sha256=image.sha256 or None,
        width=image.width,
        height=image.height,
        alt_text=item.shown_alt_text,
        caption=item.shown_caption,
        **{name: getattr(image, name) for name in GALLERY_FIELDS},
    )


def _section_entry(section: Section) -> SectionEntry:
    return SectionEntry(id=section.passage_id, heading=section.heading, body=section.body, sentences=section.sentences)


def _source_entry(source: Source) -> SourceEntry:
    article = source.article
    if article is None:
        return SourceEntry(number=source.number)
    return SourceEntry(
        number=source.number,
        title=article.title,
        url=article.url,
        archive_url=article.archive_url,
        outlet=article.outlet.name if article.outlet else "",
        outlet_kind=article.outlet.kind if article.outlet else "",
        authors=article.authors,
        published=article.published,
        language=article.language,
    )


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
def write_draft(story: Story, document: StoryDocument, *, by: User | None = None) -> Story:
    """Make the story's draft the document, all of it, and return the story as saved.

    Ids and numbers are taken as the document gives them; sentences without ids get the ids of the draft's
    sentences that they continue. Once a story has Versions its address is no longer content: it stays as it is
    (see `publishing.rename`). Raises DraftRefused; nothing is written then.
    """
    story = hold(story)
    if story.uid != document.uid:
        raise DraftRefused("The document is of another story: its uid is not this one's.", code="another_story")
    document = _completed(story, document)
    hold_shared_rows()
    for name in PLAIN_FIELDS:
        setattr(story, name, getattr(document, name))
    if document.slug and document.slug != story.slug and not story.versions.exists():
        refuse_taken_slug(document.slug, story)
        story.slug = document.slug
    story.topic = _topic(document.topic)
    story.parent = find_parent(story, document.parent)
    story.modified_by = by
    highest = _highest_numbers(document)
    _write_sections(story, document.sections, highest)
    _write_timeline(story, document.timeline, highest)
    write_sources(story, document.sources)
    write_gallery(story, document.gallery)
    _write_resources(story, document.resources)
    _raise_counters(story, document)
    story.lock_version += 1
    story.save()
    return story


def _completed(story: Story, document: StoryDocument, *, previous: StoryDocument | None = None) -> StoryDocument:
    """The document with its derived values; sentences that it does not name are continued from the draft."""
    rows: list[Section | TimelineEvent] = [*story.sections.all(), *TimelineEvent.objects.filter(story=story)]
    named = any(passage.sentences for passage in document.passages())
    last = {row.passage_id: row.last_sentence_number for row in rows}
    lost = {passage.id for passage in document.passages()} - last.keys()
    for passage_id, number in published_sentence_numbers(story, lost).items():
        last[passage_id] = max(last.get(passage_id, 0), number)
    if previous is None and not named:
        previous = _with_published_sentences(story, read_draft(story))
    return complete(document, previous=previous, last_numbers=last)


def _with_published_sentences(story: Story, draft: StoryDocument) -> StoryDocument:
    """The draft with the sentences of the newest Version that it has lost: one that comes back keeps its id."""
    newest = story.versions.published().order_by("-number").values_list("document", flat=True).first() or {}
    standing = {sentence.id for sentence in draft.sentences()}
    lost: dict[str, list[SentenceEntry]] = {}
    for passage in (*newest.get("sections", []), *newest.get("timeline", [])):
        for sentence in passage["sentences"]:
            if sentence["id"] not in standing:
                lost.setdefault(passage["id"], []).append(SentenceEntry.model_validate(sentence))

    def whole(kind: type[SectionEntry] | type[TimelineEntry], entries: Sequence[Any], letter: str) -> list[Any]:
        known = {entry.id: entry for entry in entries}
        added = {key: known.get(key) or kind(id=key) for key in lost if key.startswith(letter)}
        extended = {
            key: entry.model_copy(update={"sentences": [*entry.sentences, *lost[key]]}) for key, entry in added.items()
        }
        return list({**known, **extended}.values())

    sections, timeline = whole(SectionEntry, draft.sections, "s"), whole(TimelineEntry, draft.timeline, "t")
    return draft.model_copy(update={"sections": sections, "timeline": timeline})


def published_sentence_numbers(story: Story, passages: Iterable[str]) -> dict[str, int]:
    """The highest sentence number that any Version gave in each of these passages.

    For passages without a row: one that was deleted and comes back must not give its old ids to new sentences.
    """
    wanted, highest = set(passages), dict[str, int]()
    if not wanted or story.pk is None:
        return highest
    for document in story.versions.values_list("document", flat=True).iterator():
        for passage in (*document.get("sections", []), *document.get("timeline", [])):
            for sentence in passage["sentences"]:
                key, number = split_sentence_id(sentence["id"])
                if key in wanted:
                    highest[key] = max(highest.get(key, 0), number)
    return highest


def split_sentence_id(sentence_id: str) -> tuple[str, int]:
    """`s3.12` is sentence 12 first read in passage `s3`."""
    key, _, number = sentence_id.partition(".")
    return key, int(number)


def _write_sections(story: Story, entries: list[SectionEntry], highest: dict[str, int]) -> None:
    rows = {section.passage_id: section for section in story.sections.all()}
    for position, entry in enumerate(entries):
        row = rows.setdefault(entry.id, Section(story=story, key=int(entry.id[1:])))
        row.position, row.heading = position, entry.heading
        row.body = entry.body  # type: ignore[assignment]  # the field's package has no types
        _keep_sentences(row, entry, highest)
    _store(Section, rows, [entry.id for entry in entries], ["heading", "body"])


def _write_timeline(story: Story, entries: list[TimelineEntry], highest: dict[str, int]) -> None:
    rows = {event.passage_id: event for event in TimelineEvent.objects.filter(story=story)}
    for position, entry in enumerate(entries):
        row = rows.setdefault(entry.id, TimelineEvent(story=story, key=int(entry.id[1:])))
        row.position, row.date, row.label, row.text = position, entry.date, entry.label, entry.text
        row.earliest, row.latest = entry.earliest, entry.latest
        _keep_sentences(row, entry, highest)
    _store(
        TimelineEvent,
        rows,
        [entry.id for entry in entries],
        ["date", "label", "earliest", "latest", "text"],
    )


def _keep_sentences(row: Section | TimelineEvent, entry: SectionEntry | TimelineEntry, highest: dict[str, int]) -> None:
    row.sentences = [sentence.model_dump() for sentence in entry.sentences]
    row.last_sentence_number = max(row.last_sentence_number, highest.get(entry.id, 0))


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


def _highest_numbers(document: StoryDocument) -> dict[str, int]:
    highest: dict[str, int] = {}
    for sentence in document.sentences():
        key, number = split_sentence_id(sentence.id)
        highest[key] = max(highest.get(key, 0), number)
    return highest


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


def refuse_taken_slug(slug: str, story: Story) -> None:
    """Raise DraftRefused where another story has the slug, or had it: its readers are still sent there.

    Until the transaction ends nobody else can take it.
    """
    hold_shared_rows()
    if Story.objects.filter(slug=slug).exclude(pk=story.pk).exists():
        raise DraftRefused("Another story has the address “%(slug)s”.", code="taken_slug", params={"slug": slug})
    if PreviousSlug.objects.filter(slug=slug).exclude(story_id=story.pk).exists():
        raise DraftRefused(
            "Another story had the address “%(slug)s”, and its readers are still sent on from there.",
            code="taken_slug",
            params={"slug": slug},
        )


def free_slug(wanted: str, story: Story) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3`, … that no story has or had, nobody else's until the
    transaction ends."""
    hold_shared_rows()
    head = wanted[: SLUG_LENGTH - 6]
    taken = set(Story.objects.filter(slug__startswith=head).exclude(pk=story.pk).values_list("slug", flat=True))
    taken.update(
        PreviousSlug.objects.filter(slug__startswith=head).exclude(story_id=story.pk).values_list("slug", flat=True)
    )
    slug, count = wanted, 1
    while slug in taken:
        count += 1
        slug = f"{head}-{count}"
    return slug


@transaction.atomic
def reread_sentences(story: Story) -> None:
    """Bring the stored sentences in line with the texts after rows were saved; call it in the save's transaction."""
    story = hold(story)
    draft = read_draft(story)
    document = _completed(story, draft, previous=_with_published_sentences(story, draft))
    highest = _highest_numbers(document)
    entries = {passage.id: passage for passage in document.passages()}
    _reread(story.sections.all(), entries, highest)
    _reread(TimelineEvent.objects.filter(story=story), entries, highest)


def _reread(rows: Any, entries: dict[str, SectionEntry | TimelineEntry], highest: dict[str, int]) -> None:
    changed = []
    for row in rows:
        before = (row.sentences, row.last_sentence_number)
        _keep_sentences(row, entries[row.passage_id], highest)
        if before != (row.sentences, row.last_sentence_number):
            changed.append(row)
    rows.bulk_update(changed, ["sentences", "last_sentence_number"], batch_size=200)
