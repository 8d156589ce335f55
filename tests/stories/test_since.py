from stories.since import since
from tests.stories.test_version_changes import SENTENCES, document, event, section


def test_it_is_told_in_numbers_and_by_first_words():
    long = "A second crossing a day begins in the spring, " + "with room for many more cars than there were, " * 3
    after = document(
        headline="Other",
        sections=[section(sentences=[("s1.1", "The line opened a third berth [1].", [1]), ("s1.3", long, [])])],
        timeline=[event(), event("t2", "2026-04-01"), event("t3", "2026-04-02")],
    )
    told = since(document(), after)
    assert told.told == ["another headline", "1 new sentence", "1 sentence reworded", "1 sentence gone", "2 new events"]
    assert told.marked == {"s1.1", "s1.3", "t2.1", "t3.1"}
    assert [place.id for place in told.places] == ["s1.1", "s1.3", "t2.1", "t3.1"]
    assert told.places[0].words == "The line opened a third berth."
    assert told.places[1].words.startswith("A second crossing a day begins")
    assert told.places[1].words.endswith(" …")
    assert len(told.places[1].words) < 75


def test_other_sources_are_marked_and_what_only_moved_is_not():
    after = document(sections=[section(sentences=[SENTENCES[1], ("s1.1", "The line opened a berth [2].", [2])])])
    told = since(document(), after)
    assert told.marked == {"s1.1"}
    assert told.told == ["1 sentence on other sources", "1 sentence moved"]


def test_the_same_is_nothing():
    told = since(document(), document())
    assert (told.told, told.places, told.marked) == ([], [], frozenset())
