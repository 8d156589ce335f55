"""Readers' addresses."""

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter, StringConverter

from stories.feeds.stories import HeadlinesAtom, HeadlinesRss
from stories.views import media
from stories.views.feeds import feeds
from stories.views.front_page import front_page, topic_page
from stories.views.picture import picture
from stories.views.preview import preview
from stories.views.story import story
from stories.views.versions import version, versions


class UnicodeSlug(StringConverter):
    """A slug of letters and digits of any script."""

    regex = r"[\w-]{1,120}"


class VersionNumber(IntConverter):
    """1, 2, 3, …: in one spelling, and of a size that every database holds."""

    regex = r"[1-9][0-9]{0,8}"


register_converter(UnicodeSlug, "story_slug")
register_converter(VersionNumber, "version_number")

urlpatterns = [
    path("", front_page, name="front_page"),
    path("topics/<story_slug:slug>/", topic_page, name="topic"),
    path("stories/<story_slug:slug>/", story, name="story"),
    path("stories/<story_slug:slug>/versions/", versions, name="versions"),
    path("stories/<story_slug:slug>/versions/<version_number:number>/", version, name="version"),
    re_path(r"^pictures/(?P<key>[0-9a-f]{16})/$", picture, name="picture_page"),
    re_path(r"^preview/(?P<key>[\w-]{16,64})/$", preview, name="preview"),
    path("feeds/", feeds, name="feeds"),
    path("feeds/headlines.rss", HeadlinesRss(), name="headlines_rss"),
    path("feeds/headlines.atom", HeadlinesAtom(), name="headlines_atom"),
    re_path(
        r"^media/(?P<name>pictures/[0-9a-f]{64}(?:(?:\.thumb)?\.jpg|\.webp|\.avif))$", media.picture, name="picture"
    ),
]
