"""A Version as one file: complete in itself, under the rules of the page of that Version."""

import base64
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from lxml import html

from stories import one_file, publishing
from stories.draft import read_draft, write_draft
from stories.images.library import add_picture
from stories.models import Image
from tests import factories
from tests.browser.accessibility import violations
from tests.stories.images.pictures import as_file, four_corners
from tests.stories.views.reading import by_class, page, part, words

pytestmark = pytest.mark.django_db
ADDRESS = "/stories/ferry/versions/1/story.html"
HERE = "http://testserver/stories/ferry/versions/1/"
RESOURCES = "//@src | //@srcset | //@poster | //@action | //@style | //link[not(@rel='canonical')] | //script | //base"


def ago(hours):
    return timezone.now() - timedelta(hours=hours)


def entry(image, **fields):
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    return {**file, "alt_text": "Four corners", "caption": "The corners", "credit_line": "Skell Courier", **fields}


@pytest.fixture
def image():
    return add_picture(as_file(four_corners(900, 600)), credit_line="Skell Courier")


@pytest.fixture
def story(image):
    told = {"gallery": [entry(image)], "standfirst": "A berth [1].", "resources": [{"url": "https://port.example/map"}]}
    return factories.live(ago(3), slug="ferry", headline="Ferry sails", **told)


def test_it_is_a_download_under_a_name_that_says_what_it_is(client, story):
    response = client.get(ADDRESS)
    assert response.headers["Content-Disposition"] == 'attachment; filename="ferry-version-1.html"'
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_it_needs_nothing_that_is_not_in_it(client, story):
    factories.live(ago(2), headline="Below", parent={"uid": story.uid, "slug": story.slug, "headline": story.headline})
    tree = page(client, ADDRESS)
    assert [found[:23] for found in tree.xpath(RESOURCES)] == ["data:image/jpeg;base64,"]
    assert set(re.findall(r'url\("?([^;)]*)', tree.xpath("//style")[0].text)) == {"data:font/woff2"}
    assert "@import" not in tree.xpath("//style")[0].text
    ids = set(tree.xpath("//@id"))
    for address in tree.xpath("//@href"):
        assert address.startswith(("http://", "https://")) or address[1:] in ids, address


