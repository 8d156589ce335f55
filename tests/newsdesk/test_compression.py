import gzip

import brotli
import pytest
from django.http import FileResponse, HttpResponse
from django.urls import path

WORDS = "<!doctype html><title>Page</title>" + "<p>Words that say the same again.</p>" * 40
KINDS = {
    "text/html; charset=utf-8": True,
    "application/json": True,
    "application/atom+xml; charset=utf-8": True,
    "image/svg+xml": True,
    "text/javascript": True,
    "image/jpeg": False,
    "font/woff2": False,
    "application/zip": False,
}


def streamed(request):
    return FileResponse([WORDS.encode()], content_type="text/plain", headers={"Content-Length": len(WORDS)})


urlpatterns = [
    path("kind/", lambda request: HttpResponse(WORDS, content_type=request.GET["is"])),
    path("short/", lambda request: HttpResponse("Yes.")),
    path("streamed/", streamed),
]
pytestmark = pytest.mark.urls(__name__)


READ = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


@pytest.mark.parametrize(("kind", "shrinks"), KINDS.items())
@pytest.mark.parametrize("way", ["gzip", "br"])
def test_text_is_sent_compressed_to_who_takes_it(client, kind, shrinks, way):
    packed = client.get("/kind/", {"is": kind}, headers={"Accept-Encoding": way})
    assert packed.get("Content-Encoding") == (way if shrinks else None)
    assert READ[packed.get("Content-Encoding")](packed.content) == WORDS.encode()
    assert int(packed["Content-Length"]) == len(packed.content)
    assert ("Accept-Encoding" in packed.get("Vary", "")) == shrinks


@pytest.mark.parametrize(
    ("taken", "way"),
    [("", None), ("identity", None), ("gzip, deflate, br, zstd", "br"), ("gzip, br;q=0", "gzip"), ("br; q=0.0", None)],
)
def test_the_way_is_one_that_the_browser_takes(client, taken, way):
    answer = client.get("/kind/", {"is": "text/html"}, headers={"Accept-Encoding": taken})
    assert READ[answer.get("Content-Encoding")](answer.content) == WORDS.encode()
    assert answer.get("Content-Encoding") == way
    assert answer["Vary"] == "Accept-Encoding"


def test_what_is_short_stays_as_it_is(client):
    answer = client.get("/short/", headers={"Accept-Encoding": "gzip, br"})
    assert (answer.get("Content-Encoding"), answer.content) == (None, b"Yes.")


def test_what_is_streamed_keeps_its_length(client):
    answer = client.get("/streamed/", headers={"Accept-Encoding": "gzip, br"})
    assert (answer.get("Content-Encoding"), answer["Content-Length"]) == (None, str(len(WORDS)))


def test_a_page_that_did_not_change_is_not_sent_again_compressed_or_not(client):
    for encodings in ("gzip", "br", ""):
        asked = {"Accept-Encoding": encodings}
        name = client.get("/kind/", {"is": "text/html"}, headers=asked)["ETag"]
        again = client.get("/kind/", {"is": "text/html"}, headers={**asked, "If-None-Match": name})
        assert (again.status_code, again.content) == (304, b"")


def test_what_renews_a_page_has_the_name_and_the_ways_that_the_page_had(client):
    asked = {"Accept-Encoding": "br"}
    page = client.get("/kind/", {"is": "text/html"}, headers=asked)
    again = client.get("/kind/", {"is": "text/html"}, headers={**asked, "If-None-Match": page["ETag"]})
    assert (again["ETag"], again["Vary"]) == (page["ETag"], page["Vary"])
