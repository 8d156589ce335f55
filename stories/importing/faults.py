"""What pydantic says of a document, in an editor's words: where, what, and what to do."""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

PARTS = {
    "gallery": "picture",
    "sections": "section",
    "sources": "source",
    "timeline": "event",
    "resources": "external resource",
    "sentences": "sentence",
    "authors": "author",
    "cites": "citation",
}
MOST = 20
Place = tuple[int | str, ...]


def faults(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Each fault's place in the document and its sentence; of many, the first twenty and their number."""
    for told in error.errors(include_url=False, include_context=True)[:MOST]:
        place = tuple(told["loc"])
        yield place, f"{where(place)}: {_what(told['type'], told['msg'], told.get('ctx') or {}, told.get('input'))}"
    if error.error_count() > MOST:
        yield (), f"There are {error.error_count() - MOST} more faults of this kind."


def where(place: Sequence[int | str]) -> str:
    """`("sections", 2, "heading")` as “Section 3, heading”."""
    words: list[str] = []
    for index, step in enumerate(place):
        if isinstance(step, int):
            continue
        after = place[index + 1] if index + 1 < len(place) else None
        words.append(f"{PARTS.get(step, step)} {after + 1}" if isinstance(after, int) else str(step)[:60])
    text = ", ".join(words) or "the document"
    return text[:1].upper() + text[1:]


def _what(kind: str, message: str, context: dict[str, object], value: object) -> str:
    if isinstance(value, str) and kind in {"too_long", "too_short", "string_too_short"}:
        kind = "string_too_long" if kind == "too_long" else "string_too_short"
    sentences = {
        "missing": "it is missing. Give it.",
        "extra_forbidden": "the format has no such field. Remove it.",
        "string_too_long": f"it is longer than {context.get('max_length')} characters. Shorten it.",
        "string_too_short": "it is empty. Give it.",
        "too_long": f"there are more than {context.get('max_length')} of them.",
        "string_type": "it has to be a text.",
        "string_unicode": "the text contains half a character (a lone surrogate). Remove it.",
        "list_type": "it has to be a list.",
        "model_type": "it has to be an object with fields.",
        "literal_error": f"it has to be {context.get('expected')}.",
        "string_pattern_mismatch": f"“{str(value)[:60]}” is not in the form that is wanted here.",
    }
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return sentences.get(kind, message.removesuffix(".") + ".")
