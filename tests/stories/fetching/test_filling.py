from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from stories.fetching.details import Details
from stories.fetching.filling import fetch_into
from stories.fetching.page import Page
from stories.fetching.refusal import NotFetched
from stories.models import Article, AuditEntry, Fetch, Outlet
from tests.factories import NOON

pytestmark = pytest.mark.django_db
URL = "https://harbour.example/berth"
SAID = Details("A second berth opens", "Harbour Courier", ["Bo Berg"], date(2026, 3, 1), "en")
LATE = NotFetched("The page did not come within 15 seconds.", temporary=True)


@pytest.fixture(autouse=True)
def fetching_is_on(settings):
    settings.FETCH_ARTICLES = True
    cache.clear()


def waiting(**fields):
    article = Article.objects.create(**{"url": URL, **fields})
    Fetch.objects.create(article=article, at=NOON)
    return article


def fetched(article, said=SAID, *, at=NOON, url=None, meanwhile=None):
    """Fetches a page that says what is said, or raises it; `meanwhile` happens while the site is asked."""

    def fetch(asked):
        if meanwhile:
            meanwhile()
        if isinstance(said, Exception):
            raise said
        return Page(url or asked, b"", "")

    again = fetch_into(article.pk, at=at, fetch=fetch, read=lambda page: said)
    article.refresh_from_db()
    return again


def told(article):
    fetch = Fetch.objects.get(article=article)
    return fetch.state, fetch.sentence


def test_what_is_blank_is_filled_in():
    article = waiting()
    assert fetched(article) is None
    assert (article.title, article.outlet.name, article.authors) == (SAID.title, "Harbour Courier", ["Bo Berg"])
    assert (article.published, article.language, article.accessed_on) == (date(2026, 3, 1), "en", NOON.date())
    assert told(article) == ("done", "Filled in from the page: title, outlet, date, authors, language.")


def test_what_somebody_typed_is_never_overwritten():
    typed = {"title": "Typed", "authors": ["Somebody"], "published": date(2026, 1, 1), "language": "uk"}
    article = waiting(**typed, accessed_on=date(2026, 1, 2), outlet=Outlet.objects.create(name="Mine", slug="mine"))
    fetched(article)
    assert {name: getattr(article, name) for name in typed} == typed
    assert (article.outlet.name, article.accessed_on) == ("Mine", date(2026, 1, 2))
    assert told(article) == ("done", "The page says nothing that was missing.")
    assert not Outlet.objects.filter(name="Harbour Courier").exists()


def test_what_is_typed_while_the_site_is_asked_is_not_overwritten():
    article = waiting()
    fetched(article, meanwhile=lambda: Article.objects.filter(pk=article.pk).update(title="Typed meanwhile"))
    assert (article.title, article.published) == ("Typed meanwhile", date(2026, 3, 1))
    assert "title" not in Fetch.objects.get(article=article).filled


def test_what_was_filled_in_before_stays_known_with_the_latest_last():
    article = waiting()
    fetched(article, Details("A second berth opens", authors=["Bo Berg"]))
    Article.objects.update(title="")
    Fetch.objects.update(state="queued")
    fetched(article, Details("A second berth opens", published=date(2026, 3, 1)))
    assert Fetch.objects.get().filled == ["authors", "accessed_on", "title", "published"]


def test_what_the_page_does_not_say_is_named():
    article = waiting()
    fetched(article, Details("A second berth opens"))
    assert told(article) == ("done", "Filled in from the page: title. Still missing: outlet, date.")


def test_an_article_that_got_another_address_meanwhile_is_asked_for_again():
    article = waiting()
    other = "https://harbour.example/other"
    again = fetched(article, meanwhile=lambda: Article.objects.filter(pk=article.pk).update(url=other))
    assert again == NOON
    assert article.title == ""
    assert told(article)[0] == "queued"


@pytest.mark.parametrize("temporary", [False, True])
def test_what_the_old_address_answered_does_not_end_the_wait_for_the_new_one(temporary):
    article = waiting()
    Fetch.objects.update(tries=3, sentence="The site did not answer.")
    other = "https://harbour.example/other"
    gone = NotFetched("The site answered with status 404.", temporary=temporary)
    again = fetched(article, gone, meanwhile=lambda: Article.objects.filter(pk=article.pk).update(url=other))
    assert (again, told(article), Fetch.objects.get().tries) == (NOON, ("queued", ""), 0)
    assert not AuditEntry.objects.exists()
    assert fetched(article) is None
    assert article.title == SAID.title


def test_an_article_that_was_deleted_meanwhile_is_no_fault():
    article = waiting()
    Article.objects.filter(pk=article.pk).delete()
    assert fetch_into(article.pk, fetch=lambda url: pytest.fail("asked")) is None
    article = waiting()
    gone = article.pk

    def fetch(url):
        Article.objects.filter(pk=gone).delete()
        return Page(url, b"", "")

    assert fetch_into(gone, at=NOON, fetch=fetch, read=lambda page: SAID) is None


