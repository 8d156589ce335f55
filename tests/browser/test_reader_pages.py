"""What readers' browsers make of the pages: access, room, paper, without scripts."""

import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from stories import publishing
from tests import factories
from tests.browser.accessibility import faults
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


def picture(letter, **fields):
    name = f"pictures/{letter * 64}.jpg"
    default_storage.save(name, ContentFile(as_file(four_corners(800, 500))))
    shown = {"alt_text": f"A quay {letter}", "credit_line": "Harbour Courier", "caption": "The quay at low water"}
    return {"file": name, "sha256": letter * 64, "width": 800, "height": 500, **shown, **fields}


@pytest.fixture
def site(live_server):
    """The addresses of a small site: a rich story with sub-stories, its Versions, lists, and notices."""
    at = timezone.now() - timedelta(hours=9)
    gallery = [picture("a", source_url="https://photos.example/a"), picture("b", decorative=True, alt_text="")]
    dates = ("1974", "2024-07", "2025-12-06/2025-12-07", "2026-02-18", "1990~", "2014/..")
    timeline = [{"id": f"t{k}", "date": date, "text": "The line moved [1, 2]."} for k, date in enumerate(dates, 1)]
    rich = factories.live(
        at,
        slug="rich",
        standfirst="Whatever a story page can show.",
        byline="Strait desk",
        gallery=gallery,
        timeline=timeline,
        resources=[{"url": "https://council.example/act", "title": "The act", "publisher": "Council"}],
    )
    for hours in range(1, 8):
        parent = {"uid": rich.uid, "slug": rich.slug, "headline": rich.headline} if hours < 3 else None
        factories.live(at + timedelta(hours=hours), parent=parent, slug=f"other-{hours}", standfirst="One line.")
    factories.live(at, slug="rtl", language="ar", headline="المكتبة العائمة", topic=None)
    publishing.publish(factories.edit(rich, standfirst="Again."), by=None, at=at + timedelta(hours=2), note="Clearer.")
    publishing.place(rich, by=None, rank=1)
    publishing.withdraw(factories.live(at, slug="gone"), by=None, reason="It was wrong.")
    return live_server.url


PAGES = [
    "/",
    "/stories/rich/",
    "/stories/rtl/",
    "/stories/rich/versions/1/",
    "/stories/rich/versions/",
    "/stories/gone/",
    "/stories/gone/versions/1/",
    "/topics/world/",
    "/nowhere/",
]


def test_pages_have_no_fault_that_axe_can_find(page: Page, site):
    for address in PAGES:
        page.goto(site + address)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        assert faults(page) == {}, address


def test_nothing_is_wider_than_a_small_screen(page: Page, site):
    page.set_viewport_size({"width": 320, "height": 700})
    for address in PAGES:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_long_lists_of_numbers_long_addresses_and_long_names_stay_on_the_page(page: Page, site):
    address = f"https://long.example/{'articles' * 60}"
    sources = [{"number": number, "url": f"{address}/{number}", "outlet": "Courier" * 25} for number in range(1, 41)]
    factories.live(
        slug="long",
        sections=[{"id": "s1", "body": "<p>Much rests on much [1–40]. More rests on all of it [1–40].</p>"}],
        gallery=[picture("c", caption="The quay at low water [1].")],  # whose side note has no margin
        sources=sources,
        resources=[{"url": address}],
    )
    for width in (320, 375, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(f"{site}/stories/long/")
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_page_of_the_past_is_of_aged_paper_to_the_foot_of_the_screen(page: Page, site):
    page.goto(f"{site}/stories/rich/versions/1/")
    paper, beneath = page.evaluate(
        "[document.body, document.documentElement].map(one => getComputedStyle(one).backgroundColor)"
    )
    assert paper == beneath == "rgb(241, 238, 228)"


def test_the_contents_open_a_folded_part(page: Page, site):
    page.goto(site + "/stories/rich/")
    for part in ("Dive deeper", "All articles", "Resources"):
        link = page.locator("#contents").get_by_role("link", name=part)
        link.click()
        expect(page.locator(link.get_attribute("href"))).to_be_in_viewport()


def test_marker_leads_to_its_source_and_the_source_back(page: Page, site):
    page.goto(site + "/stories/rich/")
    marker = page.locator("[role=doc-noteref][aria-label='source 2']").first
    marker.click()
    expect(page).to_have_url(f"{site}/stories/rich/#source-2")
    expect(page.locator("#source-2")).to_be_in_viewport()
    page.locator("#source-2 .places a:not(.marks)").first.click()
    expect(marker).to_be_in_viewport()


def test_everything_prints_open_without_scripts(browser: Browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/stories/rich/")
    for part in ("dive-deeper", "articles", "resources"):
        expect(page.locator(f"#{part} li").first).to_be_hidden()
    page.emulate_media(media="print")
    for part in ("sources", "timeline", "dive-deeper", "articles", "resources"):
        assert page.locator(f"#{part} li").last.bounding_box()["height"] > 0, part
    assert page.pdf().count(b"/Type /Page\n") >= 1
    context.close()


def test_targets_are_at_least_24_pixels(page: Page, site):
    page.set_viewport_size({"width": 375, "height": 800})
    too_small = """[...document.querySelectorAll('a, summary')].filter(target => {
        const box = target.getBoundingClientRect(), inline = getComputedStyle(target).display === 'inline'
        return box.width && !inline && (box.height < 23.9 || box.width < 23.9)
    }).map(target => target.outerHTML.slice(0, 120))"""
    for address in PAGES:
        page.goto(site + address)
        page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        assert [html for html in page.evaluate(too_small) if "skip-link" not in html] == [], address


def test_focus_is_never_hidden_and_the_first_stop_skips_to_the_content(page: Page, site):
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + "/stories/rich/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    covered = """() => {
        const box = document.activeElement.getBoundingClientRect()
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        return top && (document.activeElement.contains(top) || top.contains(document.activeElement))
            ? '' : document.activeElement.outerHTML.slice(0, 120)
    }"""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(covered) == ""


def test_fonts_at_first_view_are_the_two(page: Page, site):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if request.url.endswith(".woff2") else None)
    page.goto(site + "/stories/rich/")
    page.wait_for_timeout(300)
    assert {url.rsplit("/", 1)[1] for url in fetched} == {"newsreader-latin.woff2", "inter-latin.woff2"}


@pytest.mark.parametrize("address", ["/", "/stories/rich/"])
def test_nothing_shifts_while_the_page_loads(page: Page, site, address):
    def slowly(route):
        time.sleep(0.3)
        route.continue_()

    page.route("**/*.jpg", slowly)
    page.goto(site + address)
    shifts = """() => new Promise(done => {
        let sum = 0
        new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
            .observe({type: 'layout-shift', buffered: true})
        setTimeout(() => done(sum), 400)
    })"""
    assert page.evaluate(shifts) < 0.02
