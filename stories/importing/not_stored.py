"""Why a document did not become a draft."""

from stories.models import Story


class NotStored(Exception):
    """The document cannot become the draft; nothing was written. The message is a sentence for an editor.

    `story` is the one whose draft was edited and could be replaced.
    """

    def __init__(self, message: str, story: Story | None = None) -> None:
        self.story = story
        super().__init__(message)
