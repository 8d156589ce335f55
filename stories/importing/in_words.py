"""What became of an import, for a person at a terminal."""

from pathlib import Path

from stories.importing.counting import counts_of
from stories.importing.report import Aside, in_words
from stories.importing.storing import Did, Outcome, Wishes

DONE = {
    Did.CREATED: "imported as a new story",
    Did.UPDATED: "its draft was updated",
    Did.UNCHANGED: "nothing has changed",
    Did.REFUSED: "refused",
}
WOULD = {
    Did.CREATED: "would be imported as a new story",
    Did.UPDATED: "its draft would be updated",
    Did.UNCHANGED: "nothing would change",
    Did.REFUSED: "would be refused",
}


def outcome_in_words(path: Path, outcome: Outcome, wishes: Wishes) -> str:
    """Several lines: what was done with which story, how much it holds, and the report."""
    document = outcome.imported.document
    title = f"“{document.headline or 'without headline'}”: " if document else ""
    lines = [f"{path}: {title}{(WOULD if wishes.dry_run else DONE)[outcome.did]}."]
    if document and outcome.did is not Did.REFUSED:
        lines.append(f"  {counts_of(document, outcome.imported, outcome.imported.sub_stories).in_words()}.")
    if outcome.story and outcome.did is not Did.REFUSED:
        lines.append(f"  Address: {outcome.story.slug}")
    if outcome.version:
        lines.append(f"  Published as Version {outcome.version.number}.")
    if outcome.new_sub_stories:
        lines.append(f"  Drafts made for sub-stories: {len(outcome.new_sub_stories)}.")
    lines += [f"  {line}" for line in in_words(outcome.imported.report)]
    lines += [f"  {_left_out(aside)}" for aside in outcome.imported.asides]
    return "\n".join(lines)


def _left_out(aside: Aside) -> str:
    return f"line {aside.line}  left out  “{aside.text[:80]}”: {aside.reason}."
