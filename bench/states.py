"""Every state that a story's page has, drawn for looking at: `make states`, or `python -m bench.states [name …]`.

Each is drawn narrow and wide, light and dark, and as it prints, into one sheet of `var/states/`; a page that is wider
than its screen is told of. It keeps its database in a temporary directory and needs an installed Chromium.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import django

PLACE = tempfile.TemporaryDirectory(prefix="newsdesk-states-")
os.environ["DATABASE_URL"] = f"sqlite:///{PLACE.name}/states.sqlite3"
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from bench.state_stories import EMPTY, STATES, USUAL_SIZE, State, make_stories  # noqa: E402
from tests.chromium import BROWSER_ARGUMENTS, chromium_here  # noqa: E402

SHEETS = settings.VAR / "states"
LONGEST, GAP = 3000, 24
TOP = "(start) => Math.floor(document.querySelector(start).getBoundingClientRect().top + scrollY)"


class View(NamedTuple):
    """A screen, or A4 paper within its margins at 96 dots per inch."""

    width: int
    scheme: str = "light"
    media: str = "screen"


VIEWS = [View(375), View(375, "dark"), View(1280), View(1280, "dark"), View(660, media="print")]
WIDE = [View(1280), View(1280, "dark")]  # letters four times their size are for wide screens


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def main(names: list[str]) -> int:
    logging.disable()  # the page of an error has one
    settings.SECURE_SSL_REDIRECT = False
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    call_command("migrate", verbosity=0)
    SHEETS.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        executable = chromium_here() or sys.exit(
            "There is no Chromium in PATH. Install one, or set CHROMIUM to its path."
        )
        for text_size in (USUAL_SIZE, 4 * USUAL_SIZE):
            options = [*BROWSER_ARGUMENTS, f"--blink-settings=defaultFontSize={text_size}"]
            browser = playwright.chromium.launch(executable_path=executable, args=options)
            draw_all(browser, site, [state for state in EMPTY if state.text_size == text_size], names)
            if text_size == USUAL_SIZE:
                make_stories()
            draw_all(browser, site, [state for state in STATES if state.text_size == text_size], names)
            browser.close()
    return 0


@contextmanager
def served() -> Iterator[str]:
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def draw_all(browser: Browser, site: str, states: list[State], names: list[str]) -> None:
    for state in states:
        if not names or state.name in names:
            views = VIEWS if state.text_size == USUAL_SIZE else WIDE
            drawn = [draw(browser, site, state, view) for view in views]
            sheet(drawn).save(SHEETS / f"{state.name}.png")
            print(state.name, flush=True)


def draw(browser: Browser, site: str, state: State, view: View) -> Image.Image:
    context = browser.new_context(viewport={"width": view.width, "height": 900}, color_scheme=view.scheme)
    page = context.new_page()
    if state.address.endswith(".html"):
        keep(page, f"{site}{state.address}")
    else:
        page.goto(f"{site}{state.address}")
    if state.is_offline:
        cut_off(page, f"{site}{state.then}")
    page.emulate_media(media=view.media)
    if state.unfolded:
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > view.width:
        print(f"  {state.name} is {wide} wide on {view}")
    top = page.evaluate(TOP, state.start or "html")
    tall = min(page.evaluate("document.documentElement.scrollHeight") - top, LONGEST)
    clip = {"x": 0, "y": top, "width": view.width, "height": max(tall, 1)}
    taken = page.screenshot(full_page=True, clip=clip)
    context.close()
    return Image.open(BytesIO(taken)).convert("RGB")


def keep(page: Page, address: str) -> None:
    """Keep the file that is offered at an address, and open it from the disk."""
    kept = Path(PLACE.name) / "kept.html"
    kept.write_bytes(page.request.get(address).body())
    page.goto(kept.as_uri())


def cut_off(page: Page, address: str) -> None:
    """Lose the connection once the worker answers, and go to the address."""
    page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((go) => setTimeout(go, 1500)))")
    page.context.set_offline(True)
    page.goto(address)


def sheet(drawn: list[Image.Image]) -> Image.Image:
    width = sum(one.width + GAP for one in drawn) - GAP
    whole = Image.new("RGB", (width, max(one.height for one in drawn)), "#808080")
    left = 0
    for one in drawn:
        whole.paste(one, (left, 0))
        left += one.width + GAP
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
