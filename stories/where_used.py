"""Where a shared row is used: in which drafts, and in which Versions that readers saw or are to see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from stories.models import (
    Article,
    Citation,
    GalleryItem,
    Image,
    Outlet,
    PictureFile,
    Source,
    Story,
    Version,
    VersionPicture,
)
from stories.resting import VersionMark, draft_passages, mark

MOST_STORIES = 50
Marked = tuple[int, VersionMark, int]  # story, Version, how many passages of it rest there


@dataclass
class Use:
    """How one story uses a row. `in_draft` says it in a word, "" where the draft does not; counts are of passages."""

    story: Story
    in_draft: str = ""
    draft_count: int = 0
    versions: list[VersionMark] = field(default_factory=list)
    live_count: int = 0

    @property
    def current(self) -> list[VersionMark]:
        """What readers have and are to have."""
        return [version for version in self.versions if version.state != "past"]

    @property
    def past(self) -> list[VersionMark]:
        return [version for version in self.versions if version.state == "past"]


@dataclass(frozen=True)
class Uses:
    """The first stories that use a row, those with it in their draft or live first, and how many there are."""

    shown: list[Use]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


def uses_of_image(image: Image, at: datetime | None = None) -> Uses:
    """Galleries of drafts and of Versions, by every file that the picture had. Three queries."""
    galleries = GalleryItem.objects.filter(image=image).values_list("story", flat=True) if image.pk else ()
    return _uses(dict.fromkeys(galleries, "in the gallery"), _marked(versions_showing(image), at))


def versions_showing(image: Image) -> QuerySet[Version]:
    """The Versions that show the picture, by every file that it had; not those whose words were removed."""
    files = PictureFile.objects.filter(image=image.pk or 0).values("sha256")
    shown = VersionPicture.objects.filter(sha256__in=files).values("version")
    return Version.objects.filter(pk__in=shown).defer("document").order_by("story", "number")


def story_counts(images: Iterable[Image], at: datetime | None = None) -> dict[int, int]:
    """How many stories have each picture in their draft or in what readers see; by its id, none left out for none.

    Two queries, however many pictures.
    """
    stories: dict[int, set[int]] = {image.pk: set() for image in images}
    drafts = GalleryItem.objects.filter(image__in=stories).values_list("image", "story")
    for image, story in (*drafts, *shown_in(stories, Version.objects.live(at))):
        stories[image].add(story)
    return {image: len(using) for image, using in stories.items()}


def shown_in(images: Iterable[Any], versions: QuerySet[Version]) -> Iterable[tuple[int, int]]:
    """Picture and story, by id, for each of the Versions that shows one of the pictures. One query."""
    files = PictureFile.objects.filter(image__in=images).values("sha256")
    owner = PictureFile.objects.filter(sha256=OuterRef("sha256")).values("image")
    shown = VersionPicture.objects.filter(sha256__in=files, version__in=versions.order_by().values("pk"))
    return shown.order_by().values_list(Subquery(owner), "version__story").distinct()


def uses_of_article(article: Article, at: datetime | None = None) -> Uses:
    """Sources of drafts, and Versions that cite it. Three queries."""
    sources = Source.objects.filter(article=article) if article.pk else Source.objects.none()
    cited = Citation.objects.filter(article=article.pk or 0)
    versions = Version.objects.filter(pk__in=cited.values("version"))
    return _uses(_numbers(sources), _marked(versions, at))


def uses_of_outlet(outlet: Outlet, at: datetime | None = None) -> Uses:
    """Stories whose draft, live or scheduled Version rests on its reports, with how many passages. Eight queries."""
    at = at or timezone.now()
    sources = Source.objects.filter(article__outlet=outlet) if outlet.pk else Source.objects.none()
    cited = Q(citations__article__outlet=outlet.pk or 0)
    versions = Version.objects.filter(Q(live_until=None) | Q(live_until__gt=at)).filter(cited)
    counted = versions.annotate(passages=Count("citations__passage", distinct=True, filter=cited))
    uses = _uses(_numbers(sources), _marked(counted, at))
    shown = {use.story.pk: use for use in uses.shown}
    numbers: dict[int, set[int]] = {}
    for story, number in sources.filter(story__in=shown).values_list("story", "number"):
        numbers.setdefault(story, set()).add(number)
    for story, passage in draft_passages(numbers):
        shown[story].draft_count += bool(numbers[story] & set(passage.cites))
    return uses


def _numbers(sources: QuerySet[Source]) -> dict[int, str]:
    """The numbers under which each story has it: “[2], [5]”."""
    numbers: dict[int, str] = {}
    for story, number in sources.order_by("number").values_list("story", "number"):
        numbers[story] = f"{numbers[story]}, [{number}]" if story in numbers else f"[{number}]"
    return numbers


def _marked(versions: QuerySet[Version], at: datetime | None) -> list[Marked]:
    at = at or timezone.now()
    columns = ["story", "number", "live_from", "live_until", "taken_back_at", "redacted_at"]
    counted = "passages" in versions.query.annotations
    rows: Iterable[Any] = versions.order_by("story", "-number").values_list(*columns, *["passages"] * counted)
    return [(row[0], mark(*row[1:6], at=at), row[6] if counted else 0) for row in rows]


def _uses(drafts: dict[int, str], versions: list[Marked]) -> Uses:
    current = {story for story, version, _ in versions if version.state != "past"}
    found = dict.fromkeys([*drafts, *(story for story, _, _ in versions)])
    first = sorted(found, key=lambda pk: pk not in drafts and pk not in current)[:MOST_STORIES]
    stories = Story.objects.in_bulk(first)
    uses = {pk: Use(stories[pk], drafts.get(pk, "")) for pk in first if pk in stories}
    for story, version, passages in versions:
        if story in uses:
            uses[story].versions.append(version)
            uses[story].live_count += passages if version.state == "live" else 0
    shown = sorted(uses.values(), key=lambda use: (not (use.in_draft or use.current), str(use.story).casefold()))
    return Uses(shown, len(found))
