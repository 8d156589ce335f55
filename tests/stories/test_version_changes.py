import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.comparing import Words
from stories.version_changes import How, version_changes
from tests import factories

SENTENCES = [("s1.1", "The line opened a berth [1].", [1]), ("s1.2", "Freight moved first [2].", [2])]


def section(id="s1", heading="A crossing", sentences=SENTENCES):
    read = [{"id": one, "text": text, "cites": cites} for one, text, cites in sentences]
    return {"id": id, "heading": heading, "body": "", "sentences": read}


def event(id="t1", date="2026-03-01", text="The berth opens [1].", cites=(1,)):
    return {"id": id, "date": date, "label": "", "sentences": [{"id": f"{id}.1", "text": text, "cites": list(cites)}]}


def document(**fields):
    stored = factories.document().as_json() | {"sections": [section()], "timeline": [event()]}
    return stored | {"sources": [], "headline": "Ferries", **fields}


def told(parts):
    """Each part that differs, with its sentences that do."""
    return {part.id: (part.how, {one.id: one.how for one in part.differing}) for part in parts if part.how != How.SAME}


def test_the_same_is_nothing():
    changes = version_changes(document(), document())
    assert changes.is_empty
    assert [part.how for part in (*changes.sections, *changes.events)] == [How.SAME, How.SAME]


def test_a_sentence_is_told_word_by_word_without_its_markers():
    after = document(sections=[section(sentences=[("s1.1", "The line opened a second berth [1].", [1]), SENTENCES[1]])])
    [part] = version_changes(document(), after).differing_sections
    [sentence] = part.differing
    assert (part.how, sentence.how) == (How.CHANGED, How.CHANGED)
    assert Words("ins", "second ") in sentence.words or Words("ins", " second") in sentence.words
    assert "[1]" not in "".join(words.text for words in sentence.words)
    assert (sentence.cites, sentence.no_longer) == ([], [])


def test_texts_with_little_in_common_stand_one_after_the_other():
    after = document(headline="Crews of every line suspend their strike")
    assert version_changes(document(headline="The ferries sail every day"), after).head[0].words == [
        Words("del", "The ferries sail every day"),
        Words("ins", "Crews of every line suspend their strike"),
    ]


def test_other_sources_under_the_same_words_are_a_re_sourcing():
    after = document(sections=[section(sentences=[("s1.1", "The line opened a berth [2] [3].", [2, 3]), SENTENCES[1]])])
    [sentence] = version_changes(document(), after).differing_sections[0].differing
    assert (sentence.how, sentence.cites, sentence.no_longer) == (How.RESOURCED, [2, 3], [1])


def test_what_came_and_what_went():
    after = document(sections=[section(sentences=[SENTENCES[1], ("s1.3", "A third.", [])]), section("s2", "Later", [])])
    assert told(version_changes(document(), after).sections) == {
        "s1": (How.CHANGED, {"s1.1": How.REMOVED, "s1.3": How.ADDED}),
        "s2": (How.ADDED, {}),
    }
    before = [one.id for one in version_changes(document(), after).sections[0].sentences]
    assert before == ["s1.1", "s1.2", "s1.3"]  # what is gone stands where it stood


def test_a_sentence_that_moved_to_another_section_is_no_loss():
    two = [section(sentences=[SENTENCES[0]]), section("s2", "Later", [SENTENCES[1]])]
    changes = version_changes(document(), document(sections=two))
    assert told(changes.sections) == {"s2": (How.ADDED, {"s1.2": How.MOVED})}


def test_the_fewest_that_moved_are_called_moved():
    many = [(f"s1.{n}", f"Sentence {n}.", []) for n in range(1, 6)]
    before = document(sections=[section(sentences=many)])
    after = document(sections=[section(sentences=[many[4], *many[:4]])])
    assert told(version_changes(before, after).sections) == {"s1": (How.CHANGED, {"s1.5": How.MOVED})}
    sections = [section(f"s{n}", f"Part {n}", []) for n in range(1, 4)]
    turned = version_changes(document(sections=sections), document(sections=[sections[2], *sections[:2]]))
    assert told(turned.sections) == {"s3": (How.MOVED, {})}


def test_an_event_whose_date_changes_is_changed_and_not_moved():
    after = document(timeline=[event("t2", "2026-02-01", "Before it.", ()), event(date="2026-01-02")])
    changes = version_changes(document(), after)
    assert told(changes.events) == {"t2": (How.ADDED, {"t2.1": How.ADDED}), "t1": (How.CHANGED, {})}
    assert [words.how for words in changes.events[1].name if words.how]


def test_sources_pictures_and_resources_go_by_what_they_are_known_by():
    source = factories.document().as_json()["sources"][0]
    picture = {"sha256": "a" * 64, "caption": "Quay", "decorative": False, "alt_text": "A quay", "credit_line": "Demo"}
    resource = {"url": "https://a.example/", "title": "Data", "publisher": ""}
    before = document(sources=[source], gallery=[picture], resources=[resource])
    after = document(
        sources=[source | {"title": "Another title"}, source | {"number": 7}],
        gallery=[picture | {"caption": "Pier"}],
        resources=[resource | {"url": "https://b.example/"}],
    )
    changes = version_changes(before, after)
    assert [(row.key, row.how) for row in changes.sources] == [("1", How.CHANGED), ("7", How.ADDED)]
    assert [(row.key[:1], row.how) for row in changes.pictures] == [("a", How.CHANGED)]
    assert [(row.key, row.how) for row in changes.resources] == [
        ("https://a.example/", How.REMOVED),
        ("https://b.example/", How.ADDED),
    ]


def test_the_head_is_told_by_its_fields():
    after = document(headline="Ferries again", topic=None)
    assert [field.name for field in version_changes(document(), after).head] == ["Headline", "Topic"]


IDS = st.lists(st.sampled_from([f"s1.{n}" for n in range(1, 9)]), unique=True)


@given(IDS, IDS, st.sets(st.sampled_from([f"s1.{n}" for n in range(1, 9)])))
def test_every_sentence_of_both_is_told_once_and_the_new_ones_in_their_order(old, new, reworded):
    def read(ids, words):
        return document(sections=[section(sentences=[(id, words(id), []) for id in ids])])

    changes = version_changes(
        read(old, lambda id: f"Sentence {id}."),
        read(new, lambda id: f"{'Other' if id in reworded else 'Sentence'} {id}."),
    )
    sentences = changes.sections[0].sentences
    assert sorted(one.id for one in sentences) == sorted({*old, *new})
    assert [one.id for one in sentences if one.how != How.REMOVED] == new
    assert {one.id for one in sentences if one.how == How.ADDED} == set(new) - set(old)
    assert {one.id for one in sentences if one.how == How.CHANGED} == set(new) & set(old) & reworded
    if old == new and not reworded & set(new):
        assert changes.is_empty


@pytest.mark.parametrize("turned", [False, True])
def test_a_long_timeline_is_compared_in_good_time(turned):
    events = [event(f"t{n}", "2026-03-01", f"Event {n} of many words that are the same.") for n in range(2000)]
    changes = version_changes(document(timeline=events), document(timeline=events[::-1] if turned else events[1:]))
    assert len(changes.differing_events) == (0 if turned else 1)
