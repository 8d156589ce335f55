"""The demo edition, as files: true to the format, plainly invented where it is invented, and whole."""

import hashlib
import re
from collections import defaultdict
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from PIL import Image

from stories.citations.markers import find_markers
from stories.demo.edition import PICTURES, changed, read_edition, read_offset, read_topics
from timelines.dates import EventDate, Precision, place_in_time

EDITION = read_edition()
DOCUMENTS = [document for story in EDITION for document in story.documents]
LATEST = {story.documents[-1].slug: story.documents[-1] for story in EDITION}
RICH = "orrin-strait-talks"
SUB_STORIES = [document for document in LATEST.values() if document.parent]
TRUE_STORIES = {"voyager-heliopause", "ozone-treaty"}
PUBLIC_DOCUMENTS = {"doi.org", "science.nasa.gov", "ozone.unep.org", "www.nobelprize.org"}
REAL_OUTLETS = """
ABC, Agence France-Presse, AFP, Al Jazeera, ANSA, AP, Associated Press, Axios, BBC, Bild, Bloomberg, CBC, CBS, CNBC,
CNN, Corriere della Sera, Der Spiegel, Deutsche Welle, Die Zeit, dpa, The Economist, El Mundo, El País, Euronews, FAZ,
Financial Times, Forbes, Fox News, France 24, The Guardian, Haaretz, The Hindu, The Independent, Interfax, Kagi, Kyodo,
La Repubblica, Le Figaro, Le Monde, Los Angeles Times, NBC, New Scientist, The New York Times, The New Yorker,
Newsweek, NHK, NPR, NZZ, Politico, ProPublica, Reuters, RIA Novosti, Sky News, Süddeutsche Zeitung, TASS, The Telegraph,
Time, The Times, UPI, USA Today, Vox, The Wall Street Journal, The Washington Post, Wikipedia, Wired, Xinhua
"""


def each(documents):
    return pytest.mark.parametrize("document", documents, ids=lambda document: document.slug)


def words(document):
    texts = [document.headline, document.standfirst, *(section.heading for section in document.sections)]
    return [*texts, *(section.body for section in document.sections), *(event.text for event in document.timeline)]


def cited(document):
    texts = [*(section.body for section in document.sections), *(event.text for event in document.timeline)]
    return {number for text in texts for marker in find_markers(text) for number in marker.numbers}


def test_edition_is_large_enough_to_look_around_in():
    assert len(LATEST) >= 16
    assert {document.topic.slug for document in LATEST.values()} == {topic.slug for topic in read_topics()}
    assert len(read_topics()) == 5
    assert len({document.uid for document in LATEST.values()}) == len(LATEST)


def test_edition_has_every_state_a_story_can_be_in():
    published = [story for story in EDITION if story.steps]
    assert sum(story.withdrawal is not None for story in published) == 1
    assert sum(story.scheduled is not None for story in EDITION) == 1
    assert {story.review_state for story in EDITION if not story.steps and not story.scheduled} == {
        "in_review",
        "in_progress",
    }
    assert sorted(story.rank for story in EDITION if story.rank) == [1, 2, 3]
    assert sum(not document.gallery for document in LATEST.values() if not document.parent) >= 5
    assert any(entry.file is None for document in LATEST.values() for entry in document.gallery)
    assert {"en", "es", "ar"} == {document.language for document in LATEST.values()}
    assert any(len(document.headline) > 120 for document in LATEST.values())
    assert any(len(document.sections) == len(document.sources) == 1 for document in LATEST.values())


def test_rich_story_is_as_rich_as_the_reference():
    document = LATEST[RICH]
    assert len(document.sections) == 5
    assert len(document.timeline) >= 30
    assert len(document.sources) == 24
    assert len({source.number for source in document.sources} - cited(document)) == 3
    assert len(document.gallery) == 3
    assert len(document.resources) >= 2
    assert len(SUB_STORIES) == 12
    lower = [sub_story for sub_story in SUB_STORIES if sub_story.parent.uid != document.uid]
    assert {sub_story.parent.uid for sub_story in lower} < {sub_story.uid for sub_story in SUB_STORIES}
    assert len(lower) == 2
    dates = [EventDate.from_edtf(event.date) for event in document.timeline]
    assert {date.precision for date in dates} == set(Precision)


def test_rich_story_has_six_versions_over_four_days():
    steps = next(story.steps for story in EDITION if story.draft.slug == RICH)
    assert [step.kind for step in steps] == ["publication", "update", "update", "minor", "correction", "update"]
    assert steps[-1].at - steps[0].at > timedelta(days=3)
    assert all(step.note for step in steps[1:])
    numbers = [{source.number for source in step.document.sources} for step in steps]
    assert numbers[1] - numbers[2] == {8}
    assert 8 not in numbers[-1]


