"""Whether a picture may be shown at a moment: the time of its rights, and an agency's kill. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

RIGHTS_FIELDS = ("rights_from", "rights_until", "killed_at")
WARNED_BEFORE = timedelta(days=7)  # the end of the rights


class Withheld(StrEnum):
    """Why a picture is not shown."""

    KILLED = "killed"
    ENDED = "ended"
    AHEAD = "ahead"


class Rights(NamedTuple):
    """What a picture's row says of them, in the order of RIGHTS_FIELDS."""

    rights_from: datetime | None = None
    rights_until: datetime | None = None
    killed_at: datetime | None = None

    def withheld(self, at: datetime) -> Withheld | None:
        """Why the picture may not be shown at the moment, None where it may.

        Rights hold from the moment they begin until just before the one they end at. A kill holds for all times: what
        an agency recalls is not shown in an old Version either.
        """
        if self.killed_at is not None:
            return Withheld.KILLED
        if self.rights_until is not None and self.rights_until <= at:
            return Withheld.ENDED
        if self.rights_from is not None and self.rights_from > at:
            return Withheld.AHEAD
        return None

    def end_soon(self, at: datetime) -> bool:
        """Whether the picture may be shown at the moment and has to go within a week, or a week later to the minute."""
        return self.withheld(at) is None and self.rights_until is not None and self.rights_until <= at + WARNED_BEFORE


UNLIMITED = Rights()
