"""The page of one picture: what Versions say of it, and which of them show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Case, Exists, OuterRef, Q, When

from stories.images.showing import KEY_LENGTH, UNKNOWN, PictureOnPage, pictures_at
from stories.models import Image, PictureFile, Version, VersionPicture
from stories.models.version import VersionQuerySet
from timelines.dates import printed


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
    """`version` is the one whose words of the picture are told: a live one before past ones, a newer before older.

    `newer` is the key of the newest file that readers may be shown in place of this one, "" where drafts alone have it.
    """

    picture: PictureOnPage
    version: Version
    stories: list[StoryShowing]
    newer: str = ""

    @property
    def taken(self) -> str:
        return printed(self.picture.entry.get("taken", ""))


def picture_page(key: str, at: datetime) -> PicturePage | None:
    """The page of the file whose hash begins with `key`; None unless a live story shows or showed it to readers.

    Four queries, five of a file that was replaced.
    """
    files = PictureFile.objects.filter(sha256__gte=key, sha256__lt=f"{key}g").select_related("image")
    file = files.only("sha256", "image__sha256").first()
    sha256 = file.sha256 if file else ""
    shown = VersionPicture.objects.filter(sha256=sha256).values("version")
    readable = _readable(at).filter(pk__in=shown).defer("document").select_related("story")
    versions = list(readable.order_by("-live_from", "-pk"))
    if file is None or not versions:
        return None
    told = max(versions, key=lambda version: (_is_live(version, at), version.live_from))
    entry = next(one for one in told.document["gallery"] if one["sha256"] == sha256)
    picture = PictureOnPage(entry, pictures_at([sha256], at).get(sha256, UNKNOWN))
    was_replaced = file.image.sha256 not in {"", sha256}
    newer = "" if not was_replaced or picture.shown.withheld else _newer(file, at)
    return PicturePage(picture, told, _by_story(versions, at), newer)


def _readable(at: datetime) -> VersionQuerySet:
    live = Version.objects.live(at).values("story")  # the words of a withdrawn story stand under its notice alone
    return Version.objects.published(at).filter(story__in=live, redacted_at=None, taken_back_at=None)


@dataclass(frozen=True)
class FileInUse:
    """A file that a picture has or had; `key` names its page, "" where readers have none."""

    sha256: str
    is_live: bool
    key: str


def files_of(image: Image, at: datetime) -> list[FileInUse]:
    """The picture's own file, then those that it had before, the newest first. One query."""
    showing = VersionPicture.objects.filter(sha256=OuterRef("sha256"))
    files = PictureFile.objects.filter(image=image.pk or 0).annotate(
        is_live=Exists(showing.filter(version__in=_readable(at).live(at))),
        is_seen=Exists(showing.filter(version__in=_readable(at))),
    )
    rows = files.order_by("-pk").values_list("sha256", "is_live", "is_seen")
    found = [FileInUse(sha256, live, sha256[:KEY_LENGTH] if seen else "") for sha256, live, seen in rows]
    return sorted(found, key=lambda file: file.sha256 != image.sha256)


def _newer(file: PictureFile, at: datetime) -> str:
    """The key of the newest file in this one's place that a live Version shows, "" for none.

    The picture's own file is the newest, whichever row came first: an earlier one can be put back.
    """
    live = VersionPicture.objects.filter(sha256=OuterRef("sha256"), version__in=_readable(at).live(at))
    later = Q(sha256=file.image.sha256) | Q(pk__gt=file.pk)
    newest = Case(When(sha256=file.image.sha256, then=0), default=1)
    files = PictureFile.objects.filter(later, Exists(live), image=file.image_id).exclude(pk=file.pk)
    return (files.order_by(newest, "-pk").values_list("sha256", flat=True).first() or "")[:KEY_LENGTH]


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
