import re

import pytest
from django.urls import reverse
from django.utils import translation

from stories import publishing
from tests import factories
from tests.newsroom import member

pytestmark = pytest.mark.django_db


def links(page, rel):
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="(\w+)")? href="([^"]+)"', page.content.decode())
    return dict(found)


@pytest.mark.parametrize(
    ("address", "dress"),
    [
        ("/how-to-read/", 'lang="en" dir="ltr"'),
        ("/es/how-to-read/", 'lang="es" dir="ltr"'),
        ("/ar/how-to-read/", 'lang="ar" dir="rtl"'),
        ("/uk/how-to-read/", 'lang="uk" dir="ltr"'),
    ],
)
def test_address_alone_says_the_language(client, address, dress):
    client.cookies["django_language"] = "uk"
    page = client.get(address, headers={"accept-language": "uk"})
    assert f"<html {dress}>" in page.content.decode()
    assert page.headers["Content-Language"] == dress[6:8]
    assert page.headers["Vary"] == "Accept-Encoding"  # and neither on cookies nor on the browser's language


def test_site_has_a_language_of_its_own(client, site_speaks):
    site_speaks("es")
    assert '<html lang="es" dir="ltr">' in client.get("/how-to-read/").content.decode()
    assert '<html lang="en" dir="ltr">' in client.get("/en/how-to-read/").content.decode()


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("/en/how-to-read/?a=b", "/how-to-read/?a=b"),
        ("/en", "/"),
        ("/en//evil.example/", "/%2Fevil.example/"),
        ("/en/a%0D%0Ab%3Fc/", "/a%0D%0Ab%3Fc/"),
        ("/es", "/es/"),
    ],
)
def test_prefix_that_says_too_much_or_too_little_leads_on(client, address, elsewhere):
    assert client.get(address).headers["Location"] == elsewhere


@pytest.mark.parametrize("address", ["/es/admin/", "/es/feeds/headlines.rss", "/de/how-to-read/", "/ES/how-to-read/"])
def test_prefix_is_for_pages_and_for_known_languages(client, address):
    assert client.get(address).status_code == 404


def test_page_leads_to_itself_in_each_language(client):
    page = client.get("/uk/outlets/?page=1")
    site = "http://testserver"
    alternates = links(page, "alternate")
    del alternates[""]  # a feed
    assert alternates == {
        "en": f"{site}/outlets/?page=1",
        **{code: f"{site}/{code}/outlets/?page=1" for code in ("es", "ar", "uk")},
    }
    assert '<a href="/ar/outlets/?page=1" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in page.content.decode()


@pytest.mark.parametrize("address", ["/nowhere/", "/stories/nowhere/"])
def test_error_is_offered_in_no_other_language(client, address):
    assert "hreflang" not in client.get(address).content.decode()


def test_permanent_addresses_are_those_of_no_language(client):
    story = factories.live(slug="harbour")
    page = client.get("/uk/stories/harbour/")
    words = page.content.decode()
    site = "http://testserver/stories/harbour/"
    assert links(page, "canonical") == {"": site}
    assert f'data-permanent="{site}versions/1/"' in words
    assert f'<meta property="og:url" content="{site}">' in words
    assert f'"url": "{site}"' in words
    assert page.headers["Link"].startswith(f'<{site}>; rel="original timegate", <{site}versions/timemap/>')
    memento = client.get("/uk/stories/harbour/versions/1/")
    assert f"<{site}versions/1/>" in memento.headers["Link"]
    assert "/uk/" not in memento.headers["Link"]
    assert f"{site}versions/1/#s1.1" in client.get("/uk/stories/harbour/versions/1/passages/").content.decode()
    assert story.get_absolute_url() == "/stories/harbour/"


def test_who_reads_in_a_language_goes_on_in_it(client):
    story = factories.live(slug="harbour")
    publishing.rename(story, by=None, slug="port")
    assert client.get("/ar/stories/harbour/").headers["Location"] == "/ar/stories/port/"
    then = client.get("/ar/stories/port/", headers={"accept-datetime": "Mon, 02 Mar 2026 13:00:00 GMT"})
    assert then.headers["Location"] == "/ar/stories/port/versions/1/"
    assert 'href="/ar/stories/port/"' in client.get("/ar/").content.decode()
    assert 'href="/stories/port/"' in client.get("/").content.decode()


def test_desk_is_spoken_to_in_english_and_links_to_permanent_addresses(client, site_speaks):
    site_speaks("es")
    client.force_login(member("Chief"))
    desk = client.get("/admin/stories/story/")
    assert '<html lang="en-us" dir="ltr">' in " ".join(desk.content.decode().split())
    with translation.override("en-us"):
        assert reverse("how_to_read") == "/how-to-read/"
