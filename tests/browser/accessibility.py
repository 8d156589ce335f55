"""What axe finds on the page that is open, in each width and colour scheme that it is read in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READERS = [*WCAG, "best-practice"]
SCHEMES = ("light", "dark")
WIDTHS = (320, 375, 1280)
ENDED = "document.getAnimations().filter(one => one instanceof CSSTransition).forEach(one => one.finish())"


def violations(page: Page, tags: list[str] = READERS) -> list[str]:
    """Each fault by its rule, with where it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # a script tag would be refused by the page's policy
    options: dict[str, Any] = {"runOnly": tags, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{fault['id']}: {[node['html'][:120] for node in fault['nodes']][:3]}" for fault in found]


def settings(page: Page, widths: tuple[int, ...], schemes: tuple[str, ...] = SCHEMES) -> Iterator[str]:
    """Show the open page in each width and scheme in turn: it is loaded once, as when a reader turns the screen."""
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(ENDED)  # colours on their way from one scheme to the other are neither's
            yield f"{scheme}, {width}"


def faults(page: Page, tags: list[str] = READERS, widths: tuple[int, ...] = WIDTHS) -> dict[str, list[str]]:
    """By width and scheme, what axe finds and whether the page is wider than its window; empty where all is well."""
    found = {}
    for setting in settings(page, widths):
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[setting] = [*violations(page, tags), *(["wider than its window"] if wide else [])]
    return {setting: list_ for setting, list_ in found.items() if list_}
