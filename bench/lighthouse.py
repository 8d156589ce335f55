"""Lighthouse's four scores of a page, as its own command gives them; it comes from npm, and takes Node."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

VERSION = "12.8.2"  # the last that runs on Node 20
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PRESETS: dict[str, list[str]] = {"telephone": [], "desktop": ["--preset=desktop"]}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class Scores(NamedTuple):
    """From 0 to 100 by category, and the audits that took something off, with what they say."""

    address: str
    preset: str
    scores: dict[str, int]
    wanting: list[str]

    def broken(self) -> list[str]:
        low = [f"{category} {score}" for category, score in self.scores.items() if score < 100]
        return [f"{self.address} ({self.preset}): Lighthouse gives {', '.join(low)}"] if low else []


def is_there() -> bool:
    return bool(shutil.which("npx"))


def scores(site: str, address: str, preset: str, browser: str) -> Scores:
    """Raises CalledProcessError when Lighthouse cannot run."""
    with tempfile.TemporaryDirectory() as place:
        told = Path(place) / "told.json"
        command = ["npx", "--yes", f"lighthouse@{VERSION}", site + address, *PRESETS[preset], "--quiet"]
        command += [f"--chrome-flags={FLAGS}", "--output=json", f"--output-path={told}"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        subprocess.run(command, env={**os.environ, "CHROME_PATH": browser}, check=True, stdout=subprocess.DEVNULL)
        return read(address, preset, json.loads(told.read_text(encoding="utf-8")))


def read(address: str, preset: str, told: dict[str, Any]) -> Scores:
    found = {name: round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES}
    counted = {audit["id"] for name in CATEGORIES for audit in told["categories"][name]["auditRefs"] if audit["weight"]}
    wanting = [
        f"{audit['id']} {audit['score']}: {audit.get('displayValue') or audit['title']}"
        for name, audit in told["audits"].items()
        if name in counted and audit["score"] is not None and audit["score"] < 1
    ]
    return Scores(address, preset, found, wanting)
