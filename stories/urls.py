"""Readers' addresses."""

from datetime import datetime

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter, StringConverter
from django.utils.timezone import get_default_timezone

from stories.feeds.stories import HeadlinesAtom, HeadlinesRss
from stories.iso_moment import PATTERN, read_moment
from stories.views import media
from stories.views.archive import archive, archive_day, archive_month
from stories.views.as_of import front_page_as_of, story_at
from stories.views.changes import changes
from stories.views.corrections import corrections
from stories.views.feeds import feeds
from stories.views.front_page import front_page, front_page_at, topic_page
from stories.views.offline import offline, service_worker
from stories.views.one_file import one_file
from stories.views.outlets import outlet, outlets
from stories.views.passages import passages
from stories.views.picture import picture
from stories.views.policies import policies, policy, policy_edition
from stories.views.preview import preview
from stories.views.reading_guide import how_to_read
from stories.views.report import report_error, report_thanks
from stories.views.search import search, suggestions
from stories.views.story import story
from stories.views.version_data import checksums, document, latest, time_map
from stories.views.versions import version, versions


class UnicodeSlug(StringConverter):
    """A slug of letters and digits of any script."""

    regex = r"[\w-]{1,120}"


class VersionNumber(IntConverter):
    """1, 2, 3, …: in one spelling, and of a size that every database holds."""

    regex = r"[1-9][0-9]{0,8}"


class Year(IntConverter):
    regex = "[1-9][0-9]{3}"


class MonthOrDay(IntConverter):
    """With two digits, as in a date."""

    regex = "[0-9]{2}"

    def to_url(self, value: str | int) -> str:
        return f"{int(value):02}"


class MomentInAddress(StringConverter):
    """A moment in ISO 8601; addresses are made of what `write_moment` writes."""

    regex = PATTERN

    def to_python(self, value: str) -> datetime:  # type: ignore[override]
        return read_moment(value, get_default_timezone())


register_converter(UnicodeSlug, "story_slug")
register_converter(VersionNumber, "version_number")
register_converter(MomentInAddress, "moment")
register_converter(Year, "year")
register_converter(MonthOrDay, "month_or_day")

urlpatterns = [  # pages; in each language
    path("", front_page, name="front_page"),
    path("at/", front_page_as_of, name="front_page_as_of"),
    path("at/<moment:asked>/", front_page_at, name="front_page_at"),
    path("archive/", archive, name="archive"),
    path("archive/<year:year>/<month_or_day:month>/", archive_month, name="archive_month"),
    path("archive/<year:year>/<month_or_day:month>/<month_or_day:day>/", archive_day, name="archive_day"),
    path("topics/<story_slug:slug>/", topic_page, name="topic"),
    path("outlets/", outlets, name="outlets"),
    path("outlets/<story_slug:slug>/", outlet, name="outlet"),
    path("stories/<story_slug:slug>/", story, name="story"),
    path("stories/<story_slug:slug>/at/<moment:asked>/", story_at, name="story_at"),
    path("stories/<story_slug:slug>/versions/", versions, name="versions"),
    path("stories/<story_slug:slug>/versions/<version_number:number>/", version, name="version"),
    path(
        "stories/<story_slug:slug>/versions/<version_number:first>..<version_number:second>/", changes, name="changes"
    ),
    path("stories/<story_slug:slug>/versions/<version_number:number>/passages/", passages, name="passages"),
    path("stories/<story_slug:slug>/versions/<version_number:number>/story.html", one_file, name="one_file"),
    re_path(r"^pictures/(?P<key>[0-9a-f]{16})/$", picture, name="picture_page"),
    path("corrections/", corrections, name="corrections"),
    path("report/", report_error, name="report_error"),
    path("report/thanks/", report_thanks, name="report_thanks"),
    path("policies/", policies, name="policies"),
    path("policies/<story_slug:slug>/", policy, name="policy"),
    path("policies/<story_slug:slug>/<version_number:number>/", policy_edition, name="policy_edition"),
    path("search/", search, name="search"),
    path("search/suggestions.json", suggestions, name="suggestions"),
    path("how-to-read/", how_to_read, name="how_to_read"),
    path("offline/", offline, name="offline"),
    path("feeds/", feeds, name="feeds"),
]

files_and_data = [  # for programs, or for who was given the key: in the site's own language, so without a prefix
    path("stories/<story_slug:slug>/versions/latest.json", latest, name="latest"),
    path("stories/<story_slug:slug>/versions/timemap/", time_map, name="time_map"),
    path("stories/<story_slug:slug>/versions/checksums.json", checksums, name="checksums"),
    path("stories/<story_slug:slug>/versions/<version_number:number>/document.json", document, name="document"),
    re_path(r"^preview/(?P<key>[\w-]{16,64})/$", preview, name="preview"),
    path("service-worker.js", service_worker, name="service_worker"),  # one for all languages: it answers for the root
    path("feeds/headlines.rss", HeadlinesRss(), name="headlines_rss"),
    path("feeds/headlines.atom", HeadlinesAtom(), name="headlines_atom"),
    re_path(
        r"^media/(?P<name>pictures/[0-9a-f]{64}(?:(?:\.thumb)?\.jpg|\.webp|\.avif))$", media.picture, name="picture"
    ),
]
