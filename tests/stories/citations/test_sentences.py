import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.citations.sentences import Block, Sentence, html_blocks, read_sentences, split, text_blocks
from stories.rich_text import sanitise


def texts(html, language="en"):
    return [text for block in html_blocks(html) for text, _ in split(block, language)]


def cut(text, language="en"):
    return [found for block in text_blocks(text) for found in split(block, language)]


def read(passages, previous=None, last=None, language="en"):
    """Ids by passage and the last numbers, of plain texts by passage."""
    blocks = {key: text_blocks(text) for key, text in passages.items()}
    return read_sentences(blocks, previous or {}, last or {}, language)


def ids(found):
    return [sentence.id for sentences in found.values() for sentence in sentences]


def test_a_marker_behind_a_full_stop_belongs_to_the_sentence_before():
    assert cut('He said "no." [1] Then he left [2]. Nobody followed.') == [
        ('He said "no." [1]', (1,)),
        ("Then he left [2].", (2,)),
        ("Nobody followed.", ()),
    ]


def test_several_markers_are_cited_once_each_in_order():
    assert cut("Prices rose [9][6, 9]. [4–6] Wages did not.") == [
        ("Prices rose [9][6, 9]. [4–6]", (9, 6, 4, 5)),
        ("Wages did not.", ()),
    ]


def test_markers_at_the_start_belong_to_the_first_sentence():
    assert cut("[3] Prices rose. Wages did not.") == [("[3] Prices rose.", (3,)), ("Wages did not.", ())]


def test_a_text_of_markers_alone_is_a_sentence():
    assert cut("[3] [4]") == [("[3] [4]", (3, 4))]


def test_sentences_do_not_cross_blocks_or_lines():
    html = "<p>One<br>two</p><ul><li>three</li><li>four <p>five</p></li></ul><blockquote><p>six</p></blockquote>"
    assert texts(html) == ["One", "two", "three", "four", "five", "six"]


def test_sentences_cross_inline_tags():
    assert texts("<p>He <em>said. Then</em> he <strong>left</strong>.</p>") == ["He said.", "Then he left."]


def test_a_marker_may_be_split_by_inline_tags():
    [block] = html_blocks("<p>He left [<em>6</em>].</p>")
    assert list(split(block)) == [("He left [6].", (6,))]


def test_brackets_inside_links_are_no_markers():
    [block] = html_blocks(
        '<p>He <a href="https://a.example/">left [6]</a> [<a href="https://a.example/">7</a>] [8].</p>'
    )
    assert list(split(block)) == [("He left [6] [7] [8].", (8,))]


def test_text_is_plain_with_its_own_spaces():
    assert texts("<p>Fish &amp; chips\n  cost\u202f5&nbsp;€ &lt;here&gt;.</p>") == [
        "Fish & chips cost\u202f5\u00a0€ <here>."
    ]


def test_paragraphs_of_plain_text_are_parted_by_blank_lines():
    assert [text for text, _ in cut("One\ntwo.\n\nthree")] == ["One two.", "three"]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("zh", "第一句[1]。第二句。", ["第一句[1]。", "第二句。"]),
        ("ar", "مرحبا [1]. كيف؟ نعم.", ["مرحبا [1].", "كيف؟", "نعم."]),
        ("xx-unknown", "Prices rose. Wages fell.", ["Prices rose.", "Wages fell."]),
        ("en-GB", "Mr. Smith left. Dr. Jones stayed.", ["Mr. Smith left.", "Dr. Jones stayed."]),
        ("", "Prices rose. Wages fell.", ["Prices rose.", "Wages fell."]),
        ("en", "Half a character \ud83d here. Next.", ["Half a character \ud83d here.", "Next."]),
    ],
)
def test_other_languages_and_odd_characters(language, text, sentences):
    assert [found for found, _ in cut(text, language)] == sentences


def test_the_reference_has_20_sentences_of_which_19_are_cited(shared_story):
    paragraphs = [line for line in shared_story.splitlines() if line.count("[1]") >= 3]
    assert len(paragraphs) == 5
    found = [cut(paragraph) for paragraph in paragraphs]
    assert [len(sentences) for sentences in found] == [4, 4, 4, 4, 4]
    cited = [cites for sentences in found for _, cites in sentences if cites]
    assert cited == [(1,)] * 19


FIRST = {
    "s1": "The ferry line opened a second berth on Monday [1]. Freight moved first, the operator said [2].",
    "s2": "Passengers follow in April [1]. The mayor called it a good day for the islands.",
    "t1": "The ferry line opened a second berth on Monday [1].",
}


def test_ids_are_given_by_passage():
    found, last = read(FIRST)
    assert ids(found) == ["s1.1", "s1.2", "s2.1", "s2.2", "t1.1"]
    assert last == {"s1": 2, "s2": 2, "t1": 1}


def change(**passages):
    """What reading the first texts with some of them changed gives."""
    found, last = read(FIRST)
    return read({**FIRST, **passages}, found, last)


def test_nothing_changes_when_nothing_changed():
    assert change() == read(FIRST)


def test_a_sentence_keeps_its_id_when_it_is_nearly_the_same():
    found, _ = change(
        s1="The ferry line opened its second berth on Tuesday [1][4]. Freight moved first, the operator said."
    )
    assert ids(found)[:2] == ["s1.1", "s1.2"]
    assert found["s1"][0].cites == (1, 4)


def test_a_sentence_keeps_its_id_when_it_moves_to_another_section():
    found, _ = change(
        s1="Freight moved first, the operator said [2].",
        s2="The ferry line opened a second berth early on Monday [1]. The mayor called it a good day for the islands.",
    )
    assert ids(found) == ["s1.2", "s1.1", "s2.2", "t1.1"]


