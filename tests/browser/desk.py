"""What a browser test does at a story's form."""

import re

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from tests.newsroom import PASSWORD


def sign_in(page: Page, name: str = "editor") -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile("/admin/stories/"))


def open_as(page: Page, user: User, server: str, path: str) -> Page:
    """Open a page of the admin with a session of this member: the form of the sign-in costs two pages each time."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    page.goto(server + path)
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def saved(page: Page) -> None:
    save(page)
    expect(page.get_by_text("The draft is saved.")).to_be_visible()


def editor_of(page: Page, row: str):
    """The text that is edited in an unfolded section."""
    frame = page.frame_locator(f"{row} iframe")
    expect(frame.locator("body.cke_editable")).to_be_visible()
    return frame.locator("body")


def paste(page: Page, html: str) -> None:
    """Paste into the one open section, as CKEditor does it."""
    transfer = "dataTransfer: new CKEDITOR.plugins.clipboard.dataTransfer(), method: 'paste'"
    pasted = f"{{type: 'html', dataValue: html, {transfer}}}"
    page.evaluate(f"html => Object.values(CKEDITOR.instances)[0].fire('paste', {pasted})", html)
