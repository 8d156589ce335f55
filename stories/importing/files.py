"""Files to import: each becomes one or several inputs, or a refusal; nothing here writes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from stories.document import StoryDocument, sha256
from stories.importing.decoding import MOST_BYTES, decode
from stories.importing.imported import Imported
from stories.importing.pasted_text import read_pasted_text
from stories.importing.report import Refused
from stories.importing.story_json import read_story_json

MOST_JSON_BYTES = 5_000_000  # a document holds its sentences twice, and a file several documents


@dataclass(frozen=True)
class Input:
    """One story to be, with the SHA-256 by which the same input is known again."""

    imported: Imported
    digest: str = ""


def read_file(path: Path, form: str | None = None) -> list[Input]:
    """The inputs in a file: one of a text, one or several of JSON. `form` is "text" or "json", else the name tells.

    Never raises: what cannot be read is an input without a document, with the reason in its report.
    """
    is_json = form == "json" or (form is None and path.suffix.lower() == ".json")
    most = MOST_JSON_BYTES if is_json else MOST_BYTES
    try:
        text = decode(read_bytes(path, most), most=most)
    except Refused as refusal:
        return [Input(Imported(None, (refusal.entry(),)))]
    return read_text(text, is_json=is_json)


def read_text(text: str, *, is_json: bool) -> list[Input]:
    """The inputs in a text that is decoded already. Never raises."""
    if is_json:
        read = read_story_json(text)
        return [Input(one, digest_of_document(one.document) if one.document else "") for one in read]
    return [Input(read_pasted_text(text), digest_of_text(text))]


def read_bytes(path: Path, most: int) -> bytes:
    """The file's bytes, one more than `most` at the most. Raises Refused where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is not a file. Give the path of a file.")
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise Refused(f"There is no file {path}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused(f"{path} cannot be read: {reason}.") from error


def digest_of_text(text: str) -> str:
    """SHA-256 of the text without the blanks around it and at the ends of its lines, which copying adds and drops."""
    lines = (line.rstrip() for line in text.strip().split("\n"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digest_of_document(document: StoryDocument) -> str:
    return sha256(document.as_json())
