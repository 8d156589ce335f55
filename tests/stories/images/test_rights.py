from datetime import UTC, datetime, timedelta

import pytest

from stories.images.rights import Rights, Withheld

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)


@pytest.mark.parametrize(
    ("rights", "withheld"),
    [
        (Rights(), None),
        (Rights(rights_from=NOON), None),
        (Rights(rights_from=NOON + MINUTE), Withheld.AHEAD),
        (Rights(rights_until=NOON + MINUTE), None),
        (Rights(rights_until=NOON), Withheld.ENDED),
        (Rights(killed_at=NOON - MINUTE), Withheld.KILLED),
        (Rights(rights_from=NOON + MINUTE, killed_at=NOON + MINUTE), Withheld.KILLED),
    ],
)
def test_a_picture_may_be_shown_while_its_rights_last_and_nobody_killed_it(rights, withheld):
    assert rights.withheld(NOON) == withheld


@pytest.mark.parametrize(
    ("rights", "soon"),
    [
        (Rights(), False),
        (Rights(rights_until=NOON), False),
        (Rights(rights_until=NOON + MINUTE), True),
        (Rights(rights_until=NOON + WEEK), True),
        (Rights(rights_until=NOON + WEEK + MINUTE), False),
        (Rights(rights_until=NOON + MINUTE, killed_at=NOON), False),
        (Rights(rights_from=NOON + MINUTE, rights_until=NOON + 2 * MINUTE), False),
    ],
)
def test_rights_end_soon_from_a_week_before_until_they_end(rights, soon):
    assert rights.end_soon(NOON) == soon
