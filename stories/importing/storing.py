"""Storing what was read: the story is found again or made, its draft written, and published where that is wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Invalid
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from stories import publishing
from stories.document import ParentEntry, StoryDocument, TopicEntry, complete, sha256
from stories.draft import hold, new_story, read_draft, write_draft
from stories.images.intake import Intake
from stories.importing.attaching import attach, with_library_files
from stories.importing.evidence import left_out, only_new
from stories.importing.faults import faults
from stories.importing.identity import with_ids_of
from stories.importing.imported import Imported
from stories.importing.keeping import keep_details
from stories.importing.not_stored import NotStored
from stories.importing.report import Code, Entry
from stories.importing.sub_stories import make_sub_stories
from stories.models import Outlet, PreviousSlug, Story, Topic, Version
from stories.models.story import SLUG_LENGTH
from stories.prepublication import Finding, check_story
from stories.refusals import NothingChanged, NotReady, Refused
from stories.versions import freeze


class Did(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Wishes:
    """What is asked of an import besides reading it.

    `mended`: the document is as somebody left it on a page, so that the same input may mean something new. `made_as` is
    the uid that a new story gets, chosen before it is sent, so that what is sent twice at once makes one.
    `how_to_replace` completes the refusal to write over an edited draft. `shown` is the story that was there to be seen
    (see `as_shown`) when this was asked, None where nobody looked: another one, or another state of it, is not written
    over.
    """

    topic: Topic | None = None
    parent: Story | None = None
    picture: Intake | None = None
    replace: bool = False
    publish: bool = False
    dry_run: bool = False
    mended: bool = False
    may_update: bool = True
    made_as: UUID | None = None
    shown: str | None = None
    how_to_replace: str = "Import with --replace"


@dataclass(frozen=True)
class Outcome:
    """What became of one input. `imported` has the document as stored, and in its report what was refused.

    A refused one has a `story` where that one's draft could be replaced, once that was looked at and asked for.
    """

    imported: Imported
    did: Did
    story: Story | None = None
    version: Version | None = None
    new_sub_stories: tuple[str, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        return any(entry.code == Code.REFUSED for entry in self.imported.report)


def store(imported: Imported, digest: str, wishes: Wishes, *, by: User | None = None) -> Outcome:
    """Make the imported document a story's draft, in one transaction; then publish it if that is wished.

    `digest` is the SHA-256 of the input: the same input changes nothing. Never raises for what the input says: every
    refusal is an entry of the report, and a draft that cannot be published is kept.
    """
    if imported.document is None:
        return Outcome(imported, Did.REFUSED)
    try:
        with transaction.atomic():
            outcome = _told(_store(imported, imported.document, digest, wishes, by), imported.document)
    except NotStored as refusal:
        return replace(_refused(imported, str(refusal)), story=refusal.story)
    except Invalid as refusal:
        return _refused(imported, " ".join(refusal.messages))
    except ValidationError as error:
        return _refused(imported, *(sentence for _, sentence in faults(error)))
    except DataError as error:
        return _refused(imported, f"A value is too long or too large for the database: {error}".strip())
    except IntegrityError:
        return _refused(imported, "The same story was saved by someone else at that moment. Import it again.")
    if not wishes.publish:
        return outcome
    return _if_published(outcome) if wishes.dry_run else _published(outcome, by)


def draft_sha256(document: StoryDocument) -> str:
    """By which an edited draft is known. Address, topic's name and parent's headline are not the draft's own."""
    values = document.as_json()
    del values["slug"]
    values["topic"] = values["topic"] and values["topic"]["slug"]
    values["parent"] = values["parent"] and values["parent"]["uid"]
    return sha256(values)


def is_edited(story: Story, draft: StoryDocument | None = None) -> bool:
    """Whether the draft says something else than its last import left; true of one that was never imported."""
    return draft_sha256(draft or read_draft(story)) != story.imported_draft_sha256


def find_story(document: StoryDocument, digest: str = "") -> Story | None:
    """The story of that uid, else the one that has, or had, the document's address or that of its headline, else the
    one that was last imported from the same text, whatever its headline became."""
    known = Story.objects.filter(uid=document.uid).first()
    slug = document.slug or Story(uid=document.uid, headline=document.headline).own_slug()
    if known is None:
        known = Story.objects.filter(slug=slug[:SLUG_LENGTH]).first()
    if known is None:
        previous = PreviousSlug.objects.filter(slug=slug[:SLUG_LENGTH]).select_related("story").first()
        known = previous.story if previous else None
    if known is None and digest:
        known = Story.objects.filter(imported_sha256=digest).order_by("-modified_at").first()
    return known


def as_shown(story: Story | None) -> str:
    """What tells the saved draft that somebody sees from a later one, and from another story's; "" for none."""
    return f"{story.pk} {story.lock_version}" if story else ""


