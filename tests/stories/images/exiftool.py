"""Metadata written into pictures, and read from them, by a program that is not ours."""

import json
import shutil
import subprocess
from typing import Any

import pytest


def with_metadata(picture: bytes, *arguments: str) -> bytes:
    """The picture as ExifTool writes it with these arguments, such as "-XMP-dc:Description=A harbour"."""
    return _exiftool("-m", "-q", "-charset", "filename=utf8", *arguments, "-o", "-", "-", given=picture)


def read_tags(content: bytes) -> dict[str, Any]:
    """All tags by group and name, such as “XMP-photoshop:Credit”."""
    return json.loads(_exiftool("-json", "-G1", "-struct", "-charset", "UTF8", "-", given=content))[0]


def _exiftool(*arguments: str, given: bytes) -> bytes:
    program = shutil.which("exiftool")
    if not program:
        pytest.fail(
            "These tests need ExifTool to write metadata. Install libimage-exiftool-perl (Debian) or exiftool.",
            pytrace=False,
        )
    done = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert done.stdout
    return done.stdout
