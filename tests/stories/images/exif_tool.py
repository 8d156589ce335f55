"""What exiftool reads in a file, and files with metadata that it wrote: a program that is not ours."""

import json
import shutil
import subprocess
from typing import Any

from tests.missing import missing


def exiftool(*arguments: str, given: bytes = b"") -> bytes:
    program = shutil.which("exiftool")
    if program is None:
        missing("exiftool (Debian: libimage-exiftool-perl)")
    done = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)  # type: ignore[list-item]
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def read_tags(content: bytes) -> dict[str, Any]:
    """All tags by group and name, such as “XMP-photoshop:Credit”."""
    return json.loads(exiftool("-json", "-G1", "-struct", "-charset", "UTF8", "-", given=content))[0]


def with_tags(content: bytes, *tags: str) -> bytes:
    """The file with these tags, such as “-XMP-dc:Creator=Orla Vantrel”."""
    return exiftool("-charset", "UTF8", *tags, "-o", "-", "-", given=content)
