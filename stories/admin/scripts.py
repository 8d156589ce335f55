"""The admin's own scripts."""

from typing import Any

from django.forms.widgets import Script


def modules(*names: str) -> list[Any]:
    """The ES modules of these names, for a Media."""
    return [Script(f"admin/newsdesk/{name}.js", type="module") for name in names]
