"""The only door: publishing, scheduling, withdrawing, taking back and redacting Versions, placing and renaming stories,
and what readers have of policies.

Every verb holds the row of the Story or the Policy, acts at one moment `at` and is one transaction: it happens whole or
not at all, and the audit trail has it. `at` is the moment of the act; only tests and loaders of past editions give it,
all others act now.
"""

from stories.publishing.arranging import arrange_sub_stories, place, rename
from stories.publishing.ending import withdraw
from stories.publishing.issuing import Terms, publish, restore
from stories.publishing.noticing import issue_notice
from stories.publishing.policies import end_policy, publish_policy
from stories.publishing.scheduling import call_off, change_scheduled, reschedule, schedule
from stories.publishing.taking_back import redact, reinstate, take_back
from stories.publishing.waiting import ScheduledChoice

__all__ = [
    "ScheduledChoice",
    "Terms",
    "arrange_sub_stories",
    "call_off",
    "change_scheduled",
    "end_policy",
    "issue_notice",
    "place",
    "publish",
    "publish_policy",
    "redact",
    "reinstate",
    "rename",
    "reschedule",
    "restore",
    "schedule",
    "take_back",
    "withdraw",
]
