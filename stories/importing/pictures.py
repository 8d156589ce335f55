"""The gallery block of a pasted text: caption, alt text, outlet and credit of each picture, apart. Pure."""

import re
from dataclasses import dataclass, field

from stories.importing.lines import Line, folded

LABELS = {
    "source_name": re.compile(r"(?:image|photo|photograph|picture)(?: source)?\s*:\s*(?=\S)"),
    "alt_text": re.compile(r"alt(?:ernative)?(?: text)?\s*:\s*(?=\S)"),
    "caption": re.compile(r"caption\s*:\s*(?=\S)"),
    "credit_line": re.compile(r"(?:(?:image|photo|picture) )?credits?\s*:\s*(?=\S)"),
}
LINK_WORDS = re.compile(r"\s*(?:\bsource\s+)?\bfull[\s\u00a0\u202f]size\s*$", re.IGNORECASE)
CREDIT = re.compile(
    r"\s*\((?P<credit>(?:(?:photo|image|picture|credit)[: ]+(?:by |credit: )?)?[^\W\d_a-z][^()]{1,98}"
    r"|©[^()]{1,98})\)\s*$"
)
CREDIT_WORDS = re.compile(r"^(?:(?:photo|image|picture|credit)\s*:?\s+)(?:by\s+|credit:\s*)?", re.IGNORECASE)
NO_CREDITS = frozenset("right|left|centre|center|top|bottom|file|file photo|archive|pictured|above".split("|"))
MARKER = re.compile(r"\[[0-9]{1,3}\]")
LONGEST = 1000


@dataclass
class Picture:
    """One picture as pasted: its lines, and what they say."""

    lines: list[Line] = field(default_factory=list)
    alt_text: str = ""
    caption: str = ""
    credit_line: str = ""
    source_name: str = ""
    alt_line: int = 0

    @property
    def line(self) -> int:
        return self.lines[0].number


def take_pictures(lines: list[Line]) -> tuple[list[Picture], list[Line]]:
    """The pictures among the lines, and the lines that are none of theirs."""
    pictures: list[Picture] = []
    rest: list[Line] = []
    for block in _blocks(lines):
        if not any(_is_evidence(line) for line in block):
            rest += block
            continue
        last = max(index for index, line in enumerate(block) if _is_evidence(line))
        at = 0
        while at <= last and not _is_text(block[at]):
            end = _end_of_picture(block, at)
            pictures.append(_described(block[at:end]))
            at = end
        rest += block[at:]
    return pictures, rest


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """Lines without a blank line between; a bullet's block goes with a picture's block that it leads to."""
    blocks: list[list[Line]] = []
    begun = has_text = False  # of the last block: whether it is a picture's so far, and whether it has running text
    for line in lines:
        joined = bool(blocks) and begun and not has_text and not _is_last(blocks[-1][-1]) and _goes_on(line)
        if not blocks or (line.opens and not joined):
            blocks.append([])
            begun, has_text = line.has_bullet, False
        blocks[-1].append(line)
        begun, has_text = begun or _is_evidence(line), has_text or _is_text(line)
    return blocks


def _goes_on(line: Line) -> bool:
    return _is_evidence(line) and not line.has_bullet


def _is_text(line: Line) -> bool:
    return bool(MARKER.search(line.text)) or len(line.text) > LONGEST


def _label_of(line: Line) -> str | None:
    words = folded(line.plain)
    return next((name for name, pattern in LABELS.items() if pattern.match(words)), None)


def _is_last(line: Line) -> bool:
    return bool(LINK_WORDS.search(line.text[-40:]))


def _is_evidence(line: Line) -> bool:
    return not _is_text(line) and (_is_last(line) or _label_of(line) is not None)


def _end_of_picture(block: list[Line], begins: int) -> int:
    """Where the picture that begins there ends: behind its links, at the next bullet, or at running text."""
    for index in range(begins, len(block)):
        if index > begins and (block[index].has_bullet or _is_text(block[index])):
            return index
        if _is_last(block[index]):
            return index + 1
    return len(block)


def _described(lines: list[Line]) -> Picture:
    picture = Picture(lines)
    texts: list[Line] = []
    told_after_source = False
    for line in lines:
        label = _label_of(line)
        if label:
            value = line.plain.split(":", 1)[1].strip()
            value = LINK_WORDS.sub("", value) if _is_last(line) else value
            setattr(picture, label, " – ".join(filter(None, [getattr(picture, label), value])))
            picture.alt_line = line.number if label == "alt_text" else picture.alt_line
        elif _is_last(line) and not picture.caption:
            picture.caption = LINK_WORDS.sub("", line.plain)
        else:
            texts.append(line)
            told_after_source = told_after_source or bool(picture.source_name)
    is_caption = told_after_source or len(texts) != 1 or picture.alt_text or not picture.source_name
    if not picture.caption and texts and is_caption:
        picture.caption = texts.pop().plain
    _take_credit(picture)
    _take_alt_text(picture, texts)
    return picture


def _take_credit(picture: Picture) -> None:
    """The agency in brackets at a caption's end is its credit line."""
    match = CREDIT.search(picture.caption)
    if not match or folded(match["credit"]) in NO_CREDITS or picture.credit_line:
        return
    picture.credit_line = CREDIT_WORDS.sub("", match["credit"]).strip() or match["credit"]
    picture.caption = picture.caption[: match.start()].rstrip()


def _take_alt_text(picture: Picture, texts: list[Line]) -> None:
    """The texts besides the caption, each once; one that only repeats the caption counts where it is the only one."""
    unique = {line.plain: line.number for line in reversed(texts)}
    told = list(dict.fromkeys(line.plain for line in texts))
    others = [text for text in told if text != picture.caption] or told
    if others:
        picture.alt_text = " ".join(filter(None, [picture.alt_text, *others]))
        picture.alt_line = picture.alt_line or unique[others[0]]
