"""Files as text: which encodings are read, and which refusals are sentences."""

import pytest

from stories.importing.decoding import MOST_BYTES, decode
from stories.importing.report import Refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_read_whatever_its_byte_order_mark(encoding):
    assert (
        decode("Café\u202f–\u202fTalks\r\nResume\rSoon\n".encode(encoding)) == "Café\u202f–\u202fTalks\nResume\nSoon\n"
    )


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "empty"),
        (b" \n\t\r\n", 1, "empty"),
        (b"\xef\xbb\xbf", 1, "empty"),
        ("Café closes".encode("cp1252"), 1, "Windows-1252"),
        ("One\nTwo\nCafé".encode("latin-1") + b" closes", 3, "0xE9"),
        ("Talks in Malmö".encode()[:-1], 1, "cut off"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 1, "binary"),
        (b"One\nTwo\0Three", 2, "U+0000"),
        (b"One\n\nTwo \x1b[31m", 3, "U+001B"),
        ("Talks".encode("utf-16-le"), 1, "U+0000"),
        (b"\xff\xfeT\0a", 1, "UTF-16"),
        (b"\xff\xfe\x00\xd8", 1, "UTF-16"),
        (b"x" * (MOST_BYTES + 1), 1, "bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data, line, words):
    with pytest.raises(Refused) as refusal:
        decode(data)
    assert refusal.value.line == line
    assert words in str(refusal.value)


def test_soft_line_breaks_of_word_processors_are_spaces():
    assert decode("One\x0btwo\u2028three".encode()) == "One two three"
