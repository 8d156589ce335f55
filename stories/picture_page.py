"""The page of one picture: what Versions say of it, and which of them show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from stories.images.showing import UNKNOWN, PictureOnPage, pictures_at
from stories.models import PictureFile, Version, VersionPicture
from timelines.dates import EventDate


@dataclass(frozen=True)
class StoryShowing:
    """A story that shows the picture, or showed it: its Versions that do, the newest first; `live` is the one that
    readers have now."""

    live: Version | None
    past: list[Version]

    @property
    def newest(self) -> Version:
        return self.live or self.past[0]

    @property
    def first(self) -> Version:
        return [self.newest, *self.past][-1]


@dataclass(frozen=True)
class PicturePage:
    """`version` is the one whose words of the picture are told: a live one before past ones, a newer before older."""

    picture: PictureOnPage
    version: Version
    stories: list[StoryShowing]

    @property
    def taken(self) -> str:
        edtf = self.picture.entry.get("taken", "")
        return EventDate.from_edtf(edtf).display() if edtf else ""


def picture_page(key: str, at: datetime) -> PicturePage | None:
    """The page of the file whose hash begins with `key`; None unless a live story shows or showed it to readers.

    Four queries.
    """
    sha256 = PictureFile.objects.filter(sha256__gte=key, sha256__lt=f"{key}g").values_list("sha256", flat=True).first()
    shown = VersionPicture.objects.filter(sha256=sha256 or "").values("version")
    live = Version.objects.live(at).values("story")  # the words of a withdrawn story stand under its notice alone
    readable = Version.objects.published(at).filter(pk__in=shown, story__in=live, redacted_at=None, taken_back_at=None)
    versions = list(readable.defer("document").select_related("story").order_by("-live_from", "-pk"))
    if not sha256 or not versions:
        return None
    told = max(versions, key=lambda version: (_is_live(version, at), version.live_from))
    entry = next(one for one in told.document["gallery"] if one["sha256"] == sha256)
    picture = PictureOnPage(entry, pictures_at([sha256], at).get(sha256, UNKNOWN))
    return PicturePage(picture, told, _by_story(versions, at))


def _is_live(version: Version, at: datetime) -> bool:
    return version.live_until is None or version.live_until > at


def _by_story(versions: Iterable[Version], at: datetime) -> list[StoryShowing]:
    """The stories that show it now first, then by the newest Version."""
    showing = []
    for _, group in groupby(sorted(versions, key=lambda version: version.story_id), lambda version: version.story_id):
        own = sorted(group, key=lambda version: -version.number)
        live = next((version for version in own if _is_live(version, at)), None)
        showing.append(StoryShowing(live, [version for version in own if version != live]))
    return sorted(showing, key=lambda one: (one.live is None, -one.newest.live_from.timestamp()))
