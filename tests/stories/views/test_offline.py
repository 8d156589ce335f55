"""What a browser is given to read offline. What it does with it is in tests/browser/test_offline.py."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from stories.models import PreviewLink
from tests import factories
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db
SCRIPTS = settings.BASE_DIR / "static" / "js"


def small(text: bytes) -> int:
    return len(gzip.compress(text))


def test_a_release_of_files_makes_another_worker(client, monkeypatch):
    before = client.get("/service-worker.js")
    assert before.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert before.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in before.headers["Content-Security-Policy"]
    monkeypatch.setattr(staticfiles_storage, "manifest_hash", 'a1"</script>', raising=False)
    after = client.get("/service-worker.js").content.decode()
    assert 'const RELEASE = "a1\\u0022\\u003C/script\\u003E";' in after
    assert 'const OFFLINE = "/ar/offline/ /es/offline/ /uk/offline/ /offline/".split(" ");' in after


def test_readers_pages_bring_the_worker_and_a_preview_does_not(client):
    story = factories.live(slug="ferry")
    link = PreviewLink.objects.create(
        story=story, key="x" * 32, made_at=factories.NOON, expires_at=factories.NOON.replace(year=2100)
    )
    for address in ("/", "/es/", "/stories/ferry/", "/stories/ferry/versions/1/", "/offline/"):
        assert len(page(client, address).xpath("//script[@data-worker='/service-worker.js']")) == 1, address
    assert not page(client, f"/preview/{link.key}/").xpath("//script[@data-worker]")


def test_the_page_says_what_it_is_without_scripts(client):
    tree = page(client, "/offline/")
    assert "Without scripts no copy is kept." in words(tree)
    assert "/offline/" in tree.xpath("//footer//a/@href")


def test_its_cost_does_not_grow(client, queries_do_not_grow):
    queries_do_not_grow(lambda: client.get("/offline/"), grow=factories.live)


def test_what_a_story_page_loads_of_scripts_stays_small(client):
    factories.live(slug="ferry")
    loaded = {address.rpartition("/")[2] for address in page(client, "/stories/ferry/").xpath("//script/@src")}
    imported = {
        name
        for script in loaded
        for name in re.findall(r'from "\./(\S+\.js)"', (SCRIPTS / script).read_text(encoding="utf-8"))
    }
    assert sum(small((SCRIPTS / name).read_bytes()) for name in loaded | imported) <= 12 * 1024
    assert small(client.get("/service-worker.js").content) <= 2 * 1024
