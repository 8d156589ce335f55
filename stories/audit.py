"""The audit trail: each act is written down by the verb that does it, in the same transaction."""

from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import User

from stories.models import AuditEntry, Story, Version

COMMAND = "command"
acting_from: ContextVar[str] = ContextVar("acting_from", default=COMMAND)
LONGEST_ADDRESS, LONGEST_NAME = 60, 300


def record(
    act: str,
    sentence: str,
    *,
    by: User | None,
    story: Story | None = None,
    version: Version | None = None,
    about: Any = "",
) -> AuditEntry:
    """Write down that `by` (None: nobody in particular, such as a command) did something, and from where."""
    story = version.story if version and story is None else story
    return AuditEntry.objects.create(
        by=by,
        by_name=by.get_username() if by else "",
        address=acting_from.get()[:LONGEST_ADDRESS],
        act=act,
        story=story if story is not None and story.pk else None,
        about=str(about or story or "")[:LONGEST_NAME],
        version_number=version.number if version else None,
        sentence=sentence,
    )
