"""NotFetched: why a page was not fetched, or not read, in a sentence for the editor."""


class NotFetched(Exception):
    """The message is a sentence for an editor. `temporary`: another try may succeed."""

    def __init__(self, sentence: str, *, temporary: bool = False) -> None:
        super().__init__(sentence)
        self.temporary = temporary


LATE = "The page did not come within {seconds:g} seconds."
UNREACHABLE = "The site “{host}” did not answer, or broke off."