def test_a_known_outlet_is_found_in_other_capitals():
    known = Outlet.objects.create(name="HARBOUR Courier", slug="hc")
    article = waiting()
    fetched(article)
    assert article.outlet == known


@pytest.mark.parametrize("homepage", ["https://harbour.example/", "http://www.harbour.example/news"])
def test_the_outlet_at_home_on_the_site_comes_before_the_name_that_the_page_gives(homepage):
    known = Outlet.objects.create(name="The Courier of the Harbour", slug="tc", homepage=homepage)
    Outlet.objects.create(name="Other", slug="o", homepage="https://notharbour.example/")
    article = waiting()
    fetched(article)
    assert article.outlet == known
    assert Outlet.objects.count() == 2


def test_of_two_outlets_at_home_on_one_site_none_is_guessed():
    for number in (1, 2):
        Outlet.objects.create(name=f"Blog {number}", slug=f"b{number}", homepage=f"https://harbour.example/{number}")
    article = waiting()
    fetched(article)
    assert article.outlet.name == "Harbour Courier"


def test_a_refusal_ends_it_with_its_sentence_and_an_act_in_the_audit_trail():
    article = waiting()
    assert fetched(article, NotFetched("The address leads elsewhere.")) is None
    assert told(article) == ("failed", "The address leads elsewhere.")
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.sentence, entry.by) == ("fetch article", "Not fetched. The address leads elsewhere.", None)
    assert article.accessed_on is None


def test_a_fault_of_our_own_ends_it_too_and_is_in_the_log(caplog):
    article = waiting()
    assert fetched(article, ZeroDivisionError("by the harbour")) is None
    assert told(article)[0] == "failed"
    assert told(article)[1].startswith("Newsdesk failed at this page")
    assert AuditEntry.objects.get().sentence.startswith("Not fetched. Newsdesk failed at this page")
    assert "ZeroDivisionError: by the harbour" in caplog.text
    fetched(other := waiting(url="https://harbour.example/other"))
    assert other.title == SAID.title


def test_what_the_database_refuses_ends_it_and_leaves_nothing_half_filled(caplog):
    article = waiting()
    assert fetched(article, replace(SAID, published="no day")) is None
    assert (told(article)[0], article.title, article.outlet) == ("failed", "", None)
    assert not Outlet.objects.exists()
    assert "Traceback" in caplog.text


def test_success_is_in_the_audit_trail():
    article = waiting()
    fetched(article)
    entry = AuditEntry.objects.get()
    assert entry.act == "fetch article"
    assert entry.sentence.startswith("Filled in from the page")
    assert entry.about == "article A second berth opens"


def test_what_may_pass_is_tried_three_times_more_and_then_given_up():
    article, at, waits = waiting(), NOON, []
    while again := fetched(article, LATE, at=at):
        assert told(article) == ("queued", "The page did not come within 15 seconds. It is tried again later.")
        waits.append(again - at)
        at = again
    assert waits == [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]
    assert told(article) == ("failed", str(LATE))
    assert fetched(article, at=at) is None
    assert article.title == ""


def test_what_comes_before_its_time_asks_nobody():
    article = waiting()
    early = NOON - timedelta(seconds=1)
    assert fetch_into(article.pk, at=early, fetch=lambda url: pytest.fail("asked")) is None


def test_a_host_is_asked_for_one_page_at_a_time():
    article, other = waiting(), waiting(url="https://harbour.example/other")
    outcome = []
    fetched(article, meanwhile=lambda: outcome.append(fetched(other)))
    assert outcome == [NOON + timedelta(seconds=5)]
    assert told(other) == ("queued", "")
    assert Fetch.objects.get(article=other).tries == 0
    assert fetched(other, at=outcome[0]) is None
    assert other.title == SAID.title


def test_a_failure_lets_go_of_its_host():
    fetched(waiting(), LATE)
    other = waiting(url="https://harbour.example/other")
    fetched(other)
    assert other.title == SAID.title


def test_nothing_is_asked_once_fetching_is_turned_off(settings):
    settings.FETCH_ARTICLES = False
    article = waiting()
    assert fetch_into(article.pk, at=NOON, fetch=lambda url: pytest.fail("asked")) is None
    assert told(article) == ("failed", "Fetching was turned off before it came to this page.")


def test_a_front_page_is_not_the_report():
    article = waiting()
    fetched(article, url="https://harbour.example/")
    assert told(article)[1].startswith("The site shows its front page instead of the report")
    article = waiting(url="https://harbour.example/gone")
    fetched(article, Details("The harbour's news", canonical="https://harbour.example/"))
    assert (article.title, told(article)[0]) == ("", "failed")


def test_a_front_page_that_was_cited_is_read():
    article = waiting(url="https://harbour.example/")
    fetched(article)
    assert article.title == SAID.title
