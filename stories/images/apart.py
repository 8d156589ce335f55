"""Decoding in a process of its own with little memory, for kinds whose decoder takes what the file's pictures take.

What an AVIF file says of its size in its header, and what its coded picture has, may differ: three kilobytes then
take a gigabyte, and Pillow has no limit to give to its decoder.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from stories.images.limits import DAMAGED, UnusableImage

SECONDS = 60
MEMORY = 560 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")  # what a Python may need to start, and no setting of ours


def is_read_apart(data: bytes) -> bool:
    """Whether it is an AVIF file, or another of its container (ISO/IEC 14496-12, 4.3)."""
    return data[4:8] == b"ftyp"


def decode_apart(data: bytes, side: int, resampling: int) -> tuple[dict[str, Any], bytes]:
    """What `python -m stories.images` says of the picture, and its pixels as RGB. Raises UnusableImage."""
    try:
        told, _, pixels = _answer(data, side, resampling).partition(b"\n")
        said = json.loads(told)
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        raise UnusableImage(DAMAGED, code="damaged") from fault
    if "code" in said:
        raise UnusableImage(said["message"], code=said["code"])
    return said, pixels


def _answer(data: bytes, side: int, resampling: int) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "stories.images", str(side), str(int(resampling)), str(MEMORY)],
        input=data,
        capture_output=True,
        timeout=SECONDS,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        check=True,
    ).stdout
