"""manage.py photo_metadata: what an upload of a file would prefill."""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stories.images.intake import take_in
from stories.images.limits import MAX_BYTES, UnusableImage
from stories.images.prefilling import read_upload
from stories.importing.files import read_bytes
from stories.importing.report import Refused


class Command(BaseCommand):
    help = (
        "Print what an upload of each file would prefill: one JSON object a line, under the Image's field names. A "
        "file that an upload would refuse gives its error instead. Exit status: 0 all were read, 1 some were not."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+", metavar="FILE", help="a picture")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        try:
            for path in options["path"]:
                said = _said_by(path)
                refused += "error" in said
                self.stdout.write(_as_json({"filename": path} | said))
                self.stdout.flush()
        except BrokenPipeError:  # whoever read has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        if refused:
            raise CommandError("1 file was not read." if refused == 1 else f"{refused} files were not read.")


def _said_by(path: str) -> dict[str, Any]:
    try:
        picture = take_in(read_bytes(Path(path), MAX_BYTES)).original
    except (Refused, UnusableImage) as error:
        return {"error": str(error)}
    return read_upload(picture).as_json()


def _as_json(values: dict[str, Any]) -> str:
    """In plain text; in escapes where the output or a file's name cannot be written in UTF-8."""
    text = json.dumps(values, ensure_ascii=False)
    is_utf_8 = (sys.stdout.encoding or "").lower() in {"utf-8", "utf8"}
    return text if is_utf_8 and _is_whole(text) else json.dumps(values)


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)
