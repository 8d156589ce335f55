"""What a browser that has nothing yet takes over the wire for a page, and whether the page moves while it loads."""

from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

KINDS = ("Document", "Stylesheet", "Script", "Font", "Image")
SHIFTS = """
window.shifted = 0
new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shifted += entry.value }))
    .observe({type: "layout-shift", buffered: true})
"""
KILOBYTE = 1024


class Weight(NamedTuple):
    """Bytes over the wire by kind, headers included; requests by kind; what else is promised to readers."""

    address: str
    bytes: Counter[str]
    requests: Counter[str]
    elsewhere: list[str]
    cookies: int
    shift: float

    @property
    def without_pictures(self) -> int:
        return self.bytes.total() - self.bytes["Image"]

    def broken(self) -> list[str]:
        """The promises that do not hold, each in a sentence."""
        promises = {
            f"{self.without_pictures:,} bytes without pictures; at most 100 KB": self.without_pictures
            <= 100 * KILOBYTE,
            f"{self.bytes['Font']:,} bytes of fonts; at most 60 KB": self.bytes["Font"] <= 60 * KILOBYTE,
            f"{self.requests['Font']} files of fonts; at most two": self.requests["Font"] <= 2,
            f"{self.bytes['Script']:,} bytes of scripts; at most 12 KB": self.bytes["Script"] <= 12 * KILOBYTE,
            f"asks elsewhere: {', '.join(self.elsewhere)}": not self.elsewhere,
            f"{self.cookies} cookies for a reader": not self.cookies,
            f"moves by {self.shift:.4f} while it loads": not self.shift,
        }
        return [f"{self.address} {said}" for said, holds in promises.items() if not holds]


def weigh(browser: Browser, site: str, address: str, width: int) -> Weight:
    """Load the page once in a browser that keeps nothing, as a window of that width shows it before one scrolls."""
    context = browser.new_context(viewport={"width": width, "height": 900}, device_scale_factor=2)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    taken = observe(page)
    page.goto(site + address, wait_until="networkidle")
    page.wait_for_timeout(500)
    shift = float(page.evaluate("window.shifted"))
    sizes, requests = Counter[str](), Counter[str]()
    for kind, size in taken["finished"]:
        sizes[kind] += size
        requests[kind] += 1
    elsewhere = [asked for asked in taken["asked"] if urlsplit(asked).netloc not in (urlsplit(site).netloc, "")]
    weight = Weight(address, sizes, requests, elsewhere, len(context.cookies()), shift)
    context.close()
    return weight


def observe(page: Page) -> dict[str, list[Any]]:
    """Filled while the page loads: the addresses that are asked for, and kind and bytes of each answer."""
    taken: dict[str, list[Any]] = {"asked": [], "finished": []}
    kinds: dict[str, str] = {}
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event.get("type", "Other")
        taken["asked"].append(event["request"]["url"])

    def finished(event: dict[str, Any]) -> None:
        taken["finished"].append((kinds.get(event["requestId"], "Other"), event["encodedDataLength"]))

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.loadingFinished", finished)
    return taken
