import socket
from datetime import date, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from stories.fetching import connection
from stories.fetching.asking import request_details
from stories.models import Article, Fetch, Outlet
from tests import factories
from tests.factories import NOON

BARE = [
    {"number": 1, "url": "https://harbour.example/berth"},
    {"number": 2, "url": "https://strait.example/freight", "title": "Freight first"},
    {"number": 3, "title": "Without address"},
]


@pytest.fixture
def fetching_is_on(settings):
    settings.FETCH_ARTICLES = True


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What `act` gives, with all that follows on its commit done."""

    def committed(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return committed


def queued():
    """The addresses that the worker will ask, in order."""
    pks = [task.args_kwargs["args"][0] for task in DBTaskResult.objects.order_by("run_after", "enqueued_at")]
    return [Article.objects.get(pk=pk).url for pk in pks]


@pytest.mark.django_db
def test_with_fetching_off_nothing_is_queued_and_no_socket_opened(committed, monkeypatch):
    for name in ("connect", "resolve"):
        monkeypatch.setattr(connection, name, lambda *asked: pytest.fail(f"asked {asked}"))
    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, lambda *asked, **more: pytest.fail(f"asked {asked}"))
    committed(factories.draft, sources=BARE)
    assert committed(request_details, Article.objects.all()) == []
    assert not DBTaskResult.objects.exists()
    assert not Fetch.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_new_articles_that_lack_something_are_asked_for_after_the_commit(committed):
    complete = {"number": 4, "url": "https://whole.example/", "title": "T", "outlet": "O", "published": "2026-03-01"}
    committed(factories.draft, sources=[*BARE, complete])
    assert queued() == ["https://harbour.example/berth", "https://strait.example/freight"]
    assert set(Fetch.objects.values_list("state", flat=True)) == {"queued"}


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_nothing_is_asked_before_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        factories.draft(sources=BARE)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_an_article_that_was_known_is_not_asked_for_again(committed):
    committed(factories.draft, sources=BARE)
    DBTaskResult.objects.all().delete()
    committed(factories.draft, sources=BARE)
    assert queued() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_an_article_that_waits_is_not_queued_twice(committed):
    article = Article.objects.create(url="https://harbour.example/berth")
    assert committed(request_details, [article], at=NOON) == [article]
    assert committed(request_details, [article], at=NOON + timedelta(minutes=14)) == []
    assert len(queued()) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_one_that_was_lost_is_queued_anew(committed):
    article = Article.objects.create(url="https://harbour.example/berth")
    committed(request_details, [article], at=NOON)
    assert committed(request_details, [article], at=NOON + timedelta(minutes=16)) == [article]
    assert Fetch.objects.get().at == NOON + timedelta(minutes=16)


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_one_that_failed_can_be_asked_for_again_from_the_beginning(committed):
    article = Article.objects.create(url="https://harbour.example/berth")
    Fetch.objects.create(article=article, state="failed", sentence="It broke off.", tries=4, filled=["language"])
    assert committed(request_details, [article]) == [article]
    fetch = Fetch.objects.get()
    assert (fetch.state, fetch.sentence, fetch.tries, fetch.filled) == ("queued", "", 0, ["language"])


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_requests_to_one_site_are_spaced(committed):
    urls = ["https://harbour.example/1", "https://strait.example/1", "https://harbour.example/2"]
    articles = [Article.objects.create(url=url) for url in urls]
    committed(request_details, articles, at=NOON)
    due = dict(Fetch.objects.values_list("article__url", "at"))
    assert [due[url] - NOON for url in urls] == [timedelta(), timedelta(), timedelta(seconds=5)]


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_what_lacks_nothing_or_has_no_address_is_not_asked_for(committed):
    outlet = Outlet.objects.create(name="Harbour Courier", slug="hc")
    whole = Article.objects.create(url="https://a.example/", title="T", outlet=outlet, published=date(2026, 3, 1))
    bare = Article.objects.create(title="T")
    assert committed(request_details, [whole, bare]) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("fetching_is_on")
def test_asking_for_many_takes_no_more_statements_than_for_few(django_assert_max_num_queries):
    def bare(count):
        return [Article.objects.create(url=f"https://site-{Article.objects.count()}.example/") for _ in range(count)]

    few, many = bare(2), bare(20)
    with django_assert_max_num_queries(10) as statements:
        request_details(few)
    with django_assert_max_num_queries(len(statements)):
        request_details(many)
