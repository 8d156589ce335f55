"""What all tests share: a database of their own, files of their own, a browser, and the reference story."""

import itertools
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches

from stories.models import addresses
from stories.templatetags import written_once
from tests.chromium import BROWSER_ARGUMENTS, chromium_here
from tests.emptying import empty_quickly
from tests.missing import IN_CI, missing

pytest_plugins = ["tests.run_report", "tests.buckets"]

REFERENCE = Path(__file__).parents[2] / "shared" / "stories" / "geneva-talks.txt"
REFUSED_BY_POLICY = re.compile(r"Content.Security.Policy|Permissions.Policy|Refused to", re.IGNORECASE)

# Playwright keeps an event loop in the thread of the tests, which Django takes for asynchronous code
# and then refuses its database. Newsdesk has no asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

hypothesis.settings.register_profile("newsdesk", deadline=None, derandomize=IN_CI, print_blob=True)
hypothesis.settings.load_profile("newsdesk")


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # made to be quick, unlike the real
    settings.MIDDLEWARE = ["tests.under_way.CountRequests", *settings.MIDDLEWARE]
    # Else each request on a kept-open connection waits 40 ms: head and body are sent apart, and the second part until
    # the first is acknowledged.
    WSGIRequestHandler.disable_nagle_algorithm = True
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True  # static files as they lie in the sources


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever takes a page or a browser is a browser test, marked or not."""
    for item in items:
        if {"browser", "page", "context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give this worker of this run a database that no other run has.

    On SQLite it is a file, never in memory: there all threads would share one connection and its transaction, and
    a page that a browser asks for could see half of what a test is writing.
    """
    database = connections["default"]
    if database.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        parts = (os.environ.get("TEST_DATABASE_SUFFIX", ""), os.environ.get("PYTEST_XDIST_WORKER", ""))
        name = "_".join(["test_newsdesk", *filter(None, parts)])
    database.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        empty_quickly()


@pytest.fixture(scope="session")
def files_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One directory after the other, none of them made before something is put in it."""
    base = tmp_path_factory.mktemp("files")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, files_of_the_run: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test uploads goes into its own directory."""
    place = next(files_of_the_run)
    settings.MEDIA_ROOT = place / "media"
    originals = storages["originals"].__dict__
    for cached_path in ("base_location", "location"):
        monkeypatch.setitem(originals, cached_path, str(place / "originals"))


@pytest.fixture
def site_speaks(settings: Any) -> Iterator[Callable[[str], None]]:
    """Make another language the site's own: a process keeps the addresses of each language once it has made them."""

    def forget() -> None:
        clear_url_caches()
        addresses.around_slug.cache_clear()
        written_once._written.cache_clear()

    def speak(language: str) -> None:
        settings.LANGUAGE_CODE = language
        forget()

    yield speak
    forget()


@pytest.fixture(scope="session")
def shared_story() -> str:
    """The text of the reference story, which lies beside the checkout and is not part of the project."""
    if not REFERENCE.is_file():
        missing("the reference story ../shared/stories/geneva-talks.txt")
    return REFERENCE.read_text(encoding="utf-8")


@pytest.fixture
def queries_do_not_grow(db: None) -> Callable[..., None]:
    """A check that what `act` costs in queries is the same after `grow` was called several times more."""

    def check(act: Callable[[], Any], *, grow: Callable[[], Any], times: int = 4) -> None:
        grow()
        _queries(act)  # fills what a process keeps, such as content types
        before = _queries(act)
        for _ in range(times):
            grow()
        after = _queries(act)
        more = "\n".join(after)
        assert len(after) <= len(before), f"{len(before)} queries became {len(after)} with {times} more rows:\n{more}"

    return check


def _queries(act: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connections["default"]) as captured:
        response = act()
    status = getattr(response, "status_code", 200)
    assert status == 200, f"The address answered {status}, which says nothing about what its page costs."
    return [query["sql"] for query in captured.captured_queries]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine: Playwright's own is never downloaded."""
    found = chromium_here()
    if not found:
        missing("a Chromium in PATH, or at CHROMIUM")
    return {**browser_type_launch_args, "executable_path": found, "args": BROWSER_ARGUMENTS}


@pytest.fixture(autouse=True)
def nothing_refused(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a browser test on whose pages a script broke or the browser refused something by policy."""
    if "page" not in request.fixturenames:
        yield
        return
    context = request.getfixturevalue("context")
    said: list[str] = []
    context.on("weberror", lambda error: said.append(f"broken script: {error.error}"))
    context.on("console", lambda message: said.append(message.text) if REFUSED_BY_POLICY.search(message.text) else None)
    yield
    assert not said, "The browser complained:\n" + "\n".join(said)
