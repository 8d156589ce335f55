"""Why a document did not become a draft."""

from stories.models import Story


class NotStored(Exception):
    """The document cannot become the draft; nothing was written. The message is a sentence for an editor.

    `story` is the one whose draft could be replaced, once that was looked at and asked for.
    """

    def __init__(self, message: str, story: Story | None = None) -> None:
        self.story = story
        super().__init__(message)
