import pytest
from django.utils import timezone

from stories.images.library import add_picture
from stories.models import Image
from tests import factories
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return add_picture(as_file(four_corners(500, 400)), caption="Corners")


def entry(image):
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    return {**file, "alt_text": "Four corners", "credit_line": "Skell Courier"}


def test_the_page_says_which_stories_lose_it_and_afterwards_lists_them(client, image):
    client.force_login(member("Photo desk"))
    factories.live(timezone.now(), headline="The live one", gallery=[entry(image)])
    page = client.get(f"/admin/stories/image/kill/?ids={image.pk}").content.decode()
    assert "The live one" in page
    done = client.post("/admin/stories/image/kill/", {"ids": image.pk, "reason": "Notice 7"}, follow=True)
    assert done.redirect_chain[0][0].endswith(f"/killed/?ids={image.pk}")
    assert "It left the page of 1 live story" in done.content.decode()
    assert Image.objects.get().kill_reason == "Notice 7"


def test_several_are_killed_at_once_from_the_list(client, image):
    client.force_login(member("Photo desk"))
    other = add_picture(as_file(), caption="Other")
    chosen = {"action": "kill", "_selected_action": [image.pk, other.pk]}
    page = client.post("/admin/stories/image/", chosen, follow=True)
    ids = page.context["ids"]
    client.post("/admin/stories/image/kill/", {"ids": ids, "reason": "Notice 7"})
    assert Image.objects.exclude(killed_at=None).count() == 2


def test_without_a_reason_nothing_is_killed(client, image):
    client.force_login(member("Photo desk"))
    answer = client.post("/admin/stories/image/kill/", {"ids": image.pk, "reason": " "})
    assert answer.status_code == 422
    assert Image.objects.get().killed_at is None


def test_nothing_chosen_is_nothing_to_kill(client, image):
    client.force_login(member("Photo desk"))
    nothing = {"ids": ",x,99999999999999999999", "reason": "Notice 7"}
    for answer in (
        client.get("/admin/stories/image/kill/", nothing),
        client.post("/admin/stories/image/kill/", nothing),
    ):
        assert "No picture is chosen." in answer.content.decode()
    assert Image.objects.get().killed_at is None


def test_only_the_chief_lifts_a_kill(client, image):
    Image.objects.update(killed_at=timezone.now(), kill_reason="Notice 7")
    address = f"/admin/stories/image/{image.pk}/lift-kill/"
    client.force_login(member("Photo desk"))
    assert client.get(address).status_code == 403
    client.force_login(member("Chief"))
    assert "Notice 7" in client.get(address).content.decode()
    client.post(address, {"reason": "The agency was wrong"})
    assert Image.objects.get().killed_at is None


def test_a_reporter_kills_nothing(client, image):
    client.force_login(member("Reporter"))
    assert client.post("/admin/stories/image/kill/", {"ids": image.pk, "reason": "x"}).status_code == 403


def test_the_page_of_a_picture_leads_to_its_kill_and_says_that_it_was_killed(client, image):
    client.force_login(member("Photo desk"))
    address = f"/admin/stories/image/{image.pk}/change/"
    assert f"/admin/stories/image/kill/?ids={image.pk}" in client.get(address).content.decode()
    Image.objects.update(killed_at=timezone.now(), kill_reason="Notice 7")
    page = client.get(address).content.decode()
    assert "Notice 7" in page
    assert f"/admin/stories/image/{image.pk}/lift-kill/" in page
