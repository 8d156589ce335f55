"""Where pictures and outlets are used: in drafts and in Versions."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.images.library import give_file
from stories.models import Article, Citation, Image, Outlet, VersionPicture
from stories.versions import write_citations
from stories.where_used import MOST_STORIES, uses_of_article, uses_of_image, uses_of_outlet, versions_showing
from tests.factories import NOON, document, draft, live, version
from tests.stories.images.pictures import as_file

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SHA256 = "a" * 64
PICTURE = {
    "file": f"pictures/{SHA256}.jpg", "sha256": SHA256, "width": 800, "height": 600,
    "alt_text": "A quay", "credit_line": "Harbour Courier", "caption": "The quay [2], by day",
}  # fmt: skip


def change(story, **fields):
    story.refresh_from_db()
    return write_draft(story, read_draft(story).model_copy(update=fields))


def told(uses):
    return [(use.in_draft, [(mark.number, mark.state) for mark in use.versions]) for use in uses.shown]


def test_a_picture_is_found_in_drafts_and_in_every_version_that_shows_it():
    story = live(at=NOON, gallery=[PICTURE])
    change(story, headline="Another")
    publishing.publish(story, by=None, at=NOON + HOUR)
    change(story, gallery=[])
    publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    other = draft(gallery=[PICTURE])
    uses = uses_of_image(Image.objects.get())
    assert [use.story for use in uses.shown] == [other, story]
    assert told(uses) == [("in the gallery", []), ("", [(2, "past"), (1, "past")])]


def test_a_picture_of_a_scheduled_version_is_known_and_gone_with_it():
    story = live(at=NOON)
    change(story, gallery=[document(gallery=[PICTURE]).gallery[0]])
    publishing.schedule(story, by=None, live_from=timezone.now() + HOUR)
    assert told(uses_of_image(Image.objects.get())) == [("in the gallery", [(2, "scheduled")])]
    publishing.call_off(story, by=None)
    assert told(uses_of_image(Image.objects.get())) == [("in the gallery", [])]


def test_a_picture_past_its_rights_leaves_the_scheduled_version_that_is_moved():
    story = live(at=NOON, sections=[], timeline=[])
    change(story, gallery=[document(gallery=[PICTURE]).gallery[0]])
    now = timezone.now()
    publishing.schedule(story, by=None, live_from=now + HOUR)
    assert Citation.objects.filter(passage="picture-1").exists()
    Image.objects.update(rights_until=now + 2 * HOUR)
    publishing.reschedule(story, by=None, live_from=now + 3 * HOUR)
    assert not VersionPicture.objects.exists()
    assert not Citation.objects.filter(passage="picture-1").exists()


def test_a_version_with_its_words_removed_shows_no_picture():
    story = live(at=NOON, gallery=[PICTURE])
    change(story, headline="Another", gallery=[])
    publishing.publish(story, by=None, at=NOON + HOUR)
    image = Image.objects.get()
    assert list(versions_showing(image)) == [version(story)]
    publishing.redact(version(story), by=None, reason="Asked for")
    assert not versions_showing(image)


def test_a_version_that_shows_an_earlier_file_of_the_picture_is_found():
    story = live(at=NOON, gallery=[PICTURE])
    image = give_file(Image.objects.get(), as_file())
    assert image.sha256 != SHA256
    image.refresh_from_db()
    assert list(versions_showing(image)) == [version(story)]


def test_the_number_of_a_caption_cites_only_where_it_is_a_source():
    live_version = version(live(at=NOON, gallery=[PICTURE], standfirst="Winter is near [1]."))
    live_version.document["gallery"][0]["caption"] = "The quay [2], by day [7]"  # as before that was refused
    write_citations(live_version, {1: None, 2: None})
    rows = live_version.citations.exclude(passage__contains=".")
    assert [(row.passage, row.number) for row in rows] == [("standfirst", 1), ("picture-1", 2)]


def test_versions_from_before_are_read_by_the_migration():
    story = live(at=NOON, gallery=[PICTURE], standfirst="Winter is near [1].")
    known = list(Citation.objects.values_list("version", "passage", "number", "article"))
    VersionPicture.objects.all().delete()
    migration = import_module("stories.migrations.0008_impact_and_evidence")
    migration.forget_captions(apps, None)
    assert Citation.objects.count() == len(known) - 2
    migration.read_versions(apps, None)
    assert sorted(Citation.objects.values_list("version", "passage", "number", "article")) == sorted(known)
    assert list(version(story).pictures.values_list("sha256", flat=True)) == [SHA256]


@pytest.mark.parametrize("title", ["Minutes of the harbour board", ""])
def test_the_migration_finds_a_report_without_an_address_that_only_a_caption_cites(title):
    minutes = {"number": 3, "title": title, "outlet": "Harbour board"}
    sources = [{"number": number, "url": f"https://wire.example/{number}", "title": "A"} for number in (1, 2)]
    story = live(at=NOON, standfirst="Winter is near, the board says [3].", sources=[*sources, minutes])
    article = story.sources.get(number=3).article
    migration = import_module("stories.migrations.0008_impact_and_evidence")
    migration.forget_captions(apps, None)
    migration.read_versions(apps, None)
    assert Citation.objects.get(number=3).article == article
    migration.forget_captions(apps, None)
    Article.objects.filter(pk=article.pk).update(title="Yearbook of the strait")
    migration.read_versions(apps, None)
    assert Citation.objects.get(number=3).article is None


def test_an_outlet_says_how_many_passages_rest_on_its_articles():
    story = live(at=NOON)
    change(story, timeline=[])
    uses = uses_of_outlet(Outlet.objects.get(name="Harbour Courier"))
    [use] = uses.shown
    assert (use.in_draft, use.draft_count, use.live_count) == ("[1]", 1, 2)
    assert [mark.number for mark in use.current] == [1]
    assert not uses_of_outlet(Outlet.objects.create(name="Nobody", slug="nobody")).shown


def test_a_passage_that_cites_two_reports_of_an_outlet_is_one_passage():
    sources = [{"number": n, "url": f"https://wire.example/{n}", "title": "A", "outlet": "Wire"} for n in (1, 2)]
    live(at=NOON, sections=[{"id": "s1", "body": "<p>Both say so [1, 2].</p>"}], sources=sources, timeline=[])
    [use] = uses_of_outlet(Outlet.objects.get()).shown
    assert (use.in_draft, use.draft_count, use.live_count) == ("[1], [2]", 1, 1)


def test_an_article_says_under_which_numbers_drafts_have_it_and_which_versions_cite_it():
    story = live(at=NOON)
    article = story.sources.get(number=2).article
    change(story, sections=[], sources=read_draft(story).sources[:1])
    publishing.publish(story, by=None, at=NOON + HOUR)
    assert told(uses_of_article(article)) == [("", [(1, "past")])]
    assert told(uses_of_article(story.sources.get().article)) == [("[1]", [(2, "live"), (1, "past")])]


def test_a_picture_that_is_used_everywhere_shows_the_first_stories_and_their_number():
    for _ in range(MOST_STORIES + 2):
        draft(gallery=[PICTURE], sources=[], sections=[], timeline=[])
    uses = uses_of_image(Image.objects.get())
    assert (len(uses.shown), uses.more) == (MOST_STORIES, 2)


@pytest.mark.parametrize("kind", ["image", "article", "outlet"])
def test_what_it_costs_does_not_grow(kind, queries_do_not_grow):
    source = {"number": 1, "url": "https://wire.example/1", "title": "One", "outlet": "Wire"}
    event = [{"id": "t1", "date": "2026-03-01", "text": "It opens [1]."}]

    def grow():
        plain = {**PICTURE, "caption": ""}
        live(at=NOON, gallery=[plain], sources=[source], sections=[], timeline=event)

    def act():
        story = Outlet.objects.get(), Image.objects.get()
        if kind == "image":
            return uses_of_image(story[1])
        return uses_of_outlet(story[0]) if kind == "outlet" else uses_of_article(story[0].articles.get())

    queries_do_not_grow(act, grow=grow)
