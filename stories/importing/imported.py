"""What reading an input gives, whichever its format."""

from dataclasses import dataclass, replace

from stories.document import StoryDocument
from stories.importing.report import Aside, Entry


class NotStored(Exception):
    """The document cannot become the draft; nothing was written. The message is a sentence for an editor."""


@dataclass(frozen=True)
class Imported:
    """What came of one input: the document, or None with the reason in the report; headlines of sub-stories to make.

    `is_whole` says that what the document leaves blank is meant to be blank: true of a StoryDocument, not of a text.
    """

    document: StoryDocument | None
    report: tuple[Entry, ...] = ()
    asides: tuple[Aside, ...] = ()
    sub_stories: tuple[str, ...] = ()
    is_whole: bool = False

    def with_entries(self, *entries: Entry) -> "Imported":
        """With more remarks at the report's end."""
        return replace(self, report=(*self.report, *entries))
