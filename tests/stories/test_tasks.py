from functools import partial

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from stories import tasks
from stories.fetching.apart import read_apart
from stories.fetching.asking import request_details
from stories.fetching.filling import fetch_into
from stories.fetching.page import Page
from stories.fetching.refusal import NotFetched
from stories.images.library import add_picture
from stories.images.queueing import ask_for_renditions
from stories.models import Article, Fetch, PictureFile
from tests.stories.fetching.hostile import PAGE
from tests.stories.images.pictures import as_file


@pytest.fixture(autouse=True)
def fetching_is_on(settings):
    settings.FETCH_ARTICLES = True
    cache.clear()


@pytest.fixture
def site(monkeypatch):
    """What the one site of these tests answers."""
    answers = []

    def fetch(url):
        assert not connection.in_atomic_block, "Nobody waits for a site while holding rows."
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Page(url, answer, "utf-8")

    monkeypatch.setattr(tasks, "fetch_into", partial(fetch_into, fetch=fetch, read=read_apart))
    return answers


def work():
    call_command("db_worker", queue_name="*", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_worker_fills_in_what_was_asked_for(site):
    site.append(PAGE)
    article = Article.objects.create(url="https://harbour.example/berth")
    request_details([article])
    work()
    article.refresh_from_db()
    assert article.title == "A second berth opens"
    assert Fetch.objects.get().state == "done"
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_the_worker_queues_another_try_for_later(site):
    site.append(NotFetched("The site did not answer.", temporary=True))
    article = Article.objects.create(url="https://harbour.example/berth")
    request_details([article])
    work()
    first, second = DBTaskResult.objects.order_by("run_after")
    assert (first.status, second.status) == ("SUCCESSFUL", "READY")
    assert second.run_after == Fetch.objects.get().at
    assert second.run_after > first.run_after


@pytest.mark.django_db(transaction=True)
def test_the_worker_renders_what_was_uploaded():
    add_picture(as_file())
    work()
    assert len(PictureFile.objects.get().renditions) == 15
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_saved_unchanged_asks_for_nothing():
    image = add_picture(as_file())
    work()
    ask_for_renditions(image)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_rendering_is_tried_again_when_the_storage_fails(monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(tasks, "render_file", fail)
    add_picture(as_file())
    work()
    first, again = DBTaskResult.objects.order_by("enqueued_at")
    assert (first.status, again.status) == ("SUCCESSFUL", "READY")
    assert again.args_kwargs["args"][1] == 1
    assert again.run_after > first.enqueued_at


@pytest.mark.django_db
def test_rendering_is_given_up_in_the_end(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(tasks, "render_file", fail)
    tasks.render_picture.call("f" * 64, len(tasks.AGAIN_AFTER))
    assert not DBTaskResult.objects.exists()
    assert "Could not render picture file" in caplog.text
