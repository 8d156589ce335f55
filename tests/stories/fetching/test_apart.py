import pytest

from stories.fetching.apart import read_apart
from stories.fetching.page import Page
from stories.fetching.refusal import NotFetched
from tests.stories.fetching.hostile import PAGE

NOTHING = "The page was fetched, but nothing could be read from it."


def page(body):
    return Page("https://harbour.example/berth", body, "utf-8")


def test_a_page_is_read():
    assert read_apart(page(PAGE)).title == "A second berth opens"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 100_000,
        b"<div>" * 150_000,
        b'<html><head><script type="application/ld+json">' + b'\\"' * 450_000 + b"</script></head></html>",
        b"<html " + b"".join(b"a%d=1 " % number for number in range(90_000)) + b"><title>A title</title>",
    ],
    ids=["empty", "NUL", "deep", "quotes for hours", "attributes"],
)
def test_a_page_that_is_made_to_break_or_occupy_a_parser_ends_in_a_sentence(body):
    with pytest.raises(NotFetched) as refusal:
        read_apart(page(body), seconds=2)
    assert str(refusal.value) == NOTHING
    assert not refusal.value.temporary


def test_the_reading_process_has_no_settings(monkeypatch, tmp_path):
    """What reads a hostile page knows neither the key nor the database."""
    told = {}
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setattr("subprocess.run", lambda *args, **options: told.update(options) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_apart(page(PAGE))
    assert set(told["env"]) <= {"PATH", "LD_LIBRARY_PATH", "SYSTEMROOT"}
