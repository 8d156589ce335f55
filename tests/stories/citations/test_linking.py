import re
import time
import uuid
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings

from stories.citations.linking import link
from stories.document import StoryDocument, complete
from tests.stories.strategies import story_documents

SOURCES = [
    {"number": 1, "title": "Second berth opens", "url": "https://harbour.example/1", "outlet": "Harbour Courier"},
    {"number": 6, "title": 'Freight <first> & "fast"', "url": "https://strait.example/6", "outlet": "Strait Wire"},
    {"number": 9},
]


def document(body="", text="", heading="At the harbour", sources=SOURCES):
    sections = [{"id": "s1", "heading": heading, "body": body}] if body else []
    timeline = [{"id": "t1", "date": "2026-03-01", "text": text}] if text else []
    given = {"uid": uuid.uuid4(), "sections": sections, "timeline": timeline, "sources": sources}
    return complete(StoryDocument.model_validate(given)).as_json()


class Page(HTMLParser):
    """Reads HTML strictly: what closes is what was opened last. Collects ids, links and text."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.links, self.text = [], [], [], ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        assert tag in "p br strong em a ul ol li blockquote sub sup span".split()
        values = dict(attributes)
        assert len(values) == len(attributes)
        assert values.keys() <= {"href", "rel", "id", "class", "role", "aria-label", "title", "data-side"}
        assert tag != "a" or "a" not in self.open
        self.ids += [values["id"]] if "id" in values else []
        if tag == "a":
            assert re.match(r"https?://|mailto:|#source-\d+$", values["href"])
            self.links.append(values)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def markers(page):
    return [values for values in page.links if values.get("role") == "doc-noteref"]


def body_of(linked):
    return str(linked.section("s1"))


def test_a_marker_leads_to_its_source_and_back():
    linked = link(document("<p>A berth opened [6].</p>"))
    assert body_of(linked) == (
        '<p><span class="sentence" id="s1.1">A berth opened\u202f<sup class="markers">[<a class="marker" '
        'role="doc-noteref" href="#source-6" aria-label="source 6" '
        'title="Strait Wire: Freight &lt;first&gt; &amp; &quot;fast&quot;" '
        'data-side="[6] Strait Wire\nFreight &lt;first&gt; &amp; &quot;fast&quot;" '
        'id="cite-s1.1-6">6</a>]</sup>.</span></p>'
    )
    [place] = linked.places(6)
    assert (place.anchor, place.label, place.name) == ("cite-s1.1-6", "1", "back to citation 1, in “At the harbour”")
    assert linked.places(1) == []


def test_the_margin_tells_a_source_once_in_a_section_and_once_in_an_event():
    linked = link(document("<p>A berth [6]. Freight [6][9]. Ice [9].</p>", "A storm [6]. A flood [6]."))
    sides = [
        [marker.get("data-side", "")[:3] for marker in markers(Page(html))]
        for html in (body_of(linked), linked.event("t1"))
    ]
    assert sides == [["[6]", "", "[9]", ""], ["[6]", ""]]


def test_the_margin_tells_outlet_day_and_title():
    source = {"number": 6, "outlet": "Strait Wire", "published": "2026-03-01", "title": "Freight first"}
    told = {6: "[6] Strait Wire, Mar 1 2026\nFreight first", 7: "[7]"}
    linked = link(document("<p>A berth [6, 7].</p>", sources=[source, {"number": 7}]))
    assert {int(one["href"][8:]): one["data-side"] for one in markers(Page(body_of(linked)))} == told


@pytest.mark.parametrize(
    ("marker", "numbers", "text"),
    [
        ("[6][9]", ["6", "9"], "[6][9]"),
        ("[6, 9]", ["6", "9"], "[6, 9]"),
        ("[5–6]", ["6"], "[5, 6]"),
        ("[1, 6-9]", ["1", "6", "9"], "[1, 6, 7, 8, 9]"),
        ("[99]", [], "[99]"),
        ("[98–99]", [], "[98–99]"),
        ("[sic]", [], "[sic]"),
        (r"\[6\]", [], r"\[6\]"),
    ],
)
def test_each_number_that_has_a_source_is_a_link(marker, numbers, text):
    page = Page(body_of(link(document(f"<p>A berth opened{marker}.</p>"))))
    assert [values["href"] for values in markers(page)] == [f"#source-{number}" for number in numbers]
    assert page.text == f"A berth opened{text}."


def test_a_source_cited_twice_in_a_sentence_has_two_anchors():
    linked = link(document("<p>A berth [6] opened [6][1].</p>"))
    assert [place.anchor for place in linked.places(6)] == ["cite-s1.1-6", "cite-s1.1-6-2"]
    assert [place.label for place in linked.places(6)] == ["1", "2"]


def test_places_are_in_the_order_of_the_page():
    linked = link(document("<p>A berth opened [1]. It closed [1].</p>", "It burned [1].", heading=""))
    assert [(place.anchor, place.name) for place in linked.places(1)] == [
        ("cite-s1.1-1", "back to citation 1, in section 1"),
        ("cite-s1.2-1", "back to citation 2, in section 1"),
        ("cite-t1.1-1", "back to citation 3, in the timeline"),
    ]


def test_an_event_is_linked_and_escaped():
    html = str(link(document(text="<b>Fire</b> & smoke [9]. <script>")).event("t1"))
    assert html.startswith('<span class="sentence" id="t1.1">&lt;b&gt;Fire&lt;/b&gt; &amp; smoke\u202f<sup')
    assert '<span class="sentence" id="t1.2">&lt;script&gt;</span>' in html
    assert "title=" not in html


def test_a_marker_keeps_to_its_word():
    page = Page(body_of(link(document("<p>A berth [6] opened\u00a0[1].</p>"))))
    assert page.text == "A berth\u202f[6] opened\u00a0[1]."


def test_markers_in_links_stay_text():
    page = Page(body_of(link(document('<p>See <a href="https://a.example/">the note [6]</a> [1].</p>'))))
    assert [values["href"] for values in page.links] == ["https://a.example/", "#source-1"]


def test_a_marker_split_by_tags_is_linked_where_it_begins():
    html = body_of(link(document("<p>A berth [<em>6</em>], it said.</p>")))
    page = Page(html)
    assert page.text == "A berth\u202f[6], it said."
    assert html.count("doc-noteref") == 1


def test_a_sentence_with_whole_tags_inside_is_one_span():
    html = body_of(link(document("<p>A <em>new <strong>berth</strong></em> opened. It closed.</p>")))
    assert html == (
        '<p><span class="sentence" id="s1.1">A <em>new <strong>berth</strong></em> opened.</span> '
        '<span class="sentence" id="s1.2">It closed.</span></p>'
    )


def test_a_sentence_that_tags_cut_across_has_a_span_for_each_part():
    html = body_of(link(document("<p>A <em>berth opened. It</em> closed.</p>")))
    assert html == (
        '<p><span class="sentence" id="s1.1">A </span><em><span class="sentence">berth opened.</span> '
        '<span class="sentence" id="s1.2">It</span></em><span class="sentence"> closed.</span></p>'
    )


def test_for_reading_elsewhere_links_are_whole_and_there_are_no_ids():
    linked = link(
        document("<p>A berth opened [6].</p>", "Fire [1]."), page="https://news.example/stories/ferry/?a=1&b=2"
    )
    html = body_of(linked) + linked.event("t1")
    assert 'href="https://news.example/stories/ferry/?a=1&amp;b=2#source-6"' in html
    assert " id=" not in html
    assert "sentence" not in html


def test_sentences_that_are_not_the_text_s_own_are_left_aside():
    stored = document("<p>A berth opened [6]. It closed [6].</p>")
    stored["sections"][0]["sentences"][1]["text"] = "Something else."
    linked = link(stored)
    assert [place.anchor for place in linked.places(6)] == ["cite-s1-6", "cite-s1-6-2"]
    assert "sentence" not in body_of(linked)


VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onmouseover="alert(1)',
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "</span></p></section><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[6]<iframe srcdoc='<script>alert(1)</script>'>",
    "[<img src=x onerror=alert(1)>6]",
    "[6<!-- -->]",
    "&lt;script&gt;alert(1)&lt;/script&gt; [6]",
    "\\[6\\]<b onclick=alert(1)>",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_a_hostile_document_comes_out_inert(vector):
    hostile = {
        "sections": [
            {"id": "s1", "heading": vector, "body": vector, "sentences": [{"id": vector, "text": vector}]},
            {"id": vector, "heading": "", "body": f"<p>x [6] {vector}", "sentences": [{"id": "s1.1", "text": vector}]},
        ],
        "timeline": [{"id": "t1", "text": f"{vector} [6]", "sentences": [{"id": "s1.1", "text": f"{vector} [6]"}]}] * 2,
        "sources": [{"number": 6, "title": vector, "outlet": vector}, {"number": vector, "title": "", "outlet": ""}],
    }
    linked = link(hostile)
    html = "".join([*linked.sections.values(), *linked.events.values()])
    for part in (*linked.sections.values(), *linked.events.values()):
        Page(part)
    assert "<script" not in html
    assert "<img" not in html


@given(story_documents())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_citation_leads_to_its_source_and_back(given):
    stored = complete(given).as_json()
    linked = link(stored)
    pages = {id: Page(html) for id, html in (linked.sections | linked.events | linked.texts).items()}
    ids = [id for page in pages.values() for id in page.ids]
    assert len(ids) == len(set(ids))
    numbers = {source["number"] for source in stored["sources"]}
    passages = [*stored["sections"], *stored["timeline"]]
    sentences = [sentence for passage in passages for sentence in passage["sentences"]]
    assert {sentence["id"] for sentence in sentences} <= set(ids)
    found = {(values["id"], values["href"]) for page in pages.values() for values in markers(page)}
    assert found == {(place.anchor, f"#source-{n}") for n in numbers for place in linked.places(n)}
    cited = {(sentence["id"], number) for sentence in sentences for number in sentence["cites"] if number in numbers}
    of_sentences = {tuple(anchor.split("-")[1:3]) for anchor, _ in found if "." in anchor}
    assert cited == {(sentence, int(number)) for sentence, number in of_sentences}


@given(story_documents())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_linking_changes_no_word_but_brackets_and_spaces(given):
    stored = complete(given).as_json()
    linked = link(stored)
    for event in stored["timeline"]:
        read = Page(linked.event(event["id"])).text
        assert re.sub(r"\[[^]]*\]|\s|[\r\0]", "", read) == re.sub(r"\[[^]]*\]|\s|[\r\0]", "", event["text"])


def test_a_long_body_is_linked_in_seconds():
    stored = document("<p>" + "<em>A berth. It</em> opened [6]. " * 3000 + "</p>")
    started = time.process_time()
    page = Page(body_of(link(stored)))
    assert time.process_time() - started < 8
    assert len(markers(page)) == 3000


def test_empty_documents_have_empty_pages():
    assert link({}).sections == {}
    assert body_of(link(document(" ", "x"))) == ""
