"""Pictures of the library are put into a story's gallery, also where no script runs."""

import pytest
from playwright.sync_api import expect

from stories.images.library import add_picture
from tests import factories
from tests.browser.desk import sign_in
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_a_script_a_story_is_found_and_gets_the_pictures(browser, live_server):
    image = add_picture(as_file(four_corners(300, 200)), caption="The quay")
    story = factories.draft(headline="Ferries in snow")
    factories.draft(headline="A dam")
    member("Editor")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/stories/image/make-gallery/?ids={image.pk}")
    sign_in(page)
    expect(page.locator("#id_story")).to_be_hidden()
    page.get_by_label("Find the story").fill("snow")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("radio")).to_have_count(1)
    page.get_by_role("radio", name="Ferries in snow").check()
    page.get_by_role("button", name="Put 1 picture into its gallery").click()
    expect(page.get_by_text("1 picture came to the gallery of “Ferries in snow”.")).to_be_visible()
    assert [item.image for item in story.gallery.all()] == [image]
    context.close()
