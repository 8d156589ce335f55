import pytest
from django.contrib.auth.models import User
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client, RequestFactory
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from newsdesk.security import LoopbackOnly

pytestmark = pytest.mark.urls("tests.newsdesk.pages")

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The content security policy as {directive: sources}."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {directive: sources for directive, *sources in parts}


@pytest.fixture
def visitor():
    """A client that gets error pages as readers do."""
    return Client(raise_request_exception=False)


READER_ADDRESSES = [("/page/", 200), ("/broken/", 500), ("/no-such-page/", 404), ("/static/admin/css/base.css", 200)]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), READER_ADDRESSES)
def test_what_readers_get_carries_the_strict_policy(visitor, address, status):
    response = visitor.get(address)
    assert response.status_code == status
    sources = policy(response)
    assert sources["default-src"] == ["'none'"]
    assert sources["base-uri"] == sources["frame-ancestors"] == ["'none'"]
    assert {source for listed in sources.values() for source in listed} == {"'none'", "'self'"}
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert ("camera=()" in response.get("Permissions-Policy", "")) == response["Content-Type"].startswith("text/html")
    assert {name: response[name] for name in EVERYWHERE} == EVERYWHERE


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/no-such-page/", "/admin/auth/user/"])
def test_admin_policy_is_wider_by_inline_code_only(visitor, address):
    visitor.force_login(User.objects.create_superuser("chief"))
    response = visitor.get(address)
    sources = policy(response)
    assert sources["default-src"] == ["'none'"]
    assert sources["script-src"] == sources["style-src"] == ["'self'", "'unsafe-inline'"]
    assert sources["img-src"] == ["'self'", "data:"]
    assert "'unsafe-eval'" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert {name: response[name] for name in EVERYWHERE} == EVERYWHERE


def test_no_header_waits_for_a_known_address(visitor):
    """An address that only looks like the admin's is a reader's address."""
    assert policy(visitor.get("/administration/"))["script-src"] == ["'self'"]


def test_browser_runs_no_inline_script_of_a_reader_page(live_server: LiveServer, context):
    page = context.new_page()
    page.goto(f"{live_server}/script/")
    assert page.title() == "waiting"


@pytest.fixture
def editor(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server}/admin/editor/")
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").wait_for()
    return page


def value(editor: Page) -> str:
    return editor.evaluate("CKEDITOR.instances.id_body.getData()").replace("\n", "")


def test_ckeditor_works_under_the_admin_policy(editor):
    body = editor.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
    body.press("Control+a")
    editor.locator(".cke_button__bold").click()
    assert value(editor) == "<p><strong>One <em>berth</em> opened.</strong></p><p><strong>Two.</strong></p>"


def test_ckeditor_links_to_an_address(editor):
    editor.frame_locator("iframe.cke_wysiwyg_frame").locator("body").press("Control+a")
    editor.locator(".cke_button__link").click()
    dialog = editor.locator(".cke_dialog_body")
    assert [tab for tab in dialog.locator(".cke_dialog_tab").all() if tab.is_visible()] == []
    dialog.get_by_label("URL").fill("harbour.example/berth")
    dialog.locator(".cke_dialog_ui_button_ok").click()
    assert '<a href="https://harbour.example/berth">' in value(editor)


def test_ckeditor_keeps_only_what_stories_hold(editor):
    pasted = (
        '<h2>Head</h2><p style="color: red" onclick="x()">One<br>two <b>three</b> <sub>4</sub></p>'
        '<iframe src="/x"></iframe><img src="x" onerror="x()"><table><tr><td>cell</td></tr></table>'
        '<a href="javascript:x()" target="_top">out</a>'
        "<ul><li>five</li></ul><blockquote><p>six</p></blockquote><script>x()</script>"
    )
    editor.evaluate("html => CKEDITOR.instances.id_body.setData(html)", pasted)
    kept = value(editor)
    for trace in ("h2", "style", "onclick", "iframe", "img", "table", "target", "script>"):
        assert trace not in kept
    assert "<p>One<br />two <strong>three</strong> <sub>4</sub></p>" in kept
    assert "<ul>\t<li>five</li></ul><blockquote><p>six</p></blockquote>" in kept


def test_ckeditor_asks_nobody_else(page, live_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server}/admin/editor/")
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").wait_for()
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "about:"))] == []


def answer(settings, **meta: str) -> HttpResponse:
    settings.DEBUG = True
    return LoopbackOnly(lambda request: HttpResponse("in"))(RequestFactory().get("/", **meta))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_debug_mode_answers_this_machine(settings, address):
    assert answer(settings, REMOTE_ADDR=address).content == b"in"


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"},
    ],
)
def test_debug_mode_refuses_what_comes_from_elsewhere(settings, meta):
    response = answer(settings, **meta)
    assert response.status_code == 403
    assert b"DEBUG=false" in response.content


def test_loopback_rule_is_for_debug_mode_only(settings):
    settings.DEBUG = False
    with pytest.raises(MiddlewareNotUsed):
        LoopbackOnly(lambda request: HttpResponse())


@pytest.mark.django_db
def test_page_tags_are_made_of_the_body(client):
    first, again = client.get("/page/"), Client().get("/page/")
    assert first["ETag"] == again["ETag"]
    assert client.get("/page/", headers={"if-none-match": first["ETag"]}).status_code == 304
