import pytest
from django.contrib.auth.models import User

from stories.images.library import add_picture
from stories.models import Image
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
CAPTIONS = "/admin/stories/image/captions/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client):
    client.force_login(member("Photo desk"))
    return client


@pytest.fixture
def image():
    return add_picture(as_file(), caption="Old", credit_line="Courier")


def row(**fields):
    base = {"base_caption": "Old", "base_alt_text": "", "base_credit_line": "Courier", "base_decorative": "false"}
    return {"caption": "Old", "alt_text": "", "credit_line": "Courier", **base, **fields}


def test_the_list_has_what_lacks_words_or_what_was_chosen(desk, image):
    add_picture(as_file(four_corners(90, 90)), caption="Whole", alt_text="A quay", credit_line="Courier")
    assert [one.caption for one in desk.get(CAPTIONS).context["page"].object_list] == ["Old"]
    chosen = desk.get(f"{CAPTIONS}?ids={image.pk + 1},{image.pk},x,9999999").context["page"].object_list
    assert [one.caption for one in chosen] == ["Whole", "Old"]


def test_the_list_costs_the_same_for_more_pictures(desk, queries_do_not_grow):
    sides = iter(range(100, 200))
    queries_do_not_grow(lambda: desk.get(CAPTIONS), grow=lambda: add_picture(as_file(four_corners(next(sides), 60))))


def test_a_row_is_saved_alone(desk, image):
    answer = desk.post(
        f"/admin/stories/image/{image.pk}/describe/", row(alt_text="A quay\r\nat low tide"), headers=JSON
    )
    image.refresh_from_db()
    assert (answer.status_code, image.alt_text) == (200, "A quay\nat low tide")
    assert answer.json()["sentence"] == "Saved."
    assert answer.json()["needed"] == []


def test_alt_text_equal_to_the_caption_is_questioned_and_kept(desk, image):
    answer = desk.post(f"/admin/stories/image/{image.pk}/describe/", row(alt_text="Old"), headers=JSON).json()
    assert answer["needed"] == ["alt text other than the caption"]
    assert Image.objects.get().alt_text == "Old"


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(desk, image):
    Image.objects.update(caption="Theirs")
    answer = desk.post(f"/admin/stories/image/{image.pk}/describe/", row(caption="Mine"), headers=JSON)
    assert (answer.status_code, answer.json()["conflicts"]) == (409, {"caption": "Theirs"})
    assert Image.objects.get().caption == "Theirs"


def test_what_is_too_long_is_refused_in_words(desk, image):
    answer = desk.post(f"/admin/stories/image/{image.pk}/describe/", row(credit_line="x" * 400), headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("Not saved. Credit line:")
    assert Image.objects.get().credit_line == "Courier"


def test_without_script_a_row_leads_back_to_its_list(desk, image):
    address = f"/admin/stories/image/{image.pk}/describe/"
    answer = desk.post(address, row(caption="New", back=CAPTIONS))
    assert answer.url == CAPTIONS
    assert desk.post(address, row(back="https://elsewhere.example/")).url == f"{CAPTIONS}?ids={image.pk}"


def test_who_may_only_look_writes_nothing(client, image):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(CAPTIONS).status_code == 403
    assert client.post(f"/admin/stories/image/{image.pk}/describe/", row()).status_code == 403
