"""The only door: publishing, scheduling, withdrawing and restoring Versions, placing and renaming stories.

Every verb holds the Story row, acts at one moment `at` and is one transaction: it happens whole or not at all.
`at` is the moment of the act; only tests and loaders of past editions give it, all others act now.
"""

from stories.publishing.arranging import arrange_sub_stories, place, rename
from stories.publishing.ending import withdraw
from stories.publishing.issuing import ScheduledChoice, publish, restore
from stories.publishing.scheduling import call_off, reschedule, schedule

__all__ = [
    "ScheduledChoice",
    "arrange_sub_stories",
    "call_off",
    "place",
    "publish",
    "rename",
    "reschedule",
    "restore",
    "schedule",
    "withdraw",
]
