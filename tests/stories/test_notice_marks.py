from typing import NamedTuple

import pytest
from lxml import html

from stories.marking import marked
from stories.notice_marks import passages_on, with_marks
from stories.story_page import story_page
from tests import factories


class Noticed(NamedTuple):
    passage: str
    id: str = "notice-7"
    mark: str = "Corrected Mar 3 2026"


def page_of(body, sentences, **fields):
    document = factories.document(**fields).as_json()
    read = [{"id": f"s1.{n}", "text": text, "cites": []} for n, text in enumerate(sentences, 1)]
    document["sections"] = [{"id": "s1", "heading": "Heading", "body": body, "sentences": read}]
    event = document["timeline"][0]
    event["sentences"] = [{"id": "t1.1", "text": event["text"], "cites": [1]}]
    return story_page(document)


def shown(body, sentences, *notices):
    """The section's HTML with “*” in the place of each mark."""
    section = with_marks(page_of(body, sentences), notices).sections[0].html
    tree = html.fragment_fromstring(section, create_parent="div")
    for link in tree.xpath(".//a[@class='notice-mark']"):
        assert not link.xpath("ancestor::a"), section
        link.text = "*"
    return tree.text_content()


ONE, TWO = "One is so.", "Two is so."


def test_the_mark_stands_behind_its_sentence():
    assert shown(f"<p>{ONE} {TWO}</p>", [ONE, TWO], Noticed("s1.1")) == "One is so. * Two is so."
    assert shown(f"<p>{ONE} {TWO}</p>", [ONE, TWO], Noticed("s1.2")) == "One is so. Two is so. *"


def test_each_notice_has_its_mark_and_leads_to_itself():
    page = with_marks(page_of(f"<p>{ONE}</p>", [ONE]), [Noticed("s1.1"), Noticed("s1.1", "notice-3", "Clarified <b>")])
    html = page.sections[0].html
    assert '<a class="notice-mark" href="#notice-7" lang="en" dir="ltr">Corrected Mar 3 2026</a>' in html
    assert 'href="#notice-3" lang="en" dir="ltr">Clarified &lt;b&gt;</a>' in html


@pytest.mark.parametrize(
    "body",
    [
        "<p><em>One</em> is so. Two is so.</p>",
        "<p>One <strong>is so.</strong> Two is so.</p>",
        "<p>One <em>is so. Two</em> is so.</p>",
        "<p><a href='https://a.example/'>One is so.</a> Two is so.</p>",
        "<p>One is <a href='https://a.example/'>so.</a> Two is so.</p>",
    ],
)
def test_emphasis_and_links_in_a_sentence_do_not_cut_it_short(body):
    assert shown(body, [ONE, TWO], Noticed("s1.1")) == "One is so. * Two is so."
    assert shown(body, [ONE, TWO], Noticed("s1.1"), Noticed("s1.2")) == "One is so. * Two is so. *"


def test_all_sentences_can_have_a_mark():
    notices = [Noticed(f"s1.{number}") for number in range(1, 5)]
    assert shown("<p>A b. C d. E f. G h.</p>", ["A b.", "C d.", "E f.", "G h."], *notices) == (
        "A b. * C d. * E f. * G h. *"
    )


def test_a_mark_is_not_emphasised_with_its_sentence():
    html = with_marks(page_of("<p><em>One <strong>is so.</strong></em></p>", [ONE]), [Noticed("s1.1")]).sections[0].html
    assert '</em> <a class="notice-mark"' in html


def test_a_link_over_several_sentences_is_not_cut_open():
    body = "<p><a href='https://a.example/'>One is so. Two is so.</a> Three.</p>"
    assert shown(body, [ONE, TWO, "Three."], Noticed("s1.1")) == "One is so. Two is so. * Three."


def test_an_event_and_its_sentence_are_marked_where_they_end():
    for passage in ("t1", "t1.1"):
        [year] = with_marks(page_of(f"<p>{ONE}</p>", [ONE]), [Noticed(passage)]).years
        assert year.events[0].html.endswith("Corrected Mar 3 2026</a>")


def test_a_section_is_marked_above_its_text():
    assert shown(f"<p>{ONE}</p>", [ONE], Noticed("s1")) == "*One is so."


@pytest.mark.parametrize("passage", ["", "s9.1", "s1.9", "t9"])
def test_a_passage_that_is_not_on_the_page_leaves_it_as_it_is(passage):
    page = page_of(f"<p>{ONE}</p>", [ONE])
    assert with_marks(page, [Noticed(passage)]) == page
    assert with_marks(page, []) is page


def test_the_passages_of_a_page_are_known_also_beside_other_marks():
    page = page_of(f"<p>{ONE} {TWO}</p>", [ONE, TWO])
    known = {"s1", "s1.1", "s1.2", "t1", "t1.1"}
    assert passages_on(page) == known
    assert passages_on(marked(page, known, "is-new")) == known
    both = with_marks(marked(page, known, "is-new"), [Noticed("s1.1")])
    assert both.sections[0].html == marked(with_marks(page, [Noticed("s1.1")]), known, "is-new").sections[0].html