def test_what_befalls_a_story_comes_in_order_and_before_now():
    for story in EDITION:
        moments = [step.at for step in story.steps] + ([story.withdrawal.at] if story.withdrawal else [])
        assert moments == sorted(set(moments))
        assert all(moment < timedelta(0) for moment in moments)
        assert story.scheduled is None or story.scheduled > timedelta(0)


@each(DOCUMENTS)
def test_every_marker_has_its_source(document):
    assert cited(document) <= {source.number for source in document.sources}


@each(DOCUMENTS)
def test_every_event_has_a_readable_date_and_stands_in_order(document):
    assert all(EventDate.from_edtf(event.date).edtf == event.date for event in document.timeline)
    places = [place_in_time(event.date, event.label) for event in document.timeline]
    assert places == sorted(places)


@each(DOCUMENTS)
def test_invented_reports_are_at_addresses_that_cannot_exist(document):
    hosts = {urlsplit(entry.url).hostname for entry in (*document.sources, *document.resources) if entry.url}
    true_story = document.slug in TRUE_STORIES
    assert hosts <= PUBLIC_DOCUMENTS if true_story else all(host.endswith(".example") for host in hosts)


@each([document for document in DOCUMENTS if document.slug not in TRUE_STORIES])
def test_no_invented_report_carries_a_real_outlets_name(document):
    real = {name.strip().casefold().removeprefix("the ") for name in REAL_OUTLETS.split(",")}
    outlets = {source.outlet.casefold().removeprefix("the ") for source in document.sources}
    assert all(source.outlet for source in document.sources)
    assert not outlets & real


@each(DOCUMENTS)
def test_pictures_are_the_drawn_ones_with_words_of_their_own(document):
    for entry in document.gallery:
        assert entry.alt_text != entry.caption
        if entry.file:
            file = PICTURES / entry.file
            assert hashlib.sha256(file.read_bytes()).hexdigest() == entry.sha256, "Draw it again: see draw_pictures."
            assert Image.open(file).size == (entry.width, entry.height)
            assert file.stat().st_size < 150_000
            assert entry.alt_text
            assert "demo" in entry.credit_line


def test_every_drawn_picture_is_shown_somewhere():
    shown = {entry.file for document in LATEST.values() for entry in document.gallery if entry.file}
    assert shown == {file.name for file in PICTURES.iterdir()}


@each(DOCUMENTS)
def test_words_are_set_as_a_printer_would(document):
    for text in words(document):
        assert not re.search(r"""(?<!=)"|'|\.\.\.| - |  |--|\u00a0""", text), text
        assert not re.search(r"\d (per cent|km|metres|million|MW|November|pupils)\b", text), (
            f"A number parts from its unit: {text}"
        )


def test_one_report_is_described_alike_wherever_it_is_cited():
    told = defaultdict(set)
    for document in DOCUMENTS:
        for source in document.sources:
            told[source.url].add(tuple(map(str, source.details())))
    assert all(len(details) == 1 for details in told.values())


def test_changes_replace_add_and_take_out_parts_by_id():
    values = {
        "headline": "Old",
        "sections": [{"id": "s1", "heading": "One", "body": "<p>1</p>"}],
        "sources": [{"number": 1, "title": "A"}, {"number": 2, "title": "B"}],
        "timeline": [{"id": "t1", "date": "2020", "text": "Then."}],
    }
    changes = {
        "headline": "New",
        "sections": {"s1": {"body": "<p>2</p>"}},
        "sources": {"1": None, "3": {"title": "C"}},
        "timeline": {"t2": {"date": "2019", "text": "Before."}},
    }
    assert changed(values, changes) == {
        "headline": "New",
        "sections": [{"id": "s1", "heading": "One", "body": "<p>2</p>"}],
        "sources": [{"number": 2, "title": "B"}, {"number": 3, "title": "C"}],
        "timeline": [{"id": "t2", "date": "2019", "text": "Before."}, {"id": "t1", "date": "2020", "text": "Then."}],
    }


def test_offsets_are_read_and_anything_else_is_refused():
    assert read_offset("-3d4h5m") == -timedelta(days=3, hours=4, minutes=5)
    assert read_offset("+30m") == timedelta(minutes=30)
    for text in ("3d", "+", "-3 days", ""):
        with pytest.raises(ValueError, match="is no offset"):
            read_offset(text)
