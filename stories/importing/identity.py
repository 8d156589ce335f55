"""Which passages of a re-imported document are passages of the draft, so that they keep their ids. Pure.

A section is known by its heading, else by its sentences; an event by its date and text, else by its sentences, else by
its date and a likeness. What is new gets keys that the story never gave.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence

from rapidfuzz import fuzz

from stories.document import SectionEntry, StoryDocument, TimelineEntry, complete

ALIKE = 60.0
Ids = dict[str, str]
Passage = SectionEntry | TimelineEntry
Pairs = Iterable[tuple[Passage, Passage]]
Match = Callable[[Sequence[Passage], Sequence[Passage]], Pairs]


def with_ids_of(
    document: StoryDocument, draft: StoryDocument, *, last_section: int = 0, last_event: int = 0
) -> StoryDocument:
    """The document with the draft's ids on the passages that both have, and new keys above the story's counters.

    Sentences are left out: whoever writes the draft continues its sentences.
    """
    last_section = max(last_section, *(_key(entry) for entry in draft.sections), 0)
    last_event = max(last_event, *(_key(entry) for entry in draft.timeline), 0)
    document = document.model_copy(
        update={
            "sections": [_fresh(entry, f"s{last_section + n}") for n, entry in enumerate(document.sections, 1)],
            "timeline": [_fresh(entry, f"t{last_event + n}") for n, entry in enumerate(document.timeline, 1)],
        }
    )
    continued = _continued(document, draft)
    sections = _matched(document.sections, draft.sections, [_by(_heading), continued])
    events = _matched(
        document.timeline, draft.timeline, [_by(_date_and_text), _by(_text), continued, _by_date_and_likeness]
    )
    return document.model_copy(
        update={
            "sections": _renamed(document.sections, sections, "s", last_section),
            "timeline": _renamed(document.timeline, events, "t", last_event),
        }
    )


def _key(entry: Passage) -> int:
    return int(entry.id[1:])


def _fresh(entry: Passage, passage_id: str) -> Passage:
    return entry.model_copy(update={"id": passage_id, "sentences": []})


def _matched(new: Sequence[Passage], old: Sequence[Passage], ways: Sequence[Match]) -> Ids:
    """By the first way that finds one, the old id of each new passage; each old one is found once."""
    ids: Ids = {}
    for way in ways:
        waiting = {entry.id for entry in old} - set(ids.values())
        for one, other in way([e for e in new if e.id not in ids], [e for e in old if e.id in waiting]):
            if other.id in waiting and one.id not in ids:
                ids[one.id] = other.id
                waiting.discard(other.id)
    return ids


def _by(likeness: Callable[[Passage], Hashable]) -> Match:
    """Passages that are alike in this, in their order; what is blank is like nothing."""

    def match(new: Sequence[Passage], old: Sequence[Passage]) -> Pairs:
        waiting: dict[Hashable, deque[Passage]] = defaultdict(deque)
        for entry in old:
            waiting[likeness(entry)].append(entry)
        for entry in new:
            value = likeness(entry)
            if value and waiting.get(value):
                yield entry, waiting[value].popleft()

    return match


def _heading(entry: Passage) -> Hashable:
    return " ".join(entry.heading.casefold().split()) if isinstance(entry, SectionEntry) else ""


def _text(entry: Passage) -> Hashable:
    return " ".join(entry.text.split()) if isinstance(entry, TimelineEntry) else ""


def _date_and_text(entry: Passage) -> Hashable:
    return (entry.date, entry.label, _text(entry)) if isinstance(entry, TimelineEntry) else ""


def _continued(document: StoryDocument, draft: StoryDocument) -> Match:
    """Passages most of whose sentences continue sentences of the draft's passage."""
    stands_in = {sentence.id: passage.id for passage in draft.passages() for sentence in passage.sentences}
    votes: dict[str, Counter[str]] = {}
    for passage in complete(document, previous=draft).passages():
        homes = [stands_in[sentence.id] for sentence in passage.sentences if sentence.id in stands_in]
        votes[passage.id] = Counter(homes)

    def match(new: Sequence[Passage], old: Sequence[Passage]) -> Pairs:
        waiting = {entry.id: entry for entry in old}
        pairs = [(-count, entry.id, home, entry) for entry in new for home, count in votes[entry.id].items()]
        for _, _, home, entry in sorted(pairs, key=lambda pair: pair[:3]):
            if home in waiting:
                yield entry, waiting[home]

    return match


def _by_date_and_likeness(new: Sequence[Passage], old: Sequence[Passage]) -> Pairs:
    by_date: dict[Hashable, list[TimelineEntry]] = defaultdict(list)
    for entry in old:
        if isinstance(entry, TimelineEntry):
            by_date[entry.date, entry.label].append(entry)
    scored = [
        (-fuzz.ratio(entry.text, other.text), entry.id, other.id, entry, other)
        for entry in new
        if isinstance(entry, TimelineEntry)
        for other in by_date[entry.date, entry.label][:50]
    ]
    for score, _, _, entry, other in sorted(scored, key=lambda pair: pair[:3]):
        if -score >= ALIKE:
            yield entry, other


def _renamed(entries: Sequence[Passage], ids: Ids, letter: str, last: int) -> list[Passage]:
    renamed = []
    for entry in entries:
        if entry.id not in ids:
            last += 1
        renamed.append(entry.model_copy(update={"id": ids.get(entry.id) or f"{letter}{last}"}))
    return renamed
