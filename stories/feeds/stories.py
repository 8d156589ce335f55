"""The feeds of stories: top headlines as RSS 2.0 and as Atom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.syndication.views import Feed
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import patch_cache_control, set_response_etag
from django.utils.decorators import method_decorator
from django.utils.html import escape
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from stories.feeds.formats import Atom, Rss, writable
from stories.feeds.full_text import full_text
from stories.images.showing import PictureOnPage, ShownPicture, on_page
from stories.models import Version
from stories.models.version import VersionQuerySet

LENGTH = 30
MAX_AGE = 60


def headlines(at: datetime) -> VersionQuerySet:
    """The stories of the feeds: the newest live ones, without sub-stories, which their story's page leads to."""
    return Version.objects.live(at).top_level(at).by_recency().select_related("story", "topic")[:LENGTH]


@dataclass(frozen=True)
class Item:
    """A live Version as feeds show it, with the first of its pictures that may be shown; `absolute` makes an address
    of this site whole."""

    version: Version
    absolute: Callable[[str], str]
    lead: PictureOnPage | None = None

    @cached_property
    def page(self) -> str:
        return self.absolute(self.version.story.get_absolute_url())

    @cached_property
    def picture(self) -> dict[str, Any] | None:
        """The lead picture: what the document says of it, and `url`, `width` and `height` of its file."""
        if self.lead is None:
            return None
        offer = self.lead.whole.usual
        told = {"alt_text": self.lead.alt_text, "told": self.lead.told, "width": offer.width, "height": offer.height}
        return {**self.lead.entry, **told, "url": self.absolute(default_storage.url(offer.file))}


def items_of(versions: Iterable[Version], absolute: Callable[[str], str], at: datetime) -> list[Item]:
    """With their pictures: one query for all of them."""
    versions = list(versions)
    pictures = on_page((entry for version in versions for entry in version.document["gallery"]), at)
    may_be_shown = {picture.entry["sha256"]: picture.shown for picture in pictures}
    return [Item(version, absolute, _lead(version, may_be_shown)) for version in versions]


def _lead(version: Version, may_be_shown: Mapping[str, ShownPicture]) -> PictureOnPage | None:
    gallery = version.document["gallery"]
    return next(
        (PictureOnPage(one, may_be_shown[one["sha256"]]) for one in gallery if one["sha256"] in may_be_shown), None
    )


class Headlines(Feed):
    """What both feeds say. Ids are those of the stories, whatever becomes of their addresses.

    There is no Last-Modified: a withdrawal or a new slug changes the feed without making its newest story newer, so
    no date would tell that it changed. The ETag is made of what is written, hence the same in every process.
    """

    feed_type: type[Rss] | type[Atom]
    title = gettext_lazy("Newsdesk: Top Headlines")
    description = subtitle = gettext_lazy("Running stories, each with the published reports that it rests on.")
    author_name = "Newsdesk"
    link = reverse_lazy("front_page")
    item_guid_is_permalink = False

    @method_decorator(require_safe)
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        feed = self.get_feed(self.get_object(request), request)
        response = HttpResponse(feed.writeString("utf-8"), content_type=self.feed_type.content_type)
        set_response_etag(response)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        return request

    def feed_guid(self, request: HttpRequest) -> str:
        """One for each site, and the same over http and https."""
        return uuid5(NAMESPACE_URL, f"//{request.get_host()}{reverse('feeds')}headlines").urn

    def items(self, request: HttpRequest) -> list[Item]:
        at = timezone.now()
        return items_of(headlines(at), request.build_absolute_uri, at)

    def item_title(self, item: Item) -> str:
        return item.version.headline

    def item_description(self, item: Item) -> str:
        return escape(writable(item.version.standfirst).strip())

    def item_link(self, item: Item) -> str:
        return item.page

    def item_guid(self, item: Item) -> str:
        return item.version.story.uid.urn

    def item_pubdate(self, item: Item) -> datetime:
        return item.version.first_published

    def item_updateddate(self, item: Item) -> datetime:
        return item.version.updated

    def item_author_name(self, item: Item) -> str | None:
        return writable(item.version.document["byline"]).strip() or None

    def item_categories(self, item: Item) -> list[str]:
        return [item.version.topic.name] if item.version.topic else []

    def item_extra_kwargs(self, item: Item) -> dict[str, Any]:
        document = item.version.document
        content = full_text(document, page=item.page, picture=item.picture)
        return {"content": content, "language": document["language"], "picture": item.picture}


class HeadlinesRss(Headlines):
    feed_type = Rss

    def item_title(self, item: Item) -> str:
        """The headline, its "<" written as HTML would: RSS leaves open which of the two a title is."""
        return item.version.headline.replace("<", "&lt;")


class HeadlinesAtom(Headlines):
    feed_type = Atom
