"""What a browser test does at a story's form."""

import re

from playwright.sync_api import Page, expect

from tests.newsroom import PASSWORD


def sign_in(page: Page, name: str = "editor") -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile("/admin/stories/"))


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
