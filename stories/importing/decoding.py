"""Bytes of a file as text, or a sentence that says why they are none."""

import codecs
import re

from stories.importing.report import Refused

MOST_BYTES = 2_000_000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SOFT_BREAKS = str.maketrans({"\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": " ", "\u2029": " "})
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, *, most: int = MOST_BYTES, what: str = "file") -> str:
    """The text, its lines ended by "\\n". UTF-8, or UTF-16 and UTF-32 where a byte order mark says so.

    Raises Refused. No other encoding is guessed: a wrong guess would corrupt names without a trace.
    """
    if len(data) > most:
        raise Refused(f"The {what} has more than {most:,} bytes, which is more than a story can have.")
    mark, encoding = next((pair for pair in BYTE_ORDER_MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(*_undecodable(data[len(mark) :], encoding, error)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise Refused(
            f"Line {line} contains the control character U+{ord(control[0]):04X}, so this is no text file. "
            "Save it as plain text in UTF-8 and import it again.",
            line,
        )
    if not text.strip():
        raise Refused(f"The {what} is empty.")
    return text.translate(SOFT_BREAKS)


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError) -> tuple[str, int]:
    if b"\0" in data and encoding == "utf-8":
        return "The file is no text: it contains binary data. Save the text as UTF-8 and import it again.", 1
    line = data.count(b"\n", 0, error.start) + 1 if encoding == "utf-8" else 1
    if encoding == "utf-8" and error.end >= len(data) and error.reason == "unexpected end of data":
        return f"The file ends within a character (line {line}): it seems to be cut off. Get it again, whole.", line
    return (
        f"Line {line} is not in {encoding.upper()} (byte 0x{data[error.start]:02X}); it may be Windows-1252. "
        "Save the text as UTF-8 and import it again.",
        line,
    )
