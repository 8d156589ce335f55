"""Reading a page in a process of its own, which has no secrets, little memory and little time.

A page can be made to occupy a parser for hours, or to break it; then that process ends, and nothing else.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from stories.fetching.details import MOST_READ, Details
from stories.fetching.page import Page
from stories.fetching.refusal import NotFetched

SECONDS = 20
ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # what a Python may need to start, and no setting of ours
NOTHING = "The page was fetched, but nothing could be read from it."


def read_apart(page: Page, *, seconds: int = SECONDS) -> Details:
    """What the page says of itself. Raises NotFetched if that is nothing."""
    try:
        said = json.loads(_said(page, seconds))
        published = date.fromisoformat(said["published"]) if said["published"] else None
        details = Details(**{**said, "published": published})
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise NotFetched(NOTHING) from error
    if not (details.title or details.outlet or details.published or details.authors):
        raise NotFetched(NOTHING)
    return details


def _said(page: Page, seconds: int) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "stories.fetching", page.url, page.charset[:40], str(seconds)],
        input=page.body[:MOST_READ],
        capture_output=True,
        timeout=seconds,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        check=True,
    ).stdout
