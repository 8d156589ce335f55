from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.desk import open_as
from tests.newsroom import member
from tests.under_way import CountRequests


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Nothing answers but the server: only tests of offline reading let a page have its worker."""
    return {"service_workers": "block", **browser_context_args}


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
    editor = member("Editor")
    signed_in: list[bool] = []

    def opened(path: str) -> Page:
        if signed_in:
            page.goto(live_server.url + path)
            return page
        signed_in.append(True)
        return open_as(page, editor, live_server.url, path)

    return opened


@pytest.fixture
def colleague(browser: Browser, live_server, pages_come_to_rest: None):
    """Opens a page in another browser, signed in under another role."""
    contexts = []

    def opened(role: str, path: str) -> Page:
        contexts.append(browser.new_context())
        return open_as(contexts[-1].new_page(), member(role), live_server.url, path)

    yield opened
    for context in contexts:
        context.close()
