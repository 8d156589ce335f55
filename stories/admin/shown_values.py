"""What a form showed when it was opened, carried with it: so that only what its writer changed is written.

Of two people at one row neither then writes over the other: a field that both changed is told, all others go through.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

MOMENT = "moment"


def as_text(values: Mapping[str, Any]) -> str:
    """The values for a hidden input; moments to the microsecond."""
    return json.dumps(values, default=lambda value: {MOMENT: value.astimezone(UTC).isoformat()})


def from_text(text: str, names: Iterable[str]) -> dict[str, Any]:
    """The values of these names; {} for a text that is none of ours. Nothing more than a stale form hangs on it."""
    try:
        values = json.loads(text, object_hook=_moment)
        return {name: values[name] for name in names}
    except (ValueError, TypeError, KeyError):
        return {}


def in_words(value: Any) -> str:
    """A stored value as a sentence can quote it."""
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _moment(value: dict[str, Any]) -> Any:
    return datetime.fromisoformat(value[MOMENT]) if value.keys() == {MOMENT} else value
