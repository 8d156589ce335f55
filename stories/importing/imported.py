"""What reading an input gives, whichever its format."""

from dataclasses import dataclass, field, replace

from stories.document import StoryDocument
from stories.importing.findings import Places
from stories.importing.report import Aside, Entry


@dataclass(frozen=True)
class Imported:
    """What came of one input: the document, or None with the reason in the report; headlines of sub-stories to make.

    `is_whole` says that what the document leaves blank is meant to be blank: true of a StoryDocument, not of a text.
    `says_language`: somebody said which it is, where a text's is a guess. `places` are the lines of its parts.
    """

    document: StoryDocument | None
    report: tuple[Entry, ...] = ()
    asides: tuple[Aside, ...] = ()
    sub_stories: tuple[str, ...] = ()
    is_whole: bool = False
    says_language: bool = False
    places: Places = field(default_factory=Places)

    def with_entries(self, *entries: Entry) -> "Imported":
        """With more remarks at the report's end."""
        return replace(self, report=(*self.report, *entries))
