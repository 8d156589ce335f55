import pytest
from django.urls import reverse

from stories.admin.outlets import outward
from stories.models import Article, Outlet

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
