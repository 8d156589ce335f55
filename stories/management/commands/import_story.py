"""manage.py import_story: bring stories in from pasted texts and StoryDocuments."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from stories.document import storable
from stories.images.intake import Intake, take_in
from stories.images.limits import MAX_BYTES, UnusableImage
from stories.importing.files import Input, read_bytes, read_file
from stories.importing.in_words import outcome_in_words
from stories.importing.report import Code, Entry, Refused
from stories.importing.storing import Did, Outcome, Wishes, store
from stories.models import Story, Topic

USAGE = 2


class Command(BaseCommand):
    help = (
        "Import stories: pasted texts, or StoryDocuments as JSON (one, or a list). Reports every guess and fault by "
        "line. Exit status: 0 all imported, 1 something was refused, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+", type=Path, help="a text or JSON file, in UTF-8")
        parser.add_argument("--format", choices=["text", "json"], help="what the files are; by default, by their names")
        parser.add_argument("--topic", metavar="SLUG", help="put the stories in this topic")
        parser.add_argument("--parent", metavar="SLUG", help="make them sub-stories of this story")
        parser.add_argument("--image", metavar="FILE", type=Path, help="the file of the story's first picture")
        parser.add_argument("--publish", action="store_true", help="publish each story once its draft is written")
        parser.add_argument(
            "--replace", action="store_true", help="also where the draft was edited since the last import"
        )
        parser.add_argument("--dry-run", action="store_true", help="report only; write nothing at all")
        parser.add_argument("--json", action="store_true", help="print one JSON object a file in place of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        wishes = _wishes(options)
        refused = 0
        for path in options["path"]:
            read = list(read_file(path, options["format"]))
            if wishes.picture and len(read) > 1:
                raise CommandError(f"--image goes with one story, but {path} holds {len(read)}.", returncode=USAGE)
            for each in read:
                outcome = _stored(each, wishes)
                refused += outcome.is_refused
                self.stdout.write(_as_json(outcome) if options["json"] else outcome_in_words(path, outcome, wishes))
        if refused:
            raise CommandError("1 story was refused." if refused == 1 else f"{refused} stories were refused.")


def _wishes(options: dict[str, Any]) -> Wishes:
    """What the options ask for. Raises CommandError, with the status of wrong usage, for what is not there."""
    if options["image"] and len(options["path"]) > 1:
        raise CommandError("--image goes with one story. Give one path.", returncode=USAGE)
    return Wishes(
        topic=_by_slug(Topic, options["topic"], "topic"),
        parent=_by_slug(Story, options["parent"], "parent"),
        picture=_picture(options["image"]),
        replace=options["replace"],
        publish=options["publish"],
        dry_run=options["dry_run"],
    )


def _by_slug(model: Any, slug: str | None, option: str) -> Any:
    if slug is None:
        return None
    try:
        found = model.objects.filter(slug=storable(slug)).first()
    except ValueError as error:
        raise CommandError(f"--{option}: {error}", returncode=USAGE) from error
    except DatabaseError as error:
        raise CommandError(_database_sentence(error)) from error
    if found is None:
        raise CommandError(f"--{option}: nothing here has the slug “{slug}”.", returncode=USAGE)
    return found


def _picture(path: Path | str | None) -> Intake | None:
    if path is None:
        return None
    try:
        return take_in(read_bytes(Path(path), MAX_BYTES), filename=Path(path).name)
    except (Refused, UnusableImage) as error:
        raise CommandError(f"--image: {error}", returncode=USAGE) from error


def _stored(each: Input, wishes: Wishes) -> Outcome:
    try:
        return store(each.imported, each.digest, wishes)
    except DatabaseError as error:
        entry = Entry(1, Code.REFUSED, _database_sentence(error))
        return Outcome(each.imported.with_entries(entry), Did.REFUSED)


def _database_sentence(error: DatabaseError) -> str:
    return f"The database cannot be used: {error}. Is it there, and did “manage.py migrate” run?".replace("\n", " ")


def _as_json(outcome: Outcome) -> str:
    document = outcome.imported.document
    report = [entry.as_json() for entry in outcome.imported.report]
    plain = (sys.stdout.encoding or "").lower() not in {"utf-8", "utf8"}
    left_out = [{"line": one.line, "text": one.text, "reason": one.reason} for one in outcome.imported.asides]
    values = {"document": document and document.as_json(), "report": report, "left_out": left_out}
    return json.dumps(values, ensure_ascii=plain)
