from stories.comparing import Kind, Words, changes, compare_words
from stories.parts import said_in
from tests.stories.test_merging import base, changed, section, source


def found(before, after):
    return [(str(change.part), change.kind) for change in changes(before, after)]


def test_what_changed_is_told_by_part():
    before = base()
    after = section(changed(before, headline="Another"), "s1", heading="Another")
    after = changed(after, sections=[*after.as_json()["sections"][:2], {"id": "s4", "heading": "Added"}])
    assert found(before, after) == [
        ("head:headline", Kind.CHANGED),
        ("section:s1", Kind.CHANGED),
        ("section:s4", Kind.ADDED),
        ("section:s3", Kind.REMOVED),
    ]


def test_what_an_editor_reads_of_a_change():
    before = base()
    (change,) = changes(before, source(before, 1, title="A third berth opens"))
    assert change.name == "Source 1"
    assert change.before.startswith("A second berth opens\nHarbour Courier\n2026-03-01")
    assert Words("ins", "third") in change.words


def test_an_order_alone_is_a_move():
    before = base()
    after = changed(before, sections=before.as_json()["sections"][::-1])
    assert found(before, after) == [("order:section", Kind.MOVED)]


def test_nothing_changed_is_nothing():
    assert changes(base(), base()) != []  # other addresses in its sources: the factory counts
    same = base()
    assert changes(same, same) == []


def test_how_a_topic_is_called_is_no_change():
    before = base()
    assert found(before, changed(before, topic={"slug": "world", "name": "The world"})) == []
    assert found(before, changed(before, topic={"slug": "science", "name": "Science"})) == [
        ("head:topic", Kind.CHANGED)
    ]


def test_texts_are_compared_word_by_word():
    assert compare_words("The ferry sails at noon.", "The ferry sails at one.") == [
        Words("", "The ferry sails at "),
        Words("del", "noon"),
        Words("ins", "one"),
        Words("", "."),
    ]
    assert compare_words("", "New") == [Words("ins", "New")]
    assert compare_words("Same", "Same") == [Words("", "Same")]


def test_very_long_texts_are_compared_by_paragraph_within_a_moment():
    text = "\n".join(f"Line {n} of a very long text that goes on and on." for n in range(5000))
    words = compare_words(text, text.replace("Line 7 ", "Row 7 "))
    assert [w.how for w in words] == ["", "del", "ins", ""]


def test_what_is_read_from_json_tells_the_same_parts_apart():
    before = base()
    after = section(changed(before, headline="Another", topic={"slug": "science", "name": "S"}), "s1", heading="New")
    after = changed(after, timeline=after.as_json()["timeline"][1:], sources=after.as_json()["sources"][:1])
    old, new = said_in(before.as_json()), said_in(after.as_json())
    differing = {str(part) for part in {**old, **new} if old.get(part) != new.get(part)}
    assert differing == {str(change.part) for change in changes(before, after)}