def test_its_policy_allows_its_own_style_and_pictures_only(client, story):
    response = client.get(ADDRESS)
    tree = html.fromstring(response.content.decode())
    (within,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert response.headers["Content-Security-Policy"] == f"{within}; frame-ancestors 'none'"
    style = re.search("<style>(.*)</style>", response.content.decode(), re.DOTALL)
    assert within == one_file.policy_for(style[1])
    assert re.sub(r"sha256-[\w+/=]+", "x", within) == (
        "default-src 'none'; style-src 'x'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def test_it_holds_the_story_with_its_references_and_their_addresses(client, story):
    tree = page(client, ADDRESS)
    assert words(tree.xpath("//h1")[0]) == "Ferry sails"
    assert words(part(tree, "s1.1")) == "The line opened a second berth [1]."
    address = story.versions.get().document["sources"][0]["url"]
    first = words(part(tree, "source-1"))
    assert first.startswith(f"A second berth opens Harbour Courier Mar 1 2026 {address} Cited 3 times at 1 2 3")
    assert "The second berth opens" in words(part(tree, "t1"))
    assert "https://port.example/map" in words(by_class(tree, "resources")[0])
    (shown,) = tree.xpath("//img")
    assert (shown.get("alt"), shown.get("width"), shown.get("height")) == ("Four corners", "900", "600")
    assert base64.b64decode(shown.get("src").partition(",")[2])[:3] == b"\xff\xd8\xff"


def test_it_says_where_it_is_from_and_how_to_check_it(client, story):
    said = words(by_class(page(client, ADDRESS), "about-file")[0])
    assert f"Permanent address of this version {HERE}" in said
    assert f"Checksum {factories.version(story).checksum}" in said
    assert f"{HERE}document.json http://testserver/stories/ferry/versions/checksums.json" in said
    top = words(by_class(page(client, ADDRESS), "edition")[0])
    assert f"from {HERE}. What came later is not in this file." in top


def test_articles_without_a_citation_and_sub_stories_stand_in_it(client, story):
    factories.live(ago(2), slug="below", headline="Below", parent={"uid": story.uid, "slug": "ferry", "headline": "x"})
    sources = [*story.versions.get().document["sources"], {"number": 7, "title": "Unread", "url": "https://a.example/"}]
    told = type(read_draft(story)).model_validate({**story.versions.get().document, "sources": sources})
    write_draft(story, told)
    publishing.publish(story, by=None, at=ago(1))
    tree = page(client, ADDRESS.replace("1", "2"))
    assert words(by_class(tree, "articles")[0]).endswith("Unread https://a.example/")
    assert by_class(tree, "deeper")[0].xpath(".//a/@href") == ["http://testserver/stories/below/"]


def test_in_another_language_its_links_stay_and_its_permanent_addresses_have_no_prefix(client, story):
    tree = page(client, f"/ar{ADDRESS}")
    assert tree.xpath("/html/@lang | /html/@dir") == ["ar", "rtl"]
    assert tree.xpath("//article/@dir") == ["ltr"]
    assert tree.xpath("//link[@rel='canonical']/@href") == [HERE]
    assert "http://testserver/ar/topics/world/" in tree.xpath("//a/@href")


def test_the_live_version_has_its_notices_and_an_old_one_what_was_told_later(client, story):
    factories.edit(story, headline="Mended")
    said = {"kind": "correction", "text": "It was one berth.", "passage": "s1.1"}
    publishing.issue_notice(factories.version(story, 1), by=None, at=ago(1), **said)
    old, live = page(client, ADDRESS), page(client, ADDRESS.replace("1", "2"))
    assert "It was one berth." in words(by_class(old, "notices")[0])
    assert by_class(old, "notices")[0].get("aria-label") == "Later notices about this version"
    assert by_class(live, "notices")[0].get("aria-label") == "Notices about this story"
    assert f"{HERE}#s1.1" in by_class(live, "notices")[0].xpath(".//a/@href")
    assert (old.xpath("//body/@class"), live.xpath("//body/@class")) == (["aged"], [])


def test_a_withdrawn_story_is_kept_under_the_notice(client, story):
    publishing.withdraw(story, by=None, reason="It did not sail.")
    tree = page(client, ADDRESS)
    assert "It did not sail." in words(by_class(tree, "withdrawal")[0])
    assert "The story as it stands" not in words(by_class(tree, "about-file")[0])


def test_a_version_whose_words_are_gone_leads_to_what_says_why(client, story):
    publishing.publish(factories.edit(story, headline="Other"), by=None, at=ago(1))
    publishing.redact(factories.version(story, 1), by=None, reason="A court ordered it.")
    assert client.get(ADDRESS).headers["Location"] == "/stories/ferry/versions/1/"


def test_no_file_of_a_version_that_no_reader_has_seen(client, story):
    publishing.schedule(factories.edit(story, headline="Later"), by=None, live_from=ago(-1))
    assert client.get(ADDRESS.replace("1", "2")).status_code == 404


def test_an_address_that_the_story_had_leads_on(client, story):
    publishing.rename(story, by=None, slug="crossing")
    response = client.get(ADDRESS)
    assert (response.status_code, response.headers["Location"]) == (301, "/stories/crossing/versions/1/story.html")


def test_a_withheld_picture_is_not_in_it_and_it_says_why(client, story, image):
    Image.objects.update(rights_until=ago(1))
    tree = page(client, ADDRESS)
    assert "The rights to show this picture ended" in words(by_class(tree, "withheld")[0])
    assert not tree.xpath("//img")


def test_a_picture_that_is_missing_or_has_no_room_is_told_of(client, story, image, monkeypatch):
    monkeypatch.setattr(one_file, "PICTURES_AT_MOST", 100)
    crowded = client.get(ADDRESS).content
    monkeypatch.undo()
    default_storage.delete(image.file.name)
    for content in (crowded, client.get(ADDRESS).content):
        tree = html.fromstring(content.decode())
        assert words(by_class(tree, "withheld")[0]).startswith("This picture is not in the file.")
        assert "Four corners" in words(tree)
        assert not tree.xpath("//img")


def test_the_story_and_its_versions_lead_to_it(client, story):
    for address, prefix in (("/stories/ferry/", ""), ("/stories/ferry/versions/1/", ""), ("/es/stories/ferry/", "/es")):
        assert prefix + ADDRESS in page(client, address).xpath("//a/@href")


def test_more_pictures_sources_and_versions_cost_no_more_queries(client, story, queries_do_not_grow):
    def grow():
        now = read_draft(story)
        new = add_picture(as_file(four_corners(32 + len(now.gallery), 24)), credit_line="Skell Courier")
        told = now.model_dump() | {"gallery": [*now.model_dump()["gallery"], entry(new)]}
        write_draft(story, type(now).model_validate(told))
        publishing.publish(story, by=None)

    queries_do_not_grow(lambda: client.get(f"/stories/ferry/versions/{story.versions.count()}/story.html"), grow=grow)


def test_opened_from_disk_it_asks_nobody_and_fits_a_narrow_screen(client, page, story, tmp_path):
    kept = tmp_path / "ferry.html"
    kept.write_bytes(client.get(ADDRESS).content)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(kept.as_uri())
    assert [address for address in asked if not address.startswith("data:")] == [kept.as_uri()]
    assert page.evaluate("document.querySelector('img').naturalWidth") == 900
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []
    assert page.evaluate("[...document.fonts].filter((face) => face.status == 'loaded').length") >= 2
