"""Which stories a story belongs to: its parent, the parent's other sub-stories, and the tree of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from stories.models import Version
from stories.models.card import COLUMNS_WITHOUT_PICTURE, StoryCard
from stories.models.prepared import Prepared

NOBODY = UUID(int=0)
DEPTH = 4  # levels of sub-stories on one page; what lies deeper stands on the pages of these
Below = Mapping[UUID | None, list[StoryCard]]


@dataclass(frozen=True, slots=True)
class Branch:
    """A sub-story with those below it."""

    card: StoryCard
    branches: list["Branch"]


@dataclass(frozen=True, slots=True)
class Relatives:
    """The live relatives of a story. `siblings` are all sub-stories of its live parent in their order, itself too;
    `sub_stories` its own as a tree."""

    parent: StoryCard | None
    siblings: list[StoryCard]
    sub_stories: list[Branch]


ALONE = Relatives(parent=None, siblings=[], sub_stories=[])


def relatives(uid: UUID, parent_uid: UUID | None, at: datetime) -> Relatives:
    """A story's relatives at a moment, without their pictures."""
    below: dict[UUID | None, list[StoryCard]] = {}
    parent, next_level = None, []
    for *columns, above, has_sub_stories in _relatives(uid=uid, parent_uid=parent_uid or NOBODY, at=at):
        card = StoryCard(*columns)
        if card.uid == parent_uid:
            parent = card
        else:
            below.setdefault(above, []).append(card)
            next_level += [card.uid] if has_sub_stories and above == uid else []
    siblings = below.pop(parent_uid, []) if parent_uid and parent_uid != uid else []
    _add_lower(below, next_level, at)
    return Relatives(parent, siblings if parent and len(siblings) > 1 else [], _branches(uid, below, {uid}))


def _add_lower(below: dict[UUID | None, list[StoryCard]], level: list[UUID], at: datetime) -> None:
    """Add what stands below the stories of a level, a read for each further level."""
    for _ in range(DEPTH - 1):
        if not level:
            return
        rows = Version.objects.live(at).filter(parent_uid__in=level).arranged().values_list(*_COLUMNS)
        lower = [(above, StoryCard(*columns)) for *columns, above in rows]
        for above, card in lower:
            below.setdefault(above, []).append(card)
        level = [card.uid for _, card in lower]


def _branches(uid: UUID, below: Below, seen: set[UUID]) -> list[Branch]:
    """The tree below a story. A ring, which Versions of different moments could close, is cut where it closes."""
    cards = [card for card in below.get(uid, ()) if card.uid not in seen]
    seen.update(card.uid for card in cards)
    return [Branch(card, _branches(card.uid, below, seen)) for card in cards]


def size_of(branches: Iterable[Branch]) -> int:
    """How many stories a tree has."""
    return sum(1 + size_of(branch.branches) for branch in branches)


_COLUMNS = (*COLUMNS_WITHOUT_PICTURE, "parent_uid")
_relatives = Prepared(
    lambda uid, parent_uid, at: (
        Version.objects.live(at)
        .relatives(uid, parent_uid)
        .annotate(has_sub_stories=Exists(Version.objects.live(at).filter(parent_uid=OuterRef("story__uid"))))
        .values_list(*_COLUMNS, "has_sub_stories")
    ),
    uid=UUID,
    parent_uid=UUID,
    at=datetime,
)
