from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from stories.touching import Past, touching, words_of
from tests import factories
from tests.factories import NOON

HOUR = timedelta(hours=1)
FAULT = {"s1.1": "The line opened a second berth [1]."}
MENDED = {"s1.1": "The line opened a third berth [1]."}


class Told(NamedTuple):
    passage: str = "s1.1"
    number: int = 3
    issued_at: datetime = NOON + 4 * HOUR


def past(number, words):
    """Version `number`, published that many hours after noon."""
    return Past(number, NOON + number * HOUR, words)


def numbers(notice, said):
    """The Versions that the notice touches, of those that said that, from the first on."""
    versions = [past(number, words) for number, words in enumerate(said, 1)]
    words = {one.number: one.words for one in versions}
    return [one.number for one in versions if touching([notice], one, words)]


def test_every_version_that_says_the_same_had_the_fault_however_far_back():
    assert numbers(Told(), [FAULT, FAULT, FAULT, MENDED]) == [1, 2, 3]


def test_a_version_that_said_otherwise_or_had_no_such_passage_had_not():
    assert numbers(Told(), [FAULT, MENDED, FAULT, MENDED]) == [1, 3]
    assert numbers(Told(), [{}, {"s1.2": FAULT["s1.1"]}, FAULT, MENDED]) == [3]


def test_a_version_between_the_named_one_and_the_notice_had_it_too():
    assert numbers(Told(number=1, issued_at=NOON + 3 * HOUR), [FAULT, FAULT, MENDED]) == [1, 2]


@pytest.mark.parametrize(("after", "touched"), [(timedelta(0), [1, 2]), (timedelta(seconds=1), [1, 2, 3])])
def test_what_was_published_with_the_notice_or_after_it_is_not_touched(after, touched):
    assert numbers(Told(number=2, issued_at=NOON + 3 * HOUR + after), [FAULT, FAULT, FAULT, FAULT]) == touched


def test_a_notice_about_the_whole_touches_all_up_to_the_named_version():
    assert numbers(Told(passage=""), [MENDED, {}, FAULT, FAULT]) == [1, 2, 3]


def test_where_the_named_words_are_gone_nothing_tells_of_earlier_ones():
    assert numbers(Told(), [FAULT, FAULT, {}, MENDED]) == [3]
    assert numbers(Told(), [{}, FAULT, {}, MENDED]) == [3]


def test_of_several_notices_those_that_touch_keep_their_order():
    notices = [Told(passage=""), Told(passage="s1.9"), Told()]
    assert touching(notices, past(2, FAULT), {3: FAULT}) == [notices[0], notices[2]]


def test_the_words_of_sentences_events_and_sections_are_folded():
    document = {
        "sections": [
            {
                "id": "s1",
                "heading": "A crossing",
                "body": "<p>One.  Two.</p>",
                "sentences": [{"id": "s1.1", "text": "One\n more."}, {"id": "s1.2", "text": "Two."}],
            }
        ],
        "timeline": [
            {
                "id": "t1",
                "date": "2026-03-01",
                "label": "",
                "text": "It  opens.",
                "sentences": [{"id": "t1.1", "text": "It  opens."}],
            }
        ],
    }
    assert words_of(document) == {
        "s1": "A crossing One more. Two.",
        "s1.1": "One more.",
        "s1.2": "Two.",
        "t1": "2026-03-01 It opens.",
        "t1.1": "It opens.",
    }
    assert words_of({}) == {}


@pytest.mark.parametrize("changed", ["heading", "date"])
def test_a_heading_and_a_date_can_be_the_fault(changed):
    before = factories.document().as_json()
    after = factories.document().as_json()
    after["sections"][0]["heading"] = "Another" if changed == "heading" else after["sections"][0]["heading"]
    after["timeline"][0]["date"] = "2026-03-02" if changed == "date" else after["timeline"][0]["date"]
    differing = {id for id, words in words_of(before).items() if words_of(after)[id] != words}
    assert differing == ({"s1"} if changed == "heading" else {"t1"})
