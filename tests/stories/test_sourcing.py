"""Sources find or make their Articles, and never rewrite those of another story."""

import pytest
from django.db import connection

from stories.document import SourceEntry
from stories.models import Article, Outlet
from stories.sourcing import write_sources
from tests import factories

pytestmark = pytest.mark.django_db
URL = "https://harbour.example/berth"
LOCK = 1 if connection.vendor == "postgresql" else 0  # holding what stories share takes a query there


def entry(number=1, **details):
    return SourceEntry(number=number, **details)


def bare():
    return factories.draft(sources=[], sections=[], timeline=[])


def articles_of(story):
    return {source.number: source.article for source in story.sources.select_related("article__outlet")}


def test_one_address_is_one_article_in_many_stories():
    first, second = bare(), bare()
    write_sources(first, [entry(url=URL, title="A berth")])
    write_sources(second, [entry(number=7, url="HTTPS://harbour.example/berth?utm_source=mail", title="A berth")])
    assert Article.objects.count() == 1
    assert articles_of(first)[1] == articles_of(second)[7]


def test_details_of_an_article_that_another_story_uses_are_kept_and_blanks_filled():
    first, second = bare(), bare()
    write_sources(first, [entry(url=URL, title="A berth", language="en")])
    write_sources(second, [entry(url=URL, title="Mistyped", outlet="Harbour Courier", language="en")])
    article = Article.objects.get()
    assert (article.title, article.outlet.name) == ("A berth", "Harbour Courier")


def test_details_of_an_article_of_this_story_alone_are_corrected():
    story = bare()
    write_sources(story, [entry(url=URL, title="A birth")])
    write_sources(story, [entry(url=URL, title="A berth")])
    assert Article.objects.get().title == "A berth"


def test_a_mistyped_address_is_mended_in_place_until_it_was_published():
    story = bare()
    write_sources(story, [entry(url="https://harbour.example/birth", title="A berth")])
    write_sources(story, [entry(url=URL, title="A berth")])
    assert Article.objects.get().url == URL


def test_an_article_that_a_version_cites_never_becomes_another_report():
    story = factories.live()
    old = articles_of(story)[1]
    write_sources(story, [entry(1, url="https://elsewhere.example/x", title="Another report"), entry(2)])
    old.refresh_from_db()
    assert old.url.endswith("/berth")
    assert articles_of(story)[1] != old


def test_a_report_without_an_address_that_a_version_cites_never_becomes_another_report():
    minutes = "Minutes of the harbour board"
    story = factories.live(sources=[{"number": 1, "title": minutes}, {"number": 2, "title": "Freight first"}])
    old = articles_of(story)[1]
    write_sources(story, [entry(1, title="Yearbook of the strait"), entry(2, title="Freight first")])
    old.refresh_from_db()
    assert old.title == minutes
    assert articles_of(story)[1] != old
    assert articles_of(story)[2].citations.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"url": URL, "title": "A berth"}, {"url": f"{URL}/2", "title": "A sound report"}),
        ({"url": URL}, {"url": f"{URL}/2"}),
        ({"title": "Minutes of the board"}, {"title": "Yearbook of the strait"}),
        ({"title": "Minutes of the board"}, {"url": URL, "title": "A sound report"}),
    ],
)
def test_the_report_that_replaces_a_fallen_one_begins_in_good_standing(old, new):
    story = bare()
    write_sources(story, [entry(**old)])
    fallen = articles_of(story)[1]
    Article.objects.update(status="retracted", status_note="Made up")
    write_sources(story, [entry(**new)])
    now = articles_of(story)[1]
    assert (now.pk != fallen.pk, now.status, now.status_note) == (True, "good", "")
    fallen.refresh_from_db()
    assert (fallen.status, fallen.url, fallen.title) == ("retracted", old.get("url", ""), old.get("title", ""))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"url": URL, "title": "A birth"}, {"url": URL, "title": "A berth"}),
        ({"url": f"{URL}h", "title": "A berth"}, {"url": URL, "title": "A berth"}),
        ({"title": "A berth"}, {"url": URL, "title": "A berth"}),
        ({"title": "A berth"}, {"title": "A berth", "outlet": "Harbour Courier"}),
        ({"url": URL}, {"url": URL, "title": "A berth"}),
    ],
)
def test_a_fallen_report_whose_details_are_mended_stays_fallen(old, new):
    story = bare()
    write_sources(story, [entry(**old)])
    Article.objects.update(status="retracted")
    write_sources(story, [entry(**new)])
    article = Article.objects.get()
    assert (article.status, article.url, article.title) == ("retracted", new.get("url", ""), "A berth")


