"""What is said of a gallery's pictures before a story goes out; nothing of it ever refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from stories.document import complete
from stories.images.rights import Rights
from stories.picture_checks import CODES, Picture, cares, in_words, without_withheld
from stories.prepublication import check
from tests import factories

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
SHA256 = "a" * 64
PICTURE = {
    "file": "pictures/quay.jpg",
    "sha256": SHA256,
    "width": 800,
    "height": 600,
    "alt_text": "A quay",
    "credit_line": "Harbour Courier",
}
DOCUMENT = complete(factories.document(gallery=[PICTURE]))


def said(picture, at=NOON, now=NOON):
    """All that is said, as readers' pictures are judged `at`: of those left out, then of those shown."""
    shown, left_out = without_withheld(DOCUMENT, {SHA256: picture}, at, now)
    return [finding.message for finding in (*left_out, *cares(shown, {SHA256: picture}, at))]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (NOON - MINUTE, "Picture 3 could be shown until Mon 2 March 2026, 11:59 UTC, so it is left out."),
        (NOON, "Picture 3 could be shown until Mon 2 March 2026, 12:00 UTC, so it is left out."),
        (NOON + MINUTE, "Picture 3 may be shown until Mon 2 March 2026, 12:01 UTC; it leaves the page then."),
        (NOON + WEEK, "Picture 3 may be shown until Mon 9 March 2026, 12:00 UTC; it leaves the page then."),
        (NOON + WEEK + MINUTE, None),
    ],
)
def test_rights_that_end_within_a_week_are_told_with_their_moment(until, sentence):
    assert said(Picture(3, Rights(rights_until=until))) == [sentence] * (sentence is not None)


@pytest.mark.parametrize(
    ("until", "beginning"),
    [
        (NOON - MINUTE, "Picture 3 could be shown until Mon 2 March 2026, 11:59 UTC, so it is left out of what goes"),
        (NOON + 9 * DAY - MINUTE, "Picture 3 may be shown until Wed 11 March 2026, 11:59 UTC, so it is left out of"),
        (NOON + 9 * DAY, "Picture 3 may be shown until Wed 11 March 2026, 12:00 UTC, so it is left out of what goes"),
        (NOON + 9 * DAY + MINUTE, "Picture 3 may be shown until Wed 11 March 2026, 12:01 UTC; it leaves the page th"),
        (NOON + 16 * DAY, "Picture 3 may be shown until Wed 18 March 2026, 12:00 UTC; it leaves the page then."),
        (NOON + 16 * DAY + MINUTE, None),
    ],
)
def test_a_schedule_is_judged_at_its_moment(until, beginning):
    told = said(Picture(3, Rights(rights_until=until)), at=NOON + 9 * DAY)
    assert [sentence[: len(beginning or "")] for sentence in told] == [beginning] * (beginning is not None)
    assert all("left out" not in one or one.endswith("goes live on Wed 11 March 2026, 12:00 UTC.") for one in told)


@pytest.mark.parametrize(
    ("begins", "left_out"), [(NOON - MINUTE, False), (NOON, False), (NOON + MINUTE, True), (NOON + 9 * DAY, True)]
)
def test_rights_that_begin_later_leave_a_picture_out_until_somebody_publishes_again(begins, left_out):
    told = said(Picture(1, Rights(rights_from=begins)))
    sentence = (
        f"Picture 1 may not be shown before {in_words(begins)}, so it is left out. Publish again then to show it."
    )
    assert told == ([sentence] if left_out else [])
    assert said(Picture(1, Rights(rights_from=begins)), at=NOON + 9 * DAY) == []


def test_moments_are_in_the_newsrooms_time_zone():
    with timezone.override("Europe/Stockholm"):
        [told] = said(Picture(1, Rights(rights_until=datetime(2026, 3, 3, 17, tzinfo=UTC))))
    assert told == "Picture 1 may be shown until Tue 3 March 2026, 18:00 CET; it leaves the page then."


def test_refused_uses_are_named():
    told = said(Picture(2, refused_uses=("not for social media", "advertising")))
    assert told == [
        "Picture 2: refused uses: “not for social media”, “advertising”. Check before it goes out.",
    ]


def test_of_a_picture_that_is_left_out_no_uses_are_told():
    [told] = said(Picture(2, Rights(killed_at=NOON), refused_uses=("advertising",)))
    assert told == "Picture 2 was killed on Mon 2 March 2026, 12:00 UTC, so it is left out."


@pytest.mark.parametrize(
    "picture",
    [
        Picture(1, Rights(killed_at=NOON)),
        Picture(1, Rights(rights_until=NOON)),
        Picture(1, Rights(rights_until=NOON + MINUTE)),
        Picture(1, Rights(rights_from=NOON + MINUTE)),
        Picture(1, refused_uses=("advertising",)),
    ],
)
def test_none_of_it_refuses_and_each_leads_to_its_picture(picture):
    [finding] = check(DOCUMENT, pictures={SHA256: picture}, at=NOON)[1]
    assert (finding.refuses, str(finding.place)) == (False, "picture-1")
    assert finding.code in CODES
