"""What readers' pages read: rows of what is live at a moment, each kind by a read that is compiled once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.interface import interface_language
from stories.iso_moment import write_moment
from stories.models import Notice, Topic, Version
from stories.models.addresses import address_of
from stories.models.card import CARD_COLUMNS, StoryCard
from stories.models.prepared import Prepared
from stories.touching import Past, words_of
from timelines.printing import print_day
from timelines.wording import current_words

FRONT_PAGE_LENGTH = 60
PAGE_COLUMNS = (
    "number",
    "document",
    "headline",
    "parent_uid",
    "first_published",
    "updated",
    "live_from",
    "live_until",
    "change_note",
    "withdrawn_at",
    "taken_back_at",
    "taken_back_reason",
    "redacted_at",
    "redacted_reason",
    "article_count",
    "checksum",
    "story__uid",
    "story__slug",
    "topic__slug",
    "topic__name",
)


class PublishedStory(NamedTuple):
    """A Version with all that its page shows of its own story, in the order of PAGE_COLUMNS, and whether there are
    notices about the story."""

    number: int
    document: dict[str, Any]
    headline: str
    parent_uid: UUID | None
    first_published: datetime
    updated: datetime
    live_from: datetime
    live_until: datetime | None
    change_note: str
    withdrawn_at: datetime | None
    taken_back_at: datetime | None
    taken_back_reason: str
    redacted_at: datetime | None
    redacted_reason: str
    article_count: int
    checksum: str
    uid: UUID
    slug: str
    topic_slug: str | None
    topic_name: str | None
    has_notices: bool

    def get_absolute_url(self) -> str:
        return address_of("story", self.slug)

    def get_version_url(self) -> str:
        return f"{self.get_versions_url()}{self.number}/"

    def get_versions_url(self) -> str:
        return address_of("versions", self.slug)

    def get_topic_url(self) -> str:
        return address_of("topic", self.topic_slug or "")

    @property
    def is_hidden(self) -> bool:
        """Whether a tombstone stands in the place of its words."""
        return self.redacted_at is not None or self.taken_back_at is not None

    def has_ended(self, at: datetime | None = None) -> bool:
        """Whether readers know an end: one that lies ahead comes from a schedule, which is nobody's yet."""
        return self.live_until is not None and self.live_until <= (at or timezone.now())


class PublishedNotice(NamedTuple):
    """A notice as readers see it, in the order of NOTICE_COLUMNS: `number` is that of the Version which had the fault,
    `mended_by` of the one that mends it."""

    kind: str
    text: str
    passage: str
    issued_at: datetime
    number: int
    mended_by: int | None
    pk: int
    redacted_at: datetime | None
    taken_back_at: datetime | None

    @property
    def is_gone(self) -> bool:
        """Whether a tombstone stands in the place of the Version that had the fault."""
        return self.redacted_at is not None or self.taken_back_at is not None

    @property
    def name(self) -> str:
        return Notice.Kind(self.kind).label.capitalize()

    @property
    def id(self) -> str:
        """Its id on a page."""
        return f"notice-{self.pk}"

    @property
    def later(self) -> str:
        """What it is called on the page of a Version that went before it."""
        return Notice.Kind(self.kind).later

    @property
    def mark(self) -> str:
        """What stands beside its passage: “Corrected Mar 3 2026”, the day in the site's time zone."""
        return _("%(mark)s %(day)s") % {"mark": Notice.Kind(self.kind).mark, "day": _day(self.issued_at)}


NOTICE_COLUMNS = (
    "kind",
    "text",
    "passage",
    "issued_at",
    "version__number",
    "mended_by__number",
    "pk",
    "version__redacted_at",
    "version__taken_back_at",
)


class TopicLink(NamedTuple):
    """A topic that readers can open."""

    slug: str
    name: str

    def get_absolute_url(self) -> str:
        return address_of("topic", self.slug)


def live_story(slug: str, at: datetime) -> PublishedStory | None:
    """The live Version of the story at this address."""
    return next((PublishedStory(*row) for row in _live(slug=slug, at=at)), None)


def published_version(slug: str, number: int, at: datetime) -> PublishedStory | None:
    """A Version that readers see or have seen."""
    return next((PublishedStory(*row) for row in _published(slug=slug, number=number, at=at)), None)


def notices(version: PublishedStory, at: datetime) -> list[PublishedNotice]:
    """What readers were told about the story by the moment, the newest first; no query where that is nothing."""
    return notices_of(version.uid, at) if version.has_notices else []


def notices_of(uid: UUID, at: datetime) -> list[PublishedNotice]:
    """The same of a story by its uid."""
    return [PublishedNotice(*row) for row in _notices(uid=uid, at=at)]