def test_a_source_without_details_has_a_number_and_no_article():
    story = bare()
    write_sources(story, [entry(3)])
    assert articles_of(story) == {3: None}
    assert not Article.objects.exists()


def test_a_source_left_out_is_removed_and_its_article_stays():
    story = bare()
    write_sources(story, [entry(1, url=URL), entry(2)])
    write_sources(story, [entry(2)])
    assert list(articles_of(story)) == [2]
    assert Article.objects.filter(url=URL).exists()


def test_articles_without_an_address_are_found_again_by_what_they_say():
    first, second = bare(), bare()
    details = {"title": "Minutes of the harbour board", "outlet": "Harbour board", "published": "2026-03-01"}
    write_sources(first, [entry(**details)])
    write_sources(second, [entry(**details)])
    assert Article.objects.count() == 1
    write_sources(second, [entry(**{**details, "published": "2026-03-02"})])
    assert sorted(str(a.published) for a in Article.objects.all()) == ["2026-03-01", "2026-03-02"]


def test_two_numbers_may_stand_for_one_article():
    story = bare()
    write_sources(story, [entry(1, url=URL, title="A berth"), entry(2, url=URL, title="A berth")])
    assert articles_of(story)[1] == articles_of(story)[2]


def test_an_outlet_keeps_its_kind_once_another_story_uses_it():
    first, second = bare(), bare()
    write_sources(first, [entry(url=URL, outlet="Strait Wire", outlet_kind="wire")])
    write_sources(second, [entry(url=f"{URL}/2", outlet="Strait Wire", outlet_kind="news")])
    assert Outlet.objects.get().kind == "wire"


def test_two_new_sources_that_say_the_same_without_an_address_are_one_article():
    story = bare()
    write_sources(story, [entry(n, title="Minutes of the harbour board") for n in (1, 2)])
    assert Article.objects.count() == 1


def test_a_source_that_takes_back_its_words_does_not_take_those_of_its_twin():
    story = bare()
    write_sources(story, [entry(n, title="Minutes of the harbour board") for n in (1, 2)])
    write_sources(story, [entry(1, title="Minutes, mended"), entry(2, title="Minutes of the harbour board")])
    assert [a.title for a in articles_of(story).values()] == ["Minutes, mended", "Minutes of the harbour board"]


def test_an_article_of_the_library_that_no_story_uses_keeps_what_a_source_does_not_say():
    Article.objects.create(url=URL, title="A berth", language="en", status_note="Checked by telephone")
    story = bare()
    write_sources(story, [entry(url=URL, title="A second berth")])
    article = Article.objects.get()
    assert (article.title, article.language, article.status_note) == ("A second berth", "en", "Checked by telephone")


def test_outlets_whose_names_give_one_slug_get_two():
    story = bare()
    write_sources(story, [entry(1, title="a", outlet="Strait Wire"), entry(2, title="b", outlet="Strait: Wire!")])
    assert sorted(Outlet.objects.values_list("slug", flat=True)) == ["strait-wire", "strait-wire-2"]


def test_saving_the_same_sources_again_writes_nothing(django_assert_max_num_queries):
    story = factories.draft()
    entries = [
        entry(n, url=f"https://harbour.example/{n}", title=f"Report {n}", outlet="Courier") for n in range(1, 41)
    ]
    write_sources(story, entries)
    with django_assert_max_num_queries(7 + LOCK):
        write_sources(story, entries)


def test_the_cost_of_taking_sources_off_again_does_not_grow_with_them(django_assert_max_num_queries):
    story = factories.draft()
    write_sources(story, [entry(n, url=f"https://harbour.example/{n}", title=f"Report {n}") for n in range(1, 41)])
    with django_assert_max_num_queries(9 + LOCK):
        write_sources(story, [entry(n) for n in range(1, 41)])
