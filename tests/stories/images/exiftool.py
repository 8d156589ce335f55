"""Metadata written into pictures by a program that is not ours."""

import shutil
import subprocess

import pytest


def with_metadata(picture: bytes, *arguments: str) -> bytes:
    """The picture as ExifTool writes it with these arguments, such as "-XMP-dc:Description=A harbour"."""
    program = shutil.which("exiftool")
    if not program:
        pytest.fail(
            "These tests need ExifTool to write metadata. Install libimage-exiftool-perl (Debian) or exiftool.",
            pytrace=False,
        )
    command = [program, "-m", "-q", "-charset", "filename=utf8", *arguments, "-o", "-", "-"]
    written = subprocess.run(command, input=picture, capture_output=True, check=False)
    assert written.returncode == 0 and written.stdout, written.stderr.decode(errors="replace")  # noqa: PT018
    return written.stdout