def past_words(uid: UUID, at: datetime, numbers: Collection[int] | None = None) -> list[Past]:
    """What the Versions that readers have seen say, those of the numbers or all; of a redacted one nothing."""
    seen = Version.objects.published(at).filter(story__uid=uid)
    seen = seen if numbers is None else seen.filter(number__in=numbers)
    rows = seen.values_list("number", "live_from", "document__sections", "document__timeline")  # sources are longest
    return [
        Past(number, since, words_of({"sections": sections or (), "timeline": timeline or ()}))
        for number, since, sections, timeline in rows.iterator()
    ]


def headlines(at: datetime) -> list[StoryCard]:
    """The front page at a moment: placed stories by rank, then top-level stories by recency."""
    cards = [StoryCard(*row) for row in [*_placed(at=at), *_recent(at=at)]]
    return list({card.uid: card for card in cards}.values())[:FRONT_PAGE_LENGTH]


def headlines_then(at: datetime, now: datetime) -> list[StoryCard]:
    """The front page as it stood at a moment of the past, each card leading to what readers had then.

    Words that were taken from readers since are not shown again: a sentence stands in their place.
    """
    then = f"at/{write_moment(at)}/"
    gone = {row[0]: _why_gone(*row[1:]) for row in _gone(at, now)}
    return [
        card._replace(then=then) if card.uid not in gone else _tombstone(card, *gone[card.uid], then)
        for card in headlines(at)
    ]


def _gone(at: datetime, now: datetime) -> Any:
    """Of what was live at the moment: which words readers may no longer have, each by its uid with when and why."""
    stands_now = Exists(Version.objects.live(now).filter(story=OuterRef("story")))
    gone = Version.objects.live(at).filter(Q(redacted_at__isnull=False) | Q(taken_back_at__isnull=False) | ~stands_now)
    return gone.values_list("story__uid", "redacted_at", "redacted_reason", "taken_back_at", "taken_back_reason")


def _why_gone(
    redacted_at: datetime | None, redacted_reason: str, taken_back_at: datetime | None, taken_back_reason: str
) -> tuple[str, str]:
    """What became of the words, and when and why."""
    if redacted_at is not None:
        told = _("Removed %(day)s. %(reason)s") % {"day": _day(redacted_at), "reason": redacted_reason}
        return _("A story whose words of that time were removed"), told
    if taken_back_at is not None:
        told = _("Taken back %(day)s. %(reason)s") % {"day": _day(taken_back_at), "reason": taken_back_reason}
        return _("A story whose version of that time was taken back"), told
    return _("A story that was withdrawn since"), ""


def _day(moment: datetime) -> str:
    """“Mar 3 2026”, in the site's time zone."""
    return print_day(timezone.localdate(moment), current_words())


def _tombstone(card: StoryCard, sentence: str, reason: str, then: str) -> StoryCard:
    return card._replace(
        headline=sentence, standfirst=reason, language=interface_language(), lead_picture=None, then=then
    )


def live_topics(at: datetime) -> list[TopicLink]:
    """Topics with at least one live story, in their order."""
    return [TopicLink(*row) for row in _topics(at=at)]


def _page_rows(versions: Any) -> Any:
    noticed = Exists(Notice.objects.filter(story=OuterRef("story")))
    return versions.annotate(has_notices=noticed).values_list(*PAGE_COLUMNS, "has_notices")


_live = Prepared(
    lambda slug, at: _page_rows(Version.objects.live(at).filter(story__slug=slug)),
    slug=str,
    at=datetime,
)
_published = Prepared(
    lambda slug, number, at: _page_rows(Version.objects.published(at).filter(story__slug=slug, number=number)),
    slug=str,
    number=int,
    at=datetime,
)
_notices = Prepared(
    lambda uid, at: (
        Notice.objects.filter(story__uid=uid, issued_at__lte=at)
        .filter(Q(mended_by=None) | Q(mended_by__redacted_at=None), retired_at=None)
        .order_by("-issued_at", "-pk")
        .values_list(*NOTICE_COLUMNS)
    ),
    uid=UUID,
    at=datetime,
)
_placed = Prepared(
    lambda at: Version.objects.placed(at).values_list(*CARD_COLUMNS)[:FRONT_PAGE_LENGTH],
    at=datetime,
)
_recent = Prepared(
    lambda at: Version.objects.live(at).top_level(at).by_recency().values_list(*CARD_COLUMNS)[:FRONT_PAGE_LENGTH],
    at=datetime,
)
_topics = Prepared(
    lambda at: Topic.objects.filter(Exists(Version.objects.live(at).filter(topic=OuterRef("pk")))).values_list(
        "slug", "name"
    ),
    at=datetime,
)