def _store(imported: Imported, document: StoryDocument, digest: str, wishes: Wishes, by: User | None) -> Outcome:
    known = find_story(document, "" if imported.is_whole else digest)
    document, missing = with_library_files(_as_wished(document, wishes))
    imported = _with_missing(imported, missing)
    if known is None:
        return _create(imported, document, digest, wishes, by)
    return _update(imported, document, known if wishes.dry_run else hold(known), digest, wishes, by)


def _update(
    imported: Imported, document: StoryDocument, story: Story, digest: str, wishes: Wishes, by: User | None
) -> Outcome:
    draft = read_draft(story)
    edited = is_edited(story, draft)
    if _is_same(story, draft, digest, wishes) and not (edited and wishes.replace):
        return _as_it_stands(story, imported, draft, wishes, by)
    if edited and not wishes.replace:
        raise NotStored(
            f"The draft of “{story}” was edited since it was imported. "
            f"{wishes.how_to_replace} to put this in its place, or take the changes over by hand.",
            story,
        )
    document = _continuing(imported, document, story, draft)
    document = attach(document, story, wishes.picture, dry_run=wishes.dry_run, by=by)
    completed = complete(document, previous=draft)
    if completed == draft:
        entries = left_out(imported.document or document, story)
        return _as_it_stands(story, imported.with_entries(*entries), draft, wishes, by)
    _refuse_unseen(story, wishes)
    if wishes.dry_run:
        return Outcome(replace(imported, document=completed), Did.UPDATED, story)
    return _written(write_draft(story, document, by=by), Did.UPDATED, imported, document, digest, by)


def _as_it_stands(story: Story, imported: Imported, draft: StoryDocument, wishes: Wishes, by: User | None) -> Outcome:
    """The draft says it already; a sub-story that is listed and not here yet is made all the same."""
    imported = replace(imported, document=draft)
    if wishes.dry_run or not wishes.may_update:
        return Outcome(imported, Did.UNCHANGED, story)
    made, entries = make_sub_stories(story, imported.sub_stories, by=by)
    did = Did.UPDATED if made else Did.UNCHANGED
    return Outcome(imported.with_entries(*entries), did, story, new_sub_stories=made)


def _refuse_unseen(story: Story, wishes: Wishes) -> None:
    """Raises NotStored where the draft may not be changed, or is not the one that was there to be seen."""
    if not wishes.may_update:
        raise NotStored(f"“{story}” is here already, and you may not change it. Ask somebody who may.")
    if wishes.shown is None or wishes.shown == as_shown(story):
        return
    is_newer = wishes.shown.partition(" ")[0] == str(story.pk)
    what = "was saved since this text was read" if is_newer else "is here already"
    raise NotStored(f"“{story}” {what}. Look at it first; save again to put this in the place of its draft.", story)


def _create(imported: Imported, document: StoryDocument, digest: str, wishes: Wishes, by: User | None) -> Outcome:
    if not imported.is_whole:
        document = _with_known_kinds(document)
    if not imported.is_whole and document.slug:
        document = document.model_copy(update={"uid": wishes.made_as or Story().uid})
    document = attach(document, None, wishes.picture, dry_run=wishes.dry_run, by=by)
    if wishes.dry_run:
        return Outcome(replace(imported, document=complete(document)), Did.CREATED)
    return _written(new_story(document, by=by), Did.CREATED, imported, document, digest, by)


def _as_wished(document: StoryDocument, wishes: Wishes) -> StoryDocument:
    """With the topic and parent that were asked for."""
    update: dict[str, Any] = {}
    if wishes.topic:
        update["topic"] = TopicEntry(slug=wishes.topic.slug, name=wishes.topic.name)
    if wishes.parent:
        parent = wishes.parent
        update["parent"] = ParentEntry(uid=parent.uid, slug=parent.slug, headline=parent.headline)
    return document.model_copy(update=update)


def _with_known_kinds(document: StoryDocument) -> StoryDocument:
    """A text names outlets, not what kind they are: that stays as the newsroom has it."""
    kinds = dict(Outlet.objects.filter(name__in={s.outlet for s in document.sources}).values_list("name", "kind"))
    sources = [source.model_copy(update={"outlet_kind": kinds.get(source.outlet, "")}) for source in document.sources]
    return document.model_copy(update={"sources": sources})


def _with_missing(imported: Imported, missing: list[int]) -> Imported:
    entries = [
        Entry(
            1,
            Code.PICTURE_WITHOUT_FILE,
            f"The file of picture {position} is not in this library. Upload it; until then readers do not see it.",
            number=position,
        )
        for position in missing
    ]
    return imported.with_entries(*entries)


def _told(outcome: Outcome, before: StoryDocument) -> Outcome:
    """Without remarks on gaps of the input that the draft, or the file given with it, has filled."""
    after = outcome.imported.document or before
    filled = _gaps(before) - _gaps(after)
    report = tuple(entry for entry in outcome.imported.report if (entry.code, entry.number) not in filled)
    return replace(outcome, imported=replace(outcome.imported, report=report))


