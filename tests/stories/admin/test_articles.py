from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from stories.models import Article, Outlet, Source
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "admin:stories_article_changelist"
ADD = "admin:stories_article_add"


@pytest.fixture(autouse=True)
def editor(sign_in):
    return sign_in("Editor")


def form(**fields):
    return {"title": "A second berth opens", "url": "", "authors": "", "status": "good", **fields}


def errors(response):
    return response.context["adminform"].form.errors


def change(article):
    return reverse("admin:stories_article_change", args=[article.pk])


def test_an_article_is_added(client):
    outlet = Outlet.objects.create(name="Harbour Courier", slug="harbour-courier")
    response = client.post(
        reverse(ADD),
        form(
            url="HTTPS://Harbour.example/berth?utm_source=x#top",
            outlet=outlet.pk,
            published="2026-03-01",
            authors="Bo Berg\nÄdele Öst",
            language="en",
        ),
    )
    assert response.status_code == 302
    article = Article.objects.get()
    assert article.url == "https://harbour.example/berth"
    assert (article.outlet, article.published, article.authors) == (outlet, date(2026, 3, 1), ["Bo Berg", "Ädele Öst"])


def test_another_spelling_of_a_known_address_is_refused_with_a_link(client):
    known = Article.objects.create(title="First & <best>", url="https://harbour.example/berth")
    response = client.post(reverse(ADD), form(url="https://HARBOUR.example:443/berth?fbclid=1#x"))
    assert f'<a href="{change(known)}">First &amp; &lt;best&gt;</a>' in response.content.decode()
    assert list(errors(response)) == ["url"]
    assert Article.objects.count() == 1


def test_an_article_keeps_its_own_address(client):
    article = Article.objects.create(title="Before", url="https://harbour.example/berth")
    client.post(change(article), form(title="After", url="https://harbour.example/berth#again"))
    article.refresh_from_db()
    assert (article.title, article.url) == ("After", "https://harbour.example/berth")


def test_any_number_of_articles_may_lack_an_address(client):
    client.post(reverse(ADD), form())
    client.post(reverse(ADD), form(title="Another"))
    assert Article.objects.filter(url="").count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "harbour"),
        ("archive_url", "ftp://harbour.example/"),
        ("language", "not a language"),
        ("authors", "x" * 301),
        ("title", "x" * 501),
    ],
)
def test_what_no_document_could_carry_is_refused_at_its_field(client, field, value):
    response = client.post(reverse(ADD), form(**{field: value}))
    assert list(errors(response)) == [field]
    assert not Article.objects.exists()


@pytest.mark.parametrize("words", ["berth", "harbour.example", "courier", "Öst", "Дмитро"])
def test_the_list_is_searched_by_title_address_outlet_and_author(client, words):
    Article.objects.create(title="Something else", url="https://strait.example/", authors=["Somebody"])
    outlet = Outlet.objects.create(name="Harbour Courier", slug="harbour-courier")
    found = Article.objects.create(
        title="A second berth", url="https://harbour.example/1", outlet=outlet, authors=["Ä. Öst", "Дмитро"]
    )
    assert list(client.get(reverse(LIST), {"q": words}).context["cl"].queryset) == [found]


def test_the_list_is_filtered_by_what_is_still_needed(client):
    outlet = Outlet.objects.create(name="Harbour Courier", slug="harbour-courier")
    whole = {"title": "T", "outlet": outlet, "published": date(2026, 3, 1)}
    Article.objects.create(**whole, url="https://harbour.example/1")
    bare = Article.objects.create(**whole)
    found = client.get(reverse(LIST), {"needs": "url"}).context["cl"].queryset
    assert list(found) == [bare]


def test_the_list_counts_stories_and_costs_the_same_however_long(client, queries_do_not_grow):
    def grow():
        story = factories.draft()
        article = story.sources.first().article
        Source.objects.create(story=story, number=9, article=article)

    grow()
    listed = client.get(reverse(LIST)).context["cl"].result_list
    assert {article.story_count for article in listed} == {1}
    queries_do_not_grow(lambda: client.get(reverse(LIST)), grow=grow)


def test_an_article_says_which_stories_it_is_a_source_of(client):
    story = factories.draft(headline="Harbour talks")
    page = client.get(change(story.sources.get(number=2).article)).content.decode()
    assert "Harbour talks" in page
    assert "draft: [2]" in page
    assert "What rests on it" not in client.get(reverse(ADD)).content.decode()


def test_an_article_in_use_is_not_deleted(client, sign_in):
    sign_in("Chief")
    story = factories.live(headline="Harbour talks")
    article = story.sources.get(number=1).article
    delete = reverse("admin:stories_article_delete", args=[article.pk])
    response = client.post(delete, {"post": "yes"})
    assert "is used by the story “Harbour talks”" in str(list(get_messages(response.wsgi_request))[-1])
    story.sources.all().delete()
    response = client.post(delete, {"post": "yes"})
    assert "stays, since readers were shown it in “Harbour talks (version 1)”" in str(
        list(get_messages(response.wsgi_request))[-1]
    )
    assert Article.objects.filter(pk=article.pk).exists()


def test_an_editor_deletes_no_article(client):
    article = Article.objects.create(title="Unused")
    assert client.get(reverse("admin:stories_article_delete", args=[article.pk])).status_code == 403


def test_the_outlets_of_an_article_are_found_by_typing(client):
    Outlet.objects.create(name="Harbour Courier", slug="harbour-courier")
    asked = {"app_label": "stories", "model_name": "article", "field_name": "outlet", "term": "courier"}
    answer = client.get(reverse("admin:autocomplete"), asked).json()
    assert [result["text"] for result in answer["results"]] == ["Harbour Courier"]


def test_a_title_that_is_too_long_is_refused_in_words_not_cut_off(client):
    assert "maxlength" not in client.get(reverse(ADD)).content.decode().split('name="title"')[1].split(">")[0]
    response = client.post(reverse(ADD), form(title="x" * 501))
    assert "at most 500 characters" in errors(response)["title"][0]
