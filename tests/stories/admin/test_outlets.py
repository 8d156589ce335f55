import pytest
from django.urls import reverse

from stories.admin.outlets import outward
from stories.models import Article, Outlet
from tests import factories
from tests.stories.admin.story_form import text

pytestmark = pytest.mark.django_db
LIST = "admin:stories_outlet_changelist"
ADD = "admin:stories_outlet_add"


@pytest.fixture(autouse=True)
def chief(sign_in):
    return sign_in("Chief")


def form(**fields):
    return {
        "name": "Harbour Courier",
        "slug": "harbour-courier",
        "kind": "news",
        "country": "",
        "homepage": "",
        **fields,
    }


def test_an_outlet_is_added(client):
    client.post(reverse(ADD), form(country="no", homepage="https://harbour.example/"))
    outlet = Outlet.objects.get()
    assert (outlet.country, outlet.homepage) == ("NO", "https://harbour.example/")


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "Norway"), ("country", "1"), ("homepage", "javascript:x"), ("slug", ""), ("name", "")],
)
def test_what_is_wrong_is_said_at_its_field(client, field, value):
    response = client.post(reverse(ADD), form(**{field: value}))
    assert list(response.context["adminform"].form.errors) == [field]


def test_the_list_counts_articles_and_costs_the_same_however_long(client, queries_do_not_grow):
    def grow():
        number = Outlet.objects.count()
        outlet = Outlet.objects.create(name=f"Courier {number}", slug=f"courier-{number}")
        Article.objects.create(title="One", outlet=outlet)
        Article.objects.create(title="Two", outlet=outlet)

    grow()
    assert client.get(reverse(LIST)).context["cl"].result_list[0].article_count == 2
    queries_do_not_grow(lambda: client.get(reverse(LIST)), grow=grow)


def test_an_outlet_with_articles_is_not_deleted(client):
    outlet = Outlet.objects.create(name="Harbour Courier", slug="harbour-courier")
    for number in range(7):
        Article.objects.create(title=f"Report {number}", outlet=outlet)
    delete = reverse("admin:stories_outlet_delete", args=[outlet.pk])
    page = client.post(delete, {"post": "yes"}, follow=True).content.decode()
    assert "is used by the article “Report 0”" in page
    assert "“Report 4” and 2 more. Remove it there first." in page
    Article.objects.all().delete()
    client.post(delete, {"post": "yes"})
    assert not Outlet.objects.exists()


def test_an_outward_link_is_short_and_inert():
    link = outward('https://www.harbour.example/"><script>')
    assert "<script>" not in link
    assert ">harbour.example</a>" in link
    assert outward("") == ""


def test_an_outlet_shows_its_articles_and_the_stories_that_rest_on_them(client, queries_do_not_grow):
    story = factories.live(headline="Harbour talks")
    outlet = Outlet.objects.get(name="Harbour Courier")
    Article.objects.filter(outlet=outlet).update(status="retracted")
    page = reverse("admin:stories_outlet_change", args=[outlet.pk])
    shown = text(client.get(page))
    assert "A second berth opens 1 Mar 2026 retracted" in shown
    assert "Harbour talks draft: [1], 2 passages version 1, live, 2 passages" in shown
    assert f'href="/stories/{story.slug}/versions/1/"' in client.get(page).content.decode()
    queries_do_not_grow(lambda: client.get(page), grow=factories.live)