def test_a_new_sentence_never_takes_an_id_that_was_given_before():
    found, last = change(s1="Freight moved first, the operator said [2].")
    assert ids(found)[0] == "s1.2"
    again, last = read(
        {**FIRST, "s1": "Nobody was there to see it. Freight moved first, the operator said [2]."}, found, last
    )
    assert ids(again)[:2] == ["s1.3", "s1.2"]
    assert last["s1"] == 3


def test_a_number_is_not_given_again_when_its_sentence_has_moved_elsewhere():
    moved = {"s2": [Sentence("s1.7", "Passengers follow in April.")]}
    found, _ = read({"s1": "Nobody was there.", "s2": "Passengers follow in April."}, moved)
    assert ids(found) == ["s1.8", "s1.7"]


def test_the_larger_part_of_a_split_sentence_keeps_the_id():
    found, _ = change(s2="On Monday. Passengers follow in April, the operator of the line said at noon [1].")
    before, last = found, {"s2": 9}
    after, _ = read(
        {"s2": "Passengers follow in April, the operator of the line. It was said at noon [1]."},
        {"s2": before["s2"][1:]},
        last,
    )
    assert ids(after) == [before["s2"][1].id, "s2.10"]


def test_of_merged_sentences_the_nearest_keeps_its_id():
    found, _ = change(s1="The ferry line opened a second berth on Monday and freight moved first [1][2].")
    assert ids(found)[0] == "s1.1"


def test_sections_and_timeline_are_matched_apart():
    found, _ = change(
        s1="Freight moved first, the operator said [2].", t2="The ferry line opened a second berth on Monday [1]."
    )
    assert ids(found) == ["s1.2", "s2.1", "s2.2", "t1.1", "t2.1"]


def test_a_different_sentence_gets_an_id_of_its_own():
    found, _ = change(s2="Nobody at the harbour office would comment [1]. Two crews are still being trained.")
    assert ids(found)[2:4] == ["s2.3", "s2.4"]


def test_the_same_sentence_elsewhere_comes_before_a_similar_one_in_its_place():
    found, _ = change(
        s1="The ferry line opened a third berth on Monday at noon [1]. Freight moved first, the operator said [2].",
        s2="The ferry line opened a second berth on Monday [4]. Passengers follow in April [1].",
    )
    assert ids(found)[:4] == ["s1.3", "s1.2", "s1.1", "s2.1"]


def test_equal_sentences_keep_their_places():
    texts = {"s1": "It was denied. It was denied.", "s2": "It was denied. It rained."}
    found, last = read(texts)
    assert read(texts, found, last) == (found, last)
    assert ids(found) == ["s1.1", "s1.2", "s2.1", "s2.2"]


WORDS = st.sampled_from("The ferry line opened a second berth on Monday and left . [1] [2] 港 口".split())
TEXT = st.lists(WORDS, max_size=12).map(" ".join)
PASSAGES = st.dictionaries(st.sampled_from(["s1", "s2", "s3", "t1", "t2"]), TEXT, max_size=5)


@given(PASSAGES, PASSAGES, PASSAGES)
@settings(max_examples=50)
def test_ids_are_unique_stable_and_never_given_twice(first, second, third):
    given: set[str] = set()
    previous, last = {}, {}
    for passages in (first, second, third):
        found, new_last = read(passages, previous, last)
        kept = {sentence.id for sentences in previous.values() for sentence in sentences}
        assert len(ids(found)) == len(set(ids(found)))
        assert not (set(ids(found)) - kept) & given
        assert read(passages, found, new_last) == (found, new_last)
        assert read(passages, previous, last) == (found, new_last)
        assert all(new_last[key] >= number for key, number in last.items())
        given |= set(ids(found))
        previous, last = found, new_last


@given(st.text())
def test_no_word_is_lost(text):
    found = "".join(text for block in html_blocks(sanitise(text)) for text, _ in split(block))
    whole = "".join(block.text for block in html_blocks(sanitise(text)))
    assert "".join(found.split()) == "".join(whole.split())


@pytest.mark.slow
def test_2000_events_and_200_sections_are_matched_in_seconds():
    chance = random.Random(1)
    words = [f"word{n}" for n in range(3000)]

    def sentence():
        return " ".join(chance.choices(words, k=22)).capitalize() + " [1]."

    def passages():
        sections = {f"s{n}": " ".join(sentence() for _ in range(4)) for n in range(1, 201)}
        return sections | {f"t{n}": sentence() for n in range(1, 2001)}

    found, last = read(passages())
    edited = {key: " ".join(s.text.replace("word1", "term1") for s in sentences) for key, sentences in found.items()}
    shuffled = dict(zip(edited, reversed(edited.values()), strict=True))
    for text in (edited, shuffled, passages()):
        started = time.process_time()
        read(text, found, last)
        assert time.process_time() - started < 8


def test_a_block_of_many_markers_is_cut_at_once():
    [(_, cites)] = split(Block("x [1]" * 100_000, "x [1]" * 100_000))
    assert cites == (1,)


@pytest.mark.parametrize(
    "text", ["The line of Dr. Hale moved {} metres [1].", "It moved {} times, he said: “No. 5 it is.”"]
)
def test_a_long_text_is_cut_as_its_sentences_are_alone(text):
    each = [text.format(number) for number in range(1, 2001)]
    whole = " ".join(each)
    assert [words for words, _ in split(Block(whole, whole))] == each


@pytest.mark.parametrize(
    ("text", "language"), [("“" * 300_000, "en"), ("双方会面。" * 60_000, "zh"), ("«" * 300_000, "fr")]
)
def test_a_hostile_text_is_read_to_its_end(text, language):
    assert "".join(words for words, _ in split(Block(text, text), language)) == text
