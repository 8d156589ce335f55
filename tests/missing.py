"""What a test needs and this machine lacks."""

import os
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI", "").lower() not in {"", "false", "0"}
NOT_HERE = "Not here: "


def missing(what: str) -> NoReturn:
    """Give up a test for want of `what`: reported at the end on a person's machine, a failure in CI."""
    if IN_CI:
        pytest.fail(f"CI must have {what}.", pytrace=False)
    pytest.skip(NOT_HERE + what)
