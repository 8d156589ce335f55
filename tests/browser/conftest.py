from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.desk import sign_in
from tests.newsroom import member
from tests.under_way import CountRequests


@pytest.fixture(autouse=True)
def pages_come_to_rest(transactional_db: None, context: BrowserContext) -> Iterator[None]:
    """A page that is left open tells the server so from time to time: not while the database is emptied."""
    yield
    for page in context.pages:
        page.on("dialog", lambda dialog: dialog.accept())  # whether what was typed may be left
        page.goto("about:blank")
    CountRequests.wait_for_quiet()


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
def colleague(browser: Browser, live_server, pages_come_to_rest: None):
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
