"""Loading the demo edition: all of it happens, at its moments, and only once."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from stories.demo.edition import read_edition
from stories.demo.loading import NotLoaded, load_edition
from stories.models import GalleryItem, Image, Placement, Story, Topic, Version

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EDITION = read_edition()
STEPS = sum(len(story.steps) for story in EDITION)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


RICH = "orrin-strait-talks"


def load(*slugs):
    """Load these stories of the edition, each behind its parent: all of them take seconds."""
    return load_edition([story for story in EDITION if story.draft.slug in slugs], now=NOW)


def versions(slug):
    return list(Version.objects.filter(story__slug=slug).order_by("number"))


def state():
    return [list(model.objects.order_by("pk").values()) for model in (Story, Version, Placement, Image, GalleryItem)]


def test_command_loads_everything_and_says_so_then_changes_nothing_and_says_so():
    def said():
        out = StringIO()
        call_command("load_demo", stdout=out)
        return out.getvalue()

    stories = f"Loaded {len(EDITION)} demo stories in {STEPS + 1} Versions.\n"
    assert said() == f"{stories}Published 4 demo policies.\n"
    before = state()
    assert said() == f"All {len(EDITION)} demo stories are here already; nothing was changed.\n"
    assert state() == before
    assert Story.objects.count() == len(EDITION)


def test_topics_stand_in_the_order_of_the_edition_where_there_were_none():
    load("ozone-treaty")
    assert list(Topic.objects.order_by("position").values_list("slug", flat=True))[:2] == ["world", "science"]


def test_maps_and_charts_are_shown_whole():
    load(RICH)
    assert set(Image.objects.exclude(sha256="").values_list("may_be_cropped", flat=True)) == {False}


def test_stories_that_are_here_are_left_alone():
    load("hesk-wool")
    Story.objects.filter(slug="hesk-wool").update(headline="Edited since")
    again = load("hesk-wool", "ropewalk-archive")
    assert (again.stories, again.versions, again.known) == (1, 1, 1)
    assert Story.objects.get(slug="hesk-wool").headline == "Edited since"


def test_rich_story_has_six_versions_and_the_last_is_live():
    load(RICH)
    made = versions(RICH)
    assert [version.number for version in made] == [1, 2, 3, 4, 5, 6]
    assert [version.is_live(NOW) for version in made] == [False] * 5 + [True]
    assert made[-1].article_count == 24
    assert len(made[-1].document["gallery"]) == 3
    assert made[-1].live_from > NOW - timedelta(hours=3)


def test_sentences_keep_their_ids_from_version_to_version():
    load(RICH)
    first, *_, last = versions(RICH)
    kept = {sentence["id"] for sentence in first.document["sections"][1]["sentences"]}
    assert len(kept) == 4
    assert kept == {sentence["id"] for sentence in last.document["sections"][1]["sentences"]}


def test_sub_stories_stand_in_order_under_the_headline_of_their_day():
    load(RICH, "relief-ship", "brackhaven-agreement", "fishers-seat")
    parent = Story.objects.get(slug=RICH)
    slugs = list(parent.sub_stories.order_by("position").values_list("slug", flat=True))
    assert slugs == ["relief-ship", "brackhaven-agreement", "fishers-seat"]
    early = versions("brackhaven-agreement")[0].document["parent"]["headline"]
    assert early == versions(RICH)[0].headline != parent.headline


def test_scheduled_story_waits_and_then_goes_live_by_itself():
    load("maravel-price-index")
    (version,) = versions("maravel-price-index")
    assert not version.is_live(NOW)
    assert version.is_live(NOW + timedelta(days=2))


def test_withdrawn_story_is_not_live_and_says_why():
    load("ulder-cannery")
    (version,) = versions("ulder-cannery")
    assert version.withdrawn_at == NOW - timedelta(days=4, hours=20)
    assert "not genuine" in version.withdrawn_reason


def test_drafts_are_in_their_state_and_have_no_version():
    load("harbour-bell", "lake-ansel-regatta")
    for slug, state_of_review in (("harbour-bell", "in_review"), ("lake-ansel-regatta", "in_progress")):
        assert Story.objects.get(slug=slug).review_state == state_of_review
        assert not versions(slug)
    assert Image.objects.get(file="").gallery_items.get().story.slug == "lake-ansel-regatta"


def test_three_stories_are_placed_from_their_first_publication_on():
    load(RICH, "ansel-reservoir", "tarric-classrooms", "hesk-wool")
    placed = Placement.objects.live(NOW).order_by("rank").values_list("story__slug", flat=True)
    assert list(placed) == [RICH, "ansel-reservoir", "tarric-classrooms"]
    assert Placement.objects.live(NOW - timedelta(days=5)).get().story.slug == "ansel-reservoir"


def test_pictures_are_in_the_library_as_readers_get_them():
    load(RICH)
    version = versions(RICH)[-1]
    for entry in version.document["gallery"]:
        image = Image.objects.get(sha256=entry["sha256"])
        assert (image.file.name, image.width) == (entry["file"], 1600)
        assert image.alt_text == entry["alt_text"]


def test_story_of_the_newsrooms_own_in_the_way_refuses_the_whole_edition():
    Story.objects.create(headline="Wool", slug="hesk-wool")
    with pytest.raises(NotLoaded, match="hesk-wool"):
        load("ropewalk-archive", "hesk-wool")
    assert Story.objects.count() == 1


def test_storage_that_takes_no_picture_refuses_the_whole_edition(monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(storages["originals"], "save", full)
    with pytest.raises(NotLoaded, match="could not be kept"):
        load("orrin-strait-talks")
    assert not Story.objects.exists()
