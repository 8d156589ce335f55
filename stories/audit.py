"""The audit trail: each act is written down by the verb that does it, in the same transaction."""

from collections.abc import Iterable
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
    entry = _entry(act, sentence, by=by, story=story, about=about)
    entry.version_number = version.number if version else None
    entry.save()
    return entry


def record_each(act: str, told: Iterable[tuple[str, Story | None, str]], *, by: User | None) -> None:
    """Write down one act about several things in one statement: a sentence, the story or None, and what it is about."""
    AuditEntry.objects.bulk_create(
        _entry(act, sentence, by=by, story=story, about=about) for sentence, story, about in told
    )


def _entry(act: str, sentence: str, *, by: User | None, story: Story | None, about: Any) -> AuditEntry:
    return AuditEntry(
        by=by,
        by_name=by.get_username() if by else "",
        address=acting_from.get()[:LONGEST_ADDRESS],
        act=act,
        story=story if story is not None and story.pk else None,
        about=str(about or story or "")[:LONGEST_NAME],
        sentence=sentence,
    )
