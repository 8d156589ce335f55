from datetime import UTC, datetime, timedelta

import pytest

from stories.images.rights import Rights, Withheld

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


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
