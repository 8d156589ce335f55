"""Text of older metadata, whose encoding is seldom said, and not always truly. Pure."""

from enum import Enum, auto


class Said(Enum):
    """What a file says of the encoding of its text."""

    NOTHING = auto()
    UTF_8 = auto()
    ANOTHER = auto()


def decoded(text: bytes, said: Said = Said.NOTHING) -> str:
    """The words in UTF-8 where the file says so or says nothing and the bytes are valid UTF-8, else in cp1252.

    Valid UTF-8 beyond ASCII is hardly ever anything else, and many programs write it without saying so. Where it is
    said, half a character at the end is left off: old limits were in bytes. cp1252 is Latin-1 as programs on Windows
    write it; a byte that it does not know is that of Latin-1.
    """
    try:
        if said is not Said.ANOTHER:
            return text.decode("utf-8")
    except UnicodeDecodeError as fault:
        if said is Said.UTF_8 and fault.reason == "unexpected end of data":
            return text[: fault.start].decode("utf-8")
    try:
        return text.decode("cp1252")
    except UnicodeDecodeError:
        return text.decode("latin-1")
