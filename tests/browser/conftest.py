import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk import sign_in
from tests.newsroom import member


@pytest.fixture
def desk(page: Page, live_server):
    """Opens a page of the admin, signed in as an editor."""
    member("Editor")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/stories/story/")
    sign_in(page)

    def opened(path: str) -> Page:
        page.goto(live_server.url + path)
        return page

    return opened


@pytest.fixture
def colleague(browser: Browser, live_server):
    """Opens a page in another browser, signed in under another role."""
    contexts = []

    def opened(role: str, path: str) -> Page:
        user = member(role)
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.goto(f"{live_server.url}/admin/login/?next=/admin/stories/story/")
        sign_in(page, user.username)
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
