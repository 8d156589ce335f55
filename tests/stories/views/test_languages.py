"""What readers are told in their language, beside a story in another."""

import pytest
from django.apps import apps
from django.utils import translation

from stories import publishing
from stories.models import Notice
from stories.templatetags.story_rows import _kinds, articles
from tests import factories
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db


def test_story_keeps_its_direction_and_the_words_around_it_have_theirs(client):
    factories.live(slug="harbour", language="en", timeline=[{"id": "t1", "date": "2026-03-01", "text": "A berth [1]."}])
    tree = page(client, "/ar/stories/harbour/")
    story = tree.xpath("//article")[0]
    assert (tree.get("dir"), story.get("dir")) == ("rtl", "ltr")
    assert tree.xpath("//h1/..")[0].get("lang") == "en"
    when = tree.xpath("//p[@class='when']")[0]
    assert (when.get("lang"), when.get("dir"), words(when)) == ("ar", "rtl", "1 مارس 2026")
    assert tree.xpath("//template[@id='script-words']/@data-close") == ["إغلاق"]
    # Within a line that runs from left to right, the day is kept in one piece.
    assert "\u20681 مارس 2026\u2069" in tree.xpath("//a/@data-side")[0]


def test_label_of_a_date_is_in_the_words_of_the_story(client):
    event = {"id": "t1", "date": "2026", "label": "Early 2026", "text": "A berth [1]."}
    factories.live(slug="harbour", timeline=[event])
    when = page(client, "/uk/stories/harbour/").xpath("//p[@class='when']")[0]
    assert (when.get("lang"), when.get("dir"), words(when)) == (None, "auto", "Early 2026")


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("es", {1: "1 artículo", 2: "2 artículos"}),
        ("ar", {1: "تقرير واحد", 2: "تقريران", 3: "3 تقارير", 11: "11 تقريرًا", 100: "100 تقرير"}),
        ("uk", {1: "1 матеріал", 3: "3 матеріали", 11: "11 матеріалів", 21: "21 матеріал"}),
    ],
)
def test_what_is_counted_is_told_in_the_plural_forms_of_the_language(language, counted):
    with translation.override(language):
        assert {count: articles(count) for count in counted} == counted


def test_order_of_a_count_and_its_kind_is_the_languages_own():
    with translation.override("es"):
        assert _kinds([("wire", 3), ("", 1)]) == "agencia de noticias: 3, de tipo desconocido: 1"


def test_form_refuses_in_the_language_of_its_page(client):
    answer = client.post("/uk/report/", {"text": ""})
    assert answer.status_code == 422
    assert "Напишіть, що не так." in answer.content.decode()
    assert 'action="/uk/report/"' in answer.content.decode()


def test_notices_and_faults_are_told_in_the_language_of_the_page(client):
    story = factories.live(slug="harbour")
    said = {"kind": "editors_note", "text": "One berth is leased.", "passage": "s1.1"}
    publishing.issue_notice(factories.version(story), by=None, at=factories.NOON, **said)
    assert "Editor’s note Mar 2 2026" in client.get("/stories/harbour/").content.decode()
    assert "Nota de la redacción el 2 mar 2026" in client.get("/es/stories/harbour/").content.decode()
    assert "لا يوجد شيء في هذا العنوان" in client.get("/ar/nowhere/").content.decode()


def test_what_no_request_asks_for_is_in_the_desks_english(site_speaks):
    site_speaks("es")
    apps.get_app_config("newsdesk").ready()  # as each command begins, and each worker
    assert str(Notice.Kind.CORRECTION.label) == "correction"
    assert factories.draft(slug="harbour").get_absolute_url() == "/stories/harbour/"


def test_feeds_are_in_the_sites_own_language(client, site_speaks):
    factories.live(slug="harbour")
    site_speaks("es")
    feed = client.get("/feeds/headlines.rss").content.decode()
    assert "<title>Newsdesk: titulares</title>" in feed
    assert "<language>es</language>" in feed
    assert "<link>http://testserver/stories/harbour/</link>" in feed


@pytest.mark.parametrize(
    "address", ["/es/stories/%00/", f"/es/{'x' * 10_000}/", "/ar/stories/%FF/", "/uk//evil.example/"]
)
def test_what_is_no_address_is_none_in_any_language(client, address):
    assert client.get(address).status_code == 404
