import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.search.query import LONGEST, MOST, beginning, read_query


def first_forms(terms):
    return [" ".join(term.choices[0]) for term in terms]


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("winter ferry", ["winter", "ferry"], []),
        ('"winter crossing" ferry', ["winter crossing", "ferry"], []),
        ("“winter crossing” «port»", ["winter crossing", "port"], []),
        ('"winter crossing', ["winter", "crossing"], []),
        ('ferry -strike -"night crew"', ["ferry"], ["strike", "night crew"]),
        ("-strike", ["strike"], []),
        ("well-known 2025-26", ["well", "known", "2025", "26"], []),
        ("a AND b OR (c) NEAR/3 d:* NOT", ["a", "and", "b", "or", "c", "near", "3", "d", "not"], []),
        ("ferry ferry Ferry", ["ferry"], []),
        ("東京都", ["東京 京都"], []),
        ("''", [], []),
        ('[6] – " ! ', [], []),
        ("", [], []),
    ],
)
def test_what_is_typed_is_read_as(typed, wanted, unwanted):
    query = read_query(typed)
    assert (first_forms(query.wanted), first_forms(query.unwanted)) == (wanted, unwanted)
    assert bool(query) == bool(wanted)


def test_more_than_can_be_searched_for_is_cut_and_said():
    many = " ".join(f"word{number}" for number in range(MOST + 1))
    assert len(read_query(many).wanted) == MOST
    assert read_query(many).is_cut
    assert read_query("a " * LONGEST).is_cut
    assert not read_query("a b").is_cut


def test_one_character_of_an_unspaced_script_begins_a_pair():
    [term] = read_query("駅").wanted
    assert (term.choices, term.is_prefix) == ((("駅",),), True)


@pytest.mark.parametrize(("typed", "is_prefix"), [("winter cros", True), ("winter cros ", False), ("", None)])
def test_the_last_word_of_what_is_typed_so_far_may_go_on(typed, is_prefix):
    query = beginning(typed)
    assert [term.is_prefix for term in query.wanted][-1:] == ([] if is_prefix is None else [is_prefix])


@given(st.text(max_size=300))
def test_every_text_is_a_query(text):
    words = [word for term in beginning(text).wanted for choice in term.choices for word in choice]
    assert not {"'", '"', "\\", "\0", " "} & set("".join(words))