def _gaps(document: StoryDocument) -> set[tuple[Code, int | None]]:
    pictures = {n for n, entry in enumerate(document.gallery, 1) if not entry.file}
    sources = {source.number for source in document.sources if not any(source.details())}
    return {(Code.PICTURE_WITHOUT_FILE, n) for n in pictures} | {(Code.SOURCE_WITHOUT_DETAILS, n) for n in sources}


def _is_same(story: Story, draft: StoryDocument, digest: str, wishes: Wishes) -> bool:
    topic = wishes.topic is None or (draft.topic is not None and draft.topic.slug == wishes.topic.slug)
    parent = wishes.parent is None or (draft.parent is not None and draft.parent.uid == wishes.parent.uid)
    shown = draft.gallery[0].sha256 if draft.gallery else None
    picture = wishes.picture is None or wishes.picture.sha256 == shown
    return not wishes.mended and story.imported_sha256 == digest and topic and parent and picture


def _continuing(imported: Imported, document: StoryDocument, story: Story, draft: StoryDocument) -> StoryDocument:
    """The document as this story's next draft: under its ids, and with what a text does not carry."""
    is_numbered = any(passage.sentences for passage in document.passages())
    is_its_own = imported.is_whole and document.uid == story.uid
    document = only_new(document, story, ids_are_its_own=is_its_own and is_numbered)
    if is_its_own:
        return document
    document = with_ids_of(document, draft, last_section=story.last_section_number, last_event=story.last_event_number)
    if imported.is_whole:
        return document.model_copy(update={"uid": story.uid})
    merged = keep_details(_with_known_kinds(document), draft, says_language=imported.says_language)
    return StoryDocument.model_validate(merged.as_json())  # refuses what text and draft together contradict


def _written(
    story: Story, did: Did, imported: Imported, document: StoryDocument, digest: str, by: User | None
) -> Outcome:
    made, entries = make_sub_stories(story, imported.sub_stories, by=by)
    draft = read_draft(story)
    entries = [*entries, *_overruled(document, draft), *left_out(imported.document or document, story)]
    story.imported_sha256, story.imported_draft_sha256 = digest, draft_sha256(draft)
    story.save(update_fields=["imported_sha256", "imported_draft_sha256"])
    imported = replace(imported.with_entries(*entries), document=draft)
    return Outcome(imported, did, story, new_sub_stories=made)


def _overruled(document: StoryDocument, draft: StoryDocument) -> Iterator[Entry]:
    """What the file says of a report that other stories use and say otherwise: that stays as they have it."""
    kept = {source.number: source for source in draft.sources}
    for source in document.sources:
        told = {name for name, value in source if value not in ("", [], None)}
        lost = [name.replace("_", " ") for name in told if getattr(kept[source.number], name) != getattr(source, name)]
        if lost:
            known = kept[source.number]
            what = f"“{known.title or known.url}”" + (f", {known.outlet}" if known.outlet else "")
            sentence = (
                f"Other stories use source {source.number} as {what}. What is said otherwise here was left out: "
                f"{', '.join(sorted(lost))}. Change it on the article's own page if it is wrong there."
            )
            yield Entry(1, Code.COUNT_MISMATCH, sentence, number=source.number)


def _published(outcome: Outcome, by: User | None) -> Outcome:
    story = outcome.story
    if story is None:
        return outcome
    if is_edited(story):
        sentence = "The draft was edited since it was imported, so it was not published. Publish it in the admin."
        return _refused(outcome.imported, sentence, outcome=outcome)
    try:
        return replace(outcome, version=publishing.publish(story, by=by))
    except NothingChanged:
        return outcome
    except NotReady as refusal:
        return _unpublished(outcome, refusal.findings)
    except Refused as refusal:
        return _refused(outcome.imported, f"The draft is kept, but was not published. {refusal}", outcome=outcome)


def _if_published(outcome: Outcome) -> Outcome:
    """What publishing would refuse, for a dry run."""
    if outcome.imported.document is None or outcome.did is Did.REFUSED:
        return outcome
    story, at = outcome.story or Story(uid=outcome.imported.document.uid), timezone.now()
    live = story.versions.live(at).first() if story.pk else None
    document = freeze(outcome.imported.document, at=at)
    _, findings = check_story(story, document, live=live.document if live else None, at=at)
    return _unpublished(outcome, findings)


def _unpublished(outcome: Outcome, findings: list[Finding]) -> Outcome:
    sentences = [f"Not published, only drafted: {finding.message}" for finding in findings if finding.refuses]
    return _refused(outcome.imported, *sentences, outcome=outcome)


def _refused(imported: Imported, *sentences: str, outcome: Outcome | None = None) -> Outcome:
    entries = [Entry(1, Code.REFUSED, sentence) for sentence in sentences]
    imported = imported.with_entries(*entries)
    return replace(outcome, imported=imported) if outcome else Outcome(imported, Did.REFUSED)
