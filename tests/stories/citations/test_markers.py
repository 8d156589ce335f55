import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.citations.markers import Marker, find_markers


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("[6]", (6,)),
        ("[999]", (999,)),
        ("[1–100]", tuple(range(1, 101))),
        ("[6, 9]", (6, 9)),
        ("[6,9]", (6, 9)),
        ("[9, 6]", (9, 6)),
        ("[6, 6]", (6,)),
        ("[4-6]", (4, 5, 6)),
        ("[4–6]", (4, 5, 6)),
        ("[4\u20116]", (4, 5, 6)),
        ("[4 – 6]", (4, 5, 6)),
        ("[4-4]", (4,)),
        ("[1, 4–6]", (1, 4, 5, 6)),
        ("[4–6, 5, 9]", (4, 5, 6, 9)),
        ("[\u00a06\u202f,\u202f9 ]", (6, 9)),
        ("[6,\n9]", (6, 9)),
    ],
)
def test_a_marker_names_its_sources(written, numbers):
    assert find_markers(f"He left {written}.") == [Marker(numbers, 8, 8 + len(written))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[ ]",
        "[sic]",
        "[2024]",
        "[a]",
        "[6a]",
        "[0]",
        "[0, 6]",
        "[007]",
        "[6–4]",
        "[1, 6–4]",
        "[4–6–8]",
        "[4–]",
        "[6,]",
        "[,6]",
        "[6;9]",
        "[1–101]",
        "[6 9]",
        "[-6]",
        "[6.5]",
        "[٦]",
        "[６]",
        "[²]",
        r"\[6\]",
        r"\[6]",
        r"[6\]",
        "(6)",
        "[6",
        "6]",
        "[[a]6]",
    ],
)
def test_other_brackets_are_no_markers(text):
    assert find_markers(f"He left {text}.") == []


def test_each_of_several_markers_has_its_span():
    text = "One [6][9], and [sic] two [1]; [[3]]."
    found = find_markers(text)
    assert [(text[m.start : m.end], m.numbers) for m in found] == [
        ("[6]", (6,)),
        ("[9]", (9,)),
        ("[1]", (1,)),
        ("[3]", (3,)),
    ]


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6), st.sampled_from([", ", ",", "\u202f,\u00a0"]))
def test_numbers_are_read_as_written(numbers, between):
    assert find_markers(f"[{between.join(map(str, numbers))}]")[0].numbers == tuple(dict.fromkeys(numbers))


@given(st.text("[]\\ 0123456789,-–a\u2011\u202f"))
def test_markers_lie_apart_within_the_text(text):
    at = 0
    for marker in find_markers(text):
        assert at <= marker.start < marker.end <= len(text)
        assert text[marker.start] == "["
        assert text[marker.end - 1] == "]"
        assert marker.numbers
        assert all(1 <= number <= 999 for number in marker.numbers)
        at = marker.end


def test_a_long_text_of_brackets_is_read_at_once():
    assert find_markers("[1" * 50_000) == []
    assert len(find_markers("[1]" * 50_000)) == 50_000
    assert find_markers("[" + "1, " * 50_000) == []
    assert find_markers("[1" + " " * 50_000) == []
