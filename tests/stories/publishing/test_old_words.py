"""A Version made of older words rests on the Articles that those words rested on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.draft import put_back, read_draft, write_draft
from stories.faulty_reports import needs_resourcing
from stories.models import Article, Source, Story
from stories.parts import Part
from stories.sourcing import articles_of
from tests.factories import NOON, live, version

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MINUTES = {"number": 1, "title": "Minutes of the harbour board", "outlet": "Harbour board"}
FREIGHT = {"number": 2, "title": "Freight first", "url": "https://strait.example/old-words"}
ADDRESS, MOVED = "https://harbour.example/old-words", "https://harbour.example/moved"


def change(story, **fields):
    story.refresh_from_db()
    return write_draft(story, read_draft(story).model_copy(update=fields))


def report(story):
    return story.sources.get(number=1).article


def replace(story, **details):
    """Another report under number 1, in the draft."""
    first, second = read_draft(story).sources
    blank = dict.fromkeys(("url", "title", "outlet", "outlet_kind"), "")
    change(story, sources=[first.model_copy(update={**blank, **details}), second])


def mend(article, **details):
    """What somebody changes on the article's own page."""
    Article.objects.filter(pk=article.pk).update(**details)


def mended(what):
    """A live story whose report 1 was mended in the library since Version 1, and that report."""
    first = MINUTES if what == "title" else {**MINUTES, "url": ADDRESS}
    story = live(sources=[first, FREIGHT])
    was = report(story)
    mend(was, **({"title": "Minutes, first sitting"} if what == "title" else {"url": MOVED}))
    return story, was


def replaced(what):
    """A live story whose report 1 has no address, another report in its place in Version 2, and the first report."""
    story = live(sources=[MINUTES, FREIGHT])
    was = report(story)
    replace(story, **({"title": "Yearbook of the strait"} if what == "title" else {"title": "A", "url": ADDRESS}))
    publishing.publish(story, by=None, at=NOON + HOUR)
    assert report(story) != was
    return story, was


def second(story):
    change(story, headline="Another headline")
    return publishing.publish(story, by=None, at=NOON + HOUR)


def rests_on(made, article):
    return set(made.citations.filter(number=1).values_list("article", flat=True)) == {article.pk}


@pytest.mark.parametrize("what", ["url", "title"])
def test_taking_back_keeps_the_report_that_was_mended_on_its_own_page(what):
    story, was = mended(what)
    second(story)
    assert rests_on(publishing.take_back(story, by=None, at=NOON + 2 * HOUR, reason="Wrong"), was)


@pytest.mark.parametrize("what", ["url", "title"])
def test_taking_back_brings_back_a_report_without_an_address(what):
    story, was = replaced(what)
    assert rests_on(publishing.take_back(story, by=None, at=NOON + 2 * HOUR, reason="Wrong"), was)
    mend(was, status="retracted")
    assert Story.objects.filter(needs_resourcing(timezone.now()), pk=story.pk).exists()


@pytest.mark.parametrize("what", ["url", "title"])
def test_a_source_that_is_held_back_rests_on_its_mended_report(what):
    story, was = mended(what)
    change(story, headline="Another headline")
    made = publishing.publish(story, by=None, at=NOON + HOUR, held_back={Part("source", "1")})
    assert rests_on(made, was)


def test_a_report_that_got_the_old_address_meanwhile_is_not_what_old_words_rest_on():
    story, was = mended("url")
    other = Article.objects.create(url=ADDRESS, title="A page of its own")
    change(story, headline="Another headline")
    made = publishing.publish(story, by=None, at=NOON + HOUR, held_back={Part("source", "1")})
    assert rests_on(made, was)
    assert not other.citations.exists()


@pytest.mark.parametrize("what", ["url", "title"])
def test_restoring_makes_no_second_article_of_a_mended_report(what):
    story, was = mended(what)
    second(story)
    publishing.publish(change(story, headline="A third one"), by=None, at=NOON + 2 * HOUR)
    known = Article.objects.count()
    made = publishing.restore(version(story), by=None, at=NOON + 3 * HOUR)
    assert made.document["sources"] == version(story).document["sources"]
    assert rests_on(made, was)
    assert (report(story), Article.objects.count()) == (was, known)
    was.refresh_from_db()
    assert (was.url, was.title) == ((MOVED, MINUTES["title"]) if what == "url" else ("", "Minutes, first sitting"))


@pytest.mark.parametrize("what", ["url", "title"])
def test_restoring_brings_back_a_report_without_an_address(what):
    story, was = replaced(what)
    known = Article.objects.count()
    assert rests_on(publishing.restore(version(story), by=None, at=NOON + 2 * HOUR), was)
    assert (report(story), Article.objects.count()) == (was, known)


def test_restoring_beside_an_unpublished_draft_rests_on_the_old_report_too():
    story, was = replaced("url")
    change(story, headline="Not published")
    assert rests_on(publishing.restore(version(story), by=None, at=NOON + 2 * HOUR), was)
    assert report(story) != was


def test_a_scheduled_version_that_is_brought_together_with_news_rests_on_its_mended_report():
    story = live(sources=[{**MINUTES, "url": ADDRESS}, FREIGHT])
    was = report(story)
    change(story, headline="Tomorrow")
    waiting = publishing.schedule(story, by=None, live_from=NOON + 9 * HOUR, at=NOON + HOUR)
    mend(was, url=MOVED)
    change(story, headline="Tomorrow", standfirst="News of today.")
    held = {Part("source", "1"), Part("head", "headline")}
    publishing.publish(story, by=None, at=NOON + 2 * HOUR, scheduled="merge", held_back=held)
    waiting.refresh_from_db()
    assert (waiting.headline, waiting.standfirst) == ("Tomorrow", "News of today.")
    assert waiting.document["sources"][0]["url"] == ADDRESS
    assert rests_on(waiting, was)


@pytest.mark.parametrize("what", ["url", "title"])
def test_putting_back_makes_no_second_article_of_a_mended_report(what):
    story, was = mended(what)
    old = type(read_draft(story)).model_validate(version(story).document)
    known = Article.objects.count()
    put_back(story, old, by=None, what="Version 1")
    assert (report(story), Article.objects.count()) == (was, known)


def test_putting_back_finds_a_report_without_an_address_that_the_draft_has_replaced():
    story = live(sources=[MINUTES, FREIGHT])
    was, old = report(story), read_draft(story)
    replace(story, title="Yearbook of the strait")
    mend(was, status="retracted")
    put_back(story, old, by=None, what="The snapshot")
    assert report(story) == was
    assert Source.objects.filter(article__status="retracted").count() == 1


def test_what_a_draft_says_is_published_without_looking_into_old_versions(django_assert_num_queries):
    story = live(sources=[MINUTES, {"number": 2, "outlet": "Strait Wire"}, {"number": 3}])
    sources, known = read_draft(story).sources, report(story).pk
    with django_assert_num_queries(1):
        assert articles_of(story, sources)[1] == known
