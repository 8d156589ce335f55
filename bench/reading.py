"""What readers' pages are to read: faults that axe finds, weight at first view, and Lighthouse's scores.

`make reading`, or `python -m bench.reading [--without-lighthouse]`. It serves the demo as production would, from a
database of its own, and drives a real Chromium. It ends with exit status 1 where a promise does not hold.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Browser, Page, sync_playwright

from bench import lighthouse
from bench.page_weight import KILOBYTE, KINDS, Weight, weigh
from bench.served_site import served_demo
from tests.browser.accessibility import faults
from tests.chromium import BROWSER_ARGUMENTS, chromium_here

STORY = "/stories/orrin-strait-talks/"
PAGES = [
    *("/", "/topics/world/", STORY, "/stories/floating-library/", "/stories/cable-fault-2024/"),
    *(f"{STORY}versions/", f"{STORY}versions/1/", f"{STORY}versions/1..2/", f"{STORY}versions/1/passages/"),
    *("/at/", "/corrections/", "/outlets/", "/policies/", "/policies/corrections/", "/feeds/", "/how-to-read/"),
    *("/report/?story=orrin-strait-talks", "/offline/", "/nowhere/", "/archive/", f"/archive/{date.today():%Y/%m}/"),
    *("/search/", "/search/?q=ferry+strike", "/search/?q=ferry+thylacine&topic=world"),
    *(f"/{language}{path}" for language in ("es", "ar", "uk") for path in ("/", STORY)),
]
FIRST_SEEN = ["/", STORY]
WIDTHS = (320, 1280)


def main() -> int:
    options = argparse.ArgumentParser(description="What readers’ pages are to read.")
    options.add_argument("--without-lighthouse", action="store_true", help="axe and weight alone: no Node is needed")
    chosen = options.parse_args()
    with served_demo() as site:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
            broken = [*look(browser, site), *load(browser, site)]
            browser.close()
        if not chosen.without_lighthouse:
            broken += rate(site)
    print("\n" + ("\n".join(["Broken:", *broken]) if broken else "Every promise holds."))
    return 1 if broken else 0


def chromium() -> str:
    return chromium_here() or sys.exit("There is no Chromium in PATH. Install one, or set CHROMIUM to its path.")


def look(browser: Browser, site: str) -> list[str]:
    """Run axe on every kind of page, all that folds unfolded, in both schemes and both widths."""
    print(
        f"axe, rules of WCAG 2.2 A and AA and its best practice, light and dark, {' and '.join(map(str, WIDTHS))} px\n"
    )
    broken = []
    page = browser.new_page()
    for address in [*PAGES, *found_on_pages(page, site)]:
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found = faults(page, widths=WIDTHS)
        print(f"{sum(map(len, found.values())):>4}  {address}")
        broken += [f"{address} ({setting}): {fault}" for setting, said in found.items() for fault in said]
    page.close()
    return broken


def found_on_pages(page: Page, site: str) -> Iterator[str]:
    """Addresses that no list can name: a picture's page, an outlet's."""
    for address, start in ((STORY, "/pictures/"), ("/outlets/", "/outlets/")):
        page.goto(site + address)
        link = page.locator(f"main a[href^='{start}']:not([href='{start}'])").first
        yield str(link.get_attribute("href"))


def load(browser: Browser, site: str) -> list[str]:
    """Weigh what a first visit takes, on a telephone and on a desk."""
    print(f"\nFirst view, nothing kept, in KB over the wire with headers; requests in brackets\n\n{'':<34}", end="")
    print("".join(f"{kind:>16}" for kind in KINDS), f"{'without pictures':>18}{'shift':>8}")
    broken = []
    for address in FIRST_SEEN:
        for width in (375, 1280):
            weight = weigh(browser, site, address, width)
            print(row(weight, width))
            broken += weight.broken()
    return broken


def row(weight: Weight, width: int) -> str:
    parts = (f"{weight.bytes[kind] / KILOBYTE:.1f} ({weight.requests[kind]})" for kind in KINDS)
    total = weight.without_pictures / KILOBYTE
    return (
        f"{weight.address:<28}{width:>6}"
        + "".join(f"{part:>16}" for part in parts)
        + f"{total:>19.1f}{weight.shift:>8.3f}"
    )


def rate(site: str) -> list[str]:
    print(f"\nLighthouse {lighthouse.VERSION}\n")
    if not lighthouse.is_there():
        return ["Lighthouse was not run: it takes npx, which comes with Node."]
    broken = []
    for address in FIRST_SEEN:
        for preset in lighthouse.PRESETS:
            told = lighthouse.scores(site, address, preset, browser=chromium())
            print(f"{address:<30}{preset:<11}" + "  ".join(f"{name} {score}" for name, score in told.scores.items()))
            print("".join(f"      {said}\n" for said in told.wanting), end="")
            broken += told.broken()
    return broken


if __name__ == "__main__":
    sys.exit(main())
