import json

import pytest

from tests.newsroom import member

pytestmark = pytest.mark.django_db
DATES, LINES = "/admin/stories/story/read-dates/", "/admin/stories/story/read-lines/"


@pytest.fixture
def editor(client):
    client.force_login(member("Editor"))
    return client


def dates(client, *texts):
    return client.post(DATES, {"dates": json.dumps(texts)}).json()["dates"]


def test_dates_are_read_with_their_place_in_time(editor):
    read = dates(editor, "24.2.2022", "Feb 30 2022", "late 2022", "2022", "")
    assert read["24.2.2022"]["reads"] == "Feb 24 2022"
    assert "Feb 30" in read["Feb 30 2022"]["error"]
    order = sorted(read, key=lambda text: read[text]["moment"])
    assert order[:3] == ["2022", "24.2.2022", "late 2022"]
    assert read[""] == {"reads": "", "moment": [1], "error": ""}


def test_lines_become_events_and_none_is_dropped(editor):
    pasted = "Feb 24 2022 – It begins [1].\nDec 6–7 2025: Two days [2]\nNo date here"
    events = editor.post(LINES, {"text": pasted}).json()["events"]
    assert [(event["date"], event["text"]) for event in events] == [
        ("Feb 24 2022", "It begins [1]."),
        ("Dec 6–7 2025", "Two days [2]"),
        ("", "No date here"),
    ]
    assert [bool(event["problem"]) for event in events] == [False, False, True]


def test_what_is_no_list_of_dates_or_too_much_is_refused_in_words(editor):
    for sent in ("", "{}", "[1]", "not json", json.dumps(["x"] * 10_001)):
        response = editor.post(DATES, {"dates": sent})
        assert (response.status_code, "dates" in response.json()["message"]) == (400, True)
    too_long = editor.post(LINES, {"text": "x" * 2_000_001})
    assert (too_long.status_code, "Paste a part of it" in too_long.json()["message"]) == (422, True)
    too_many = editor.post(LINES, {"text": "May 1 2020 – x\n" * 10_001})
    assert (too_many.status_code, "10001 lines" in too_many.json()["message"]) == (422, True)


def test_hostile_dates_end_in_a_sentence(editor):
    read = dates(editor, "9" * 5000, "\0", "[" * 400, "\u202e2022")
    assert all(how["error"] or not how["reads"] for how in read.values())


def test_dates_are_read_for_who_may_write_stories_only(client):
    client.force_login(member("Photo desk"))
    assert client.post(DATES, {"dates": "[]"}).status_code == 403
    client.force_login(member("Reporter"))
    assert client.get(LINES).status_code == 405
    assert client.post(LINES, {"text": ""}).json() == {"events": []}
