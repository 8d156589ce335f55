"""Pasted text into a document and a report."""

import re
import time
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.importing.lines import lines_of
from stories.importing.pasted_text import read_pasted_text
from stories.importing.report import Code
from tests.stories.importing.examples import CLEAN, big_story


@pytest.fixture
def reference(shared_story):
    return read_pasted_text(shared_story)


def line_of(text, beginning):
    """The number of the line that begins so."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.startswith(beginning))


def lines_by_code(imported):
    found = defaultdict(list)
    for entry in imported.report:
        found[entry.code].append(entry.line)
    return found


def test_reference_has_its_headings_and_sentences(reference):
    document = reference.document
    assert [len(section.heading.split()) for section in document.sections] == [9, 10, 8, 7, 9]
    sentences = [sentence for section in document.sections for sentence in section.sentences]
    assert len(sentences) == 20
    assert Counter(tuple(sentence.cites) for sentence in sentences) == {(1,): 19, (): 1}


def test_reference_has_its_events_in_time_order(reference):
    timeline = reference.document.timeline
    assert len(timeline) == 30
    assert Counter("range" if "/" in event.date else len(event.date) for event in timeline) == {
        10: 28,
        7: 1,
        "range": 1,
    }
    assert [event.date for event in timeline] == sorted(event.date for event in timeline)
    assert [event.date for event in timeline].count("2025-11-30") == 3
    assert "2025-12-06/2025-12-07" in {event.date for event in timeline}
    assert all(event.text and not event.label for event in timeline)


def test_reference_has_its_sources_and_picture(reference):
    document = reference.document
    assert [source.number for source in document.sources] == list(range(1, 25))
    cited = {number for sentence in document.sentences() for number in sentence.cites}
    assert cited == set(range(1, 25)) - {21, 22, 23}
    (picture,) = document.gallery
    assert (picture.source_name, picture.credit_line) == ("BBC", "Getty Images")
    assert picture.alt_text == picture.caption
    assert re.fullmatch("The talks .*[.]", picture.caption)
    assert picture.file is None


def test_reference_report_names_every_guess_and_fault_by_line(reference, shared_story):
    found = lines_by_code(reference)
    texts = shared_story.split("\n")
    assert found[Code.GUESSED_HEADING] == [13, 15, 17, 19, 21]
    assert [texts[line - 1][:6] for line in found[Code.OUT_OF_ORDER]] == ["Nov\u202f30"[:6]] * 3
    assert len(found[Code.OUT_OF_ORDER]) == 3
    assert len(found[Code.SOURCE_WITHOUT_DETAILS]) == 24
    assert len(found[Code.NEVER_CITED]) == 3
    assert len(found[Code.PICTURE_WITHOUT_FILE]) == 1
    announced = {entry.code: (texts[entry.line - 1], entry.count) for entry in reference.report if entry.count}
    assert announced == {
        Code.ANNOUNCED_SUB_STORIES: ("Dive deeper (22 sub-stories)", 22),
        Code.ANNOUNCED_RESOURCES: ("External resources (2 links)", 2),
    }
    faults = {Code.UNRESOLVED_MARKER, Code.UNREADABLE_DATE, Code.COUNT_MISMATCH, Code.REFUSED}
    assert not faults & set(found)


def test_reference_keeps_its_spaces_and_hyphens(reference, shared_story):
    stored = "".join([s.body for s in reference.document.sections] + [e.text for e in reference.document.timeline])
    running = "\n".join(line.split("\u202f–\u202f", 1)[-1] for line in shared_story.split("\n"))
    assert stored.count("\u202f") == running.count("\u202f")
    assert stored.count("\u2011") == running.count("\u2011")


def test_same_text_gives_the_same_document(shared_story):
    assert read_pasted_text(shared_story) == read_pasted_text(shared_story)


def test_clean_text_is_read_whole():
    imported = read_pasted_text(CLEAN)
    document = imported.document
    assert document.headline == "Lighthouse Keepers Vote to Strike"
    assert document.standfirst == "The keepers' union says automation came too fast."
    assert [section.heading for section in document.sections] == ["What the keepers want", "What the coast office says"]
    assert [len(section.sentences) for section in document.sections] == [3, 2]
    assert [(s.number, s.outlet, s.url.split("/")[2]) for s in document.sources] == [
        (1, "Harbour Post", "harbour.example"),
        (2, "Coast Radio", "radio.example"),
        (3, "Coast Office", "office.example"),
    ]
    assert [(event.date, event.label) for event in document.timeline] == [
        ("1950", ""), ("2026", "Early 2026"), ("2026-02-17", ""),
    ]  # fmt: skip
    assert [(r.url, r.title, r.publisher) for r in document.resources] == [
        ("https://office.example/register", "Register of lights", "Coast Office")
    ]
    assert imported.sub_stories == ("How a Lamp Was Automated", "The Last Keeper of Port Sallow")


def test_clean_text_has_nothing_to_report_but_what_it_leaves_open():
    assert {entry.code: entry.count for entry in read_pasted_text(CLEAN).report} == {
        Code.GUESSED_LANGUAGE: None,
        Code.PICTURE_WITHOUT_FILE: None,
        Code.ANNOUNCED_SUB_STORIES: 2,
        Code.ANNOUNCED_RESOURCES: 1,
    }


def test_markup_in_a_text_is_text():
    document = read_pasted_text(
        CLEAN.replace("<b>figures</b>", "<script>alert(1)</script><img src=x onerror=a()>")
    ).document
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=a()&gt;" in document.sections[1].body


@pytest.mark.parametrize(
    "mend", [str.strip, lambda text: text.replace("\n\n", "\n\n\n \t\n"), lambda text: text + "\n" * 9]
)
def test_blank_lines_mean_nothing(mend):
    mended = read_pasted_text(mend(CLEAN))
    assert mended.document == read_pasted_text(CLEAN).document


def test_marker_beyond_the_announced_sources_is_unresolved():
    text = CLEAN.replace("[2–3]", "[2][7, 9]").replace("counted [2]", "counted [4]")
    imported = read_pasted_text(text)
    told = [(entry.line, entry.number) for entry in imported.report if entry.code == Code.UNRESOLVED_MARKER]
    paragraph, event = line_of(text, "A second paragraph"), line_of(text, "Feb 17")
    assert told == [(paragraph, 7), (paragraph, 9), (event, 4)]
    assert [source.number for source in imported.document.sources] == [1, 2, 3]


@pytest.mark.parametrize(
    ("old", "new", "beginning"),
    [
        ("All related articles (3", "All related articles (5", "All related"),
        ("UTC (3 articles)", "UTC (2 articles)", "All related"),
        ("(2 sub-stories)", "(5 sub-stories)", "Dive deeper"),
        ("(1 link)", "(2 links)", "External"),
        ("[3] Lamps and", "[4] Lamps and", "[4] Lamps"),
        ("2. “Union", "1. “Union", "1. “Union"),
    ],
)
def test_counts_that_do_not_add_up_are_named_by_line(old, new, beginning):
    text = CLEAN.replace(old, new)
    assert text != CLEAN
    assert line_of(text, beginning) in lines_by_code(read_pasted_text(text))[Code.COUNT_MISMATCH]


def test_unnumbered_sources_are_numbered_by_their_place_and_say_so():
    text = re.sub(r"(?m)^(?:[12]\.|\[3\]) ", "", CLEAN)
    imported = read_pasted_text(text)
    assert [source.outlet for source in imported.document.sources] == ["Harbour Post", "Coast Radio", "Coast Office"]
    assert lines_by_code(imported)[Code.SOURCE_WITHOUT_DETAILS] == [23, 24, 25]


def test_words_before_the_first_numbered_source_are_left_out_and_named():
    text = CLEAN.replace("Sources\n\n", "Sources\n\nCited in this story:\n")
    imported = read_pasted_text(text)
    assert [aside.text for aside in imported.asides][-1] == "Cited in this story:"
    assert imported.document.sources == read_pasted_text(CLEAN).document.sources


def test_source_over_several_lines_is_one_source():
    text = CLEAN.replace(
        "1. Keepers vote to strike – Harbour Post, Feb 18 2026 https://harbour.example/strike",
        "1. Keepers vote to strike\nHarbour Post\nFeb 18 2026\nhttps://harbour.example/strike",
    )
    assert read_pasted_text(text).document.sources == read_pasted_text(CLEAN).document.sources


def test_details_in_the_list_of_all_articles_reach_their_sources():
    listed = "[3] Lamps and keepers (Coast Office, 2026-02-10) https://office.example/lamps.pdf\n"
    text = CLEAN.replace(listed, "").replace("External", f"{listed}\nExternal")
    imported = read_pasted_text(text)
    assert imported.document.sources == read_pasted_text(CLEAN).document.sources
    assert lines_by_code(imported)[Code.COUNT_MISMATCH] == [line_of(text, "All related")]


def test_one_address_under_two_numbers_is_one_report():
    imported = read_pasted_text(CLEAN.replace("https://radio.example/ballots", "https://harbour.example/strike"))
    assert [source.title for source in imported.document.sources][:2] == ["Keepers vote to strike"] * 2
    assert lines_by_code(imported)[Code.COUNT_MISMATCH] == [24]


def test_text_without_gallery_timeline_or_lists_is_a_story():
    imported = read_pasted_text("Fleet Returns\n\nIt came back on Monday.")
    assert imported.document.headline == "Fleet Returns"
    assert imported.document.sections[0].body == "<p>It came back on Monday.</p>"
    assert [entry.line for entry in imported.report if entry.code == Code.GUESSED_HEADING] == [3]


def test_heading_in_sentence_case_that_cannot_be_told_is_said():
    text = "Fleet Returns\n\nUpdated (1 article)\n\nBoats land at dawn harbour crews cheered [1].\n\nTimeline\n"
    imported = read_pasted_text(text)
    assert imported.document.sections[0].heading == ""
    assert "heading" in next(entry.message for entry in imported.report if entry.code == Code.GUESSED_HEADING)


def test_paragraph_broken_into_lines_is_one_paragraph():
    text = (
        "Fleet Returns\n\nWhat happened\n\nThe boats of the northern fleet came back to harbour on Monday,\n"
        "after eleven days at sea in which nobody had heard of them but\nthe lighthouse keepers [1].\n"
    )
    (section,) = read_pasted_text(text).document.sections
    assert section.body.count("<p>") == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Top Headlines\n\nFeeds", 1, "headline"),
        ("\n\n" + "x" * 400, 3, "400 characters"),
        ("Fleet Returns\n\nTimeline\n\n2024 – " + "x" * 20_001, 5, "20000 characters"),
        ("Fleet Returns\n\nBack\n\n" + "x" * 1_000_001 + ".", 5, "1000000 are"),
        ("Fleet\n\n" + "Heading\n\nText [1].\n\n" * 1001, 1, "more than 1000"),
        ("Fleet\n\nTimeline\n\n" + "2024 – x.\n" * 10_001, 10_005, "at most 10000"),
        ("Fleet\n" + "x\n" * 60_001, 60_000, "lines"),
        ("Fleet\n\nDive deeper\n" + "y" * 301, 4, "301 characters"),
        ("Fleet\n\nSources\n1. " + "y" * 501, 4, "500 characters"),
    ],
)
def test_what_cannot_be_a_story_is_refused_at_its_line(text, line, words):
    imported = read_pasted_text(text)
    assert imported.document is None
    refusals = [entry for entry in imported.report if entry.code == Code.REFUSED]
    assert (refusals[0].line, words in refusals[0].message) == (line, True)


@pytest.mark.slow
def test_big_story_is_read_in_seconds():
    text = big_story()
    began = time.process_time()
    document = read_pasted_text(text).document
    assert (len(document.sections), len(document.timeline), len(document.sources)) == (200, 2000, 900)
    assert time.process_time() - began < 8


LINES = st.sampled_from(
    [
        "", "", "", "Sources", "Timeline", "Dive deeper (2 sub-stories)", "All related articles (4 articles)",
        "External resources (1 link)", "Updated (3 articles)", "Updated 3 hours ago (2 articles)", "Feeds",
        "A Heading of Its Own", "A heading in sentence case", "By Ilse Quandt",
        "Talks Resume in the Harbour The second round opened on Monday [1].", "A plain sentence cites [2][9].",
        "Feb 24 2022 – Boats leave [1].", "July 2024", "01/02/2026 – Nobody knows.", "1. Title – Outlet, Feb 18 2026",
        "[2] Other – Post https://post.example/a", "https://post.example/b", "• A bullet", "• Image: Post",
        "    Image: Post", "A caption. (AP) Source Full size", "<script>alert(1)</script>", "# Marked heading",
        "Ünïcode\u202fand “quotes” ‑ [sic] [2024]", "x" * 90, "lower case line", "[Linked](https://post.example/c)",
        "—", "3.",
    ]
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(st.one_of(LINES, st.text("ab. [1]<&–•#(:)A", max_size=30)), max_size=30))
def test_no_line_is_dropped_in_silence(lines):
    text = "\n".join(["Headline of the Story", *lines])
    imported = read_pasted_text(text)
    spoken = {entry.line for entry in imported.report} | {aside.line for aside in imported.asides}
    if imported.document is None:
        assert any(entry.code == Code.REFUSED for entry in imported.report)
        return
    kept = words(imported.document.model_dump_json()) | words(" ".join(imported.sub_stories))
    for line in lines_of(text):
        assert words(line.text) <= kept | STRUCTURE or line.number in spoken, line


STRUCTURE = frozenset(
    "sources timeline all related articles external resources updated image source full size feb july".split()
)


def words(text):
    text = re.sub(r"&(?:lt|gt|amp);|[0-9]+", " ", text)
    return {word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in {"p", "u", "n"}}


@pytest.mark.parametrize(
    "text",
    [
        "Headline\n\n" + "A b\n" * 59_000,
        "Headline\n\n" + "• A b\n" * 50_000 + "  Source Full size\n",
        "Headline\n\nSources\n1. T" + " " * 90_000 + "x\n",
        "Headline\n\nSources\n1. T https://a.example/" + ")" * 90_000,
        "Headline\n\nSources\n" + "".join(f"A report {number}\n" for number in range(30_000)),
    ],
    ids=["lines", "bullets", "spaces", "brackets", "sources"],
)
def test_a_text_that_is_long_in_one_place_is_read_or_refused_soon(text):
    assert read_pasted_text(text).report  # each took minutes


def test_a_numbered_timeline_gives_no_days():
    text = "Headline\n\nTimeline\n1. Feb 24 2022 – One.\n2. July 2024 – Two.\n3. Aug 2024 – Three.\n"
    assert [event.date for event in read_pasted_text(text).document.timeline] == ["2022-02-24", "2024-07", "2024-08"]
    days = "Headline\n\nTimeline\n2. July 2024 – Two.\n3. July 2024 – Three.\n"
    assert [event.date for event in read_pasted_text(days).document.timeline] == ["2024-07-02", "2024-07-03"]


def test_what_nobody_can_see_is_a_blank_line():
    blank = "\u200b\ufeff"
    text = CLEAN.replace("\n\n", f"\n{blank}\n")
    assert read_pasted_text(f"{blank}\n{blank}{text}").document.model_dump(exclude={"uid"}) == read_pasted_text(
        CLEAN
    ).document.model_dump(exclude={"uid"})


REPORTS = (
    ("Keepers vote to strike", "Harbour Post", "Feb 18 2026", "https://harbour.example/1"),
    ("Union counts all of its ballots", "Coast Radio", "17 February 2026", "https://radio.example/2"),
    ("Lamps and keepers", "Coast Office", "2026-02-10", "https://office.example/3"),
)
LISTS = {
    "numbers in round brackets": "\n".join(f"({n}) {t} – {o}, {d} {u}" for n, (t, o, d, u) in enumerate(REPORTS, 1)),
    "numbers before tabs": "\n".join("\t".join([str(n), *report]) for n, report in enumerate(REPORTS, 1)),
    "tabs alone": "\n".join(map("\t".join, REPORTS)),
    "cards between blank lines": "\n\n".join(map("\n".join, REPORTS)),
    "cards with the outlet first": "\n\n".join("\n".join([o, t, d, u]) for t, o, d, u in REPORTS),
    "cards without blank lines": "\n".join(map("\n".join, REPORTS)),
    "every line by itself": "\n\n".join(map("\n\n".join, REPORTS)),
    "cards with bullets": "\n".join("• " + "\n  ".join(report) for report in REPORTS),
    "cards with numbers on lines of their own": "\n".join(
        "\n".join([str(n), *report]) for n, report in enumerate(REPORTS, 1)
    ),
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_each_way_to_list_sources_gives_each_its_number_and_details(listed):
    imported = read_pasted_text(f"Fleet Returns\n\nUpdated (3 articles)\n\nSources\n\n{listed}\n")
    assert [(s.number, s.title, s.outlet, str(s.published), s.url) for s in imported.document.sources] == [
        (1, "Keepers vote to strike", "Harbour Post", "2026-02-18", "https://harbour.example/1"),
        (2, "Union counts all of its ballots", "Coast Radio", "2026-02-17", "https://radio.example/2"),
        (3, "Lamps and keepers", "Coast Office", "2026-02-10", "https://office.example/3"),
    ]


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_titles_alone_are_no_cards(joint):
    listed = joint.join(title for title, *_ in REPORTS)
    imported = read_pasted_text(f"Fleet Returns\n\nSources\n\n{listed}\n")
    assert [source.title for source in imported.document.sources] == [title for title, *_ in REPORTS]


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("**Sources**", "sources"),
        ("__Sources:__", "sources"),
        ("## **Sources** ", "sources"),
        ("Key dates", "timeline"),
        ("**Key dates:**", "timeline"),
        ("Chronology", "timeline"),
        ("Timeline of events", "timeline"),
    ],
)
def test_labels_may_be_emphasised_or_named_otherwise(label, part):
    line = {"sources": "1. A report – Harbour Post", "timeline": "Feb 24 2022\tBoats leave."}[part]
    document = read_pasted_text(f"Fleet Returns\n\nWhat happened\n\nBoats left.\n\n{label}\n\n{line}\n").document
    assert len(getattr(document, part)) == 1
    assert [section.heading for section in document.sections] == ["What happened"]


@pytest.mark.parametrize(
    "written",
    [
        "**What happened**\n\nThe boats left.",
        "**What happened** The boats left.",
        "**What happened:** The boats left.",
        "## __What happened__\nThe boats left.",
    ],
)
def test_an_emphasised_line_or_beginning_is_a_heading(written):
    document = read_pasted_text(f"**Fleet Returns**\n\n{written}\n").document
    assert document.headline == "Fleet Returns"
    assert [(section.heading, section.body) for section in document.sections] == [
        ("What happened", "<p>The boats left.</p>")
    ]
