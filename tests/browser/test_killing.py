"""An agency recalls pictures: they leave every page and their files answer nobody, in one act; the chief lifts it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from stories.images.library import add_picture
from stories.models import AuditEntry, Image
from tests import factories
from tests.browser.desk import sign_in
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)
NOTICE = "Recalled by the agency, notice 7"


def entry(image):
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    return {**file, "alt_text": str(image), "caption": str(image), "credit_line": "Skell Courier"}


@pytest.fixture
def quay():
    return add_picture(as_file(four_corners(900, 600)), caption="The quay", credit_line="Skell Courier")


@pytest.fixture
def crane(quay):
    return add_picture(as_file(four_corners(600, 900)), caption="The crane", credit_line="Skell Courier")


@pytest.fixture
def story(quay, crane):
    return factories.live(slug="harbour", headline="Harbour reopens", gallery=[entry(quay), entry(crane)])


@pytest.fixture
def reader(browser: Browser, live_server):
    """Somebody who is not signed in: gives the alt texts that the story's page shows."""
    context = browser.new_context()
    page = context.new_page()

    def seen():
        page.goto(f"{live_server.url}/stories/harbour/")
        return [image.get_attribute("alt") for image in page.locator(".gallery img").all()]

    seen.status = lambda address: page.request.get(live_server.url + address).status
    yield seen
    context.close()


def photo_desk(page: Page, live_server, path: str, name: str = "photo-desk") -> Page:
    page.goto(f"{live_server.url}/admin/login/?next={path}")
    sign_in(page, name)
    return page


def kill(page: Page, button: str):
    page.get_by_label("Why").fill(NOTICE)
    page.get_by_role("button", name=button).dblclick()
    expect(page.get_by_role("heading", name="Killed")).to_be_visible()


def test_ticked_pictures_leave_the_page_and_their_files_answer_nobody(page, live_server, story, reader, quay, crane):
    member("Photo desk")
    assert reader() == ["The quay", "The crane"]
    assert reader.status(f"/media/{quay.file.name}") == 200
    photo_desk(page, live_server, "/admin/stories/image/")
    page.get_by_role("checkbox", name="Select all").or_(page.locator("#action-toggle")).first.check()
    page.get_by_label("Action:").select_option("kill")
    page.get_by_role("button", name="Go", exact=True).or_(page.get_by_role("button", name="Run")).first.click()
    expect(page.get_by_text("Harbour reopens").first).to_be_visible()
    kill(page, "Kill 2 pictures")
    expect(page.get_by_text("the files are out of the public storage")).to_be_visible()
    expect(page.get_by_text("It left the page of 1 live story")).to_have_count(2)
    assert reader() == []
    assert reader.status(f"/media/{quay.file.name}") == 404
    assert AuditEntry.objects.filter(act="kill picture", story=None).count() == 2  # of a double click one counts


def test_the_chief_lifts_it_and_the_picture_is_back(page, live_server, story, reader, quay):
    member("Chief")
    photo_desk(page, live_server, f"/admin/stories/image/{quay.pk}/change/", "chief")
    page.get_by_role("link", name="Kill it…").click()
    kill(page, "Kill the picture")
    assert reader() == ["The crane"]
    page.get_by_role("link", name="The quay").click()
    expect(page.get_by_text(NOTICE)).to_be_visible()
    page.get_by_role("link", name="Lift the kill…").click()
    page.get_by_label("Why").fill("The agency was wrong")
    page.get_by_role("button", name="Lift the kill").click()
    expect(page.get_by_text("The kill is lifted")).to_be_visible()
    assert reader() == ["The quay", "The crane"]
    assert reader.status(f"/media/{quay.file.name}") == 200


def test_without_a_reason_nothing_happens_and_without_a_script_it_is_the_same(
    browser, live_server, story, reader, quay
):
    member("Photo desk")
    context = browser.new_context(java_script_enabled=False)
    page = photo_desk(context.new_page(), live_server, f"/admin/stories/image/kill/?ids={quay.pk}")
    page.get_by_label("Why").fill("  ")
    page.get_by_role("button", name="Kill the picture").click()
    expect(page.locator(".errorlist")).to_be_visible()
    assert reader() == ["The quay", "The crane"]
    page.get_by_label("Why").fill(NOTICE)
    page.get_by_role("button", name="Kill the picture").click()
    expect(page.get_by_text("It left the page of 1 live story")).to_be_visible()
    assert reader() == ["The crane"]
    context.close()


def test_of_two_at_one_picture_the_first_is_named(page, live_server, colleague, story, quay):
    member("Photo desk")
    mine = photo_desk(page, live_server, f"/admin/stories/image/kill/?ids={quay.pk}")
    theirs = colleague("Chief", f"/admin/stories/image/kill/?ids={quay.pk}")
    kill(mine, "Kill the picture")
    theirs.get_by_label("Why").fill("Once more")
    theirs.get_by_role("button", name="Kill the picture").click()
    expect(theirs.get_by_text(f"by photo-desk: {NOTICE}")).to_be_visible()
    assert Image.objects.get(pk=quay.pk).kill_reason == NOTICE
