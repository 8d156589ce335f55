"""Notices where readers meet them: on the live page, on frozen pages that had the fault, in the list of versions."""

from datetime import timedelta

import pytest

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.models import Notice
from tests import factories
from tests.factories import NOON
from tests.stories.views.reading import by_class, page, part, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STORY = "/stories/ferry/"
TEXT = "The line opened its third berth, not its second."
AT = "Mar 2 2026"


def reworded(story, old, new):
    """Change words of the draft's text or timeline."""
    document = read_draft(story).as_json()
    for section in document["sections"]:
        section["body"] = section["body"].replace(old, new)
    for event in document["timeline"]:
        event["text"] = event["text"].replace(old, new)
    write_draft(story, type(read_draft(story)).model_validate(document))
    story.refresh_from_db()
    return story


def publish(story, hours, **head):
    publishing.publish(factories.edit(story, **head), by=None, at=NOON + hours * HOUR)


def told(story, number, hours, passage="s1.1", kind="correction", text=TEXT):
    fault = factories.version(story, number)
    at = NOON + hours * HOUR
    return publishing.issue_notice(fault, by=None, kind=kind, text=text, passage=passage, at=at)


@pytest.fixture
def story():
    """Three Versions with the same fault in the first sentence; a correction about the third mends it in the fourth."""
    story = factories.live(slug="ferry", headline="First")
    publish(story, 1, headline="Second")
    publish(story, 2, headline="Third")
    told(reworded(story, "second", "third"), 3, 3)
    return story


def marks(tree):
    return [(words(mark), mark.get("href")) for mark in by_class(tree, "notice-mark")]


def notice_links(tree):
    return [(words(link), link.get("href")) for link in by_class(tree, "notice-link")]


def test_on_the_live_page_the_passage_is_marked_and_leads_to_the_notice_and_back(client, story):
    notice = Notice.objects.get()
    tree = page(client, STORY)
    assert marks(tree) == [(f"Corrected {AT}", f"#notice-{notice.pk}")]
    assert words(part(tree, f"notice-{notice.pk}")).startswith(f"Correction {AT}, 15:00 UTC. {TEXT}")
    assert notice_links(tree) == [
        ("Where it stands", "#s1.1"),
        ("As it was, in version 3", f"{STORY}versions/3/#s1.1"),
    ]
    assert "third berth" in words(part(tree, "s1.1"))
    assert words(part(tree, "s1.1").getnext()) == f"Corrected {AT}"


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("clarification", "Clarified"),
        ("update", "Updated"),
        ("editors_note", "Editor’s note"),
        ("retraction", "Retracted"),
    ],
)
def test_each_kind_has_its_mark(client, kind, mark):
    told(reworded(factories.live(slug="ferry"), "second", "third"), 1, 1, "t1", kind)
    tree = page(client, STORY)
    assert [words(one) for one in by_class(tree, "notice-mark")] == [f"{mark} {AT}"]
    assert words(part(tree, "t1")).endswith(f"{mark} {AT}")


def test_the_day_of_a_mark_is_the_sites(client, story, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    assert marks(page(client, STORY))[0][0] == "Corrected Mar 3 2026"


def test_a_passage_that_is_gone_has_no_mark_and_its_notice_no_way_to_it(client, story):
    document = read_draft(story).as_json()
    document["sections"][0]["body"] = "<p>Nothing of it stands any more.</p>"
    document["sections"][0]["sentences"] = []
    write_draft(story, type(read_draft(story)).model_validate(document))
    publish(story, 4, headline="Fifth")
    tree = page(client, STORY)
    assert marks(tree) == []
    assert notice_links(tree) == [("As it was, in version 3", f"{STORY}versions/3/#s1.1")]


def test_a_note_about_what_readers_have_now_does_not_lead_to_the_same_words(client):
    told(factories.live(slug="ferry"), 1, 1, kind="editors_note")
    assert notice_links(page(client, STORY)) == [("Where it stands", "#s1.1")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_frozen_page_that_had_the_fault_says_so(client, story, number):
    tree = page(client, f"{STORY}versions/{number}/")
    [notice] = by_class(tree, "notice")
    assert words(notice).startswith(f"Corrected later, {AT}, 15:00 UTC: {TEXT}")
    assert notice_links(tree) == [
        ("Where it stands", "#s1.1"),
        ("As it was mended, in version 4", f"{STORY}versions/4/#s1.1"),
        ("What changed", f"{STORY}versions/{number}..4/"),
    ]
    assert marks(tree) == [(f"Corrected {AT}", f"#{notice.get('id')}")]
    assert "second berth" in words(part(tree, "s1.1"))


def test_a_frozen_page_without_the_fault_says_nothing_of_it(client, story):
    reworded(story, "third", "second")
    publish(story, 4, headline="The words of once again")
    for number in (4, 5):
        tree = page(client, f"{STORY}versions/{number}/")
        assert by_class(tree, "notice") == []
        assert marks(tree) == []


def test_a_notice_about_the_whole_touches_all_before_it_and_has_no_mark(client, story):
    told(story, 2, 5, passage="", kind="editors_note", text="All of it was early.")
    shown = {n: words(page(client, f"{STORY}versions/{n}/")) for n in (1, 2, 3)}
    said = f"Editor’s note, added later, {AT}, 17:00 UTC: All of it was early."
    assert [number for number, text in shown.items() if said in text] == [1, 2]
    assert len(marks(page(client, f"{STORY}versions/2/"))) == 1


def test_the_list_says_which_versions_had_a_fault_that_was_corrected(client, story):
    tree = page(client, f"{STORY}versions/")
    lines = {item.get("value"): item.xpath("./*[@class='told-later']") for item in tree.xpath("//ol/li")}
    assert {number: len(found) for number, found in lines.items()} == {"4": 0, "3": 1, "2": 1, "1": 1}
    assert words(lines["1"][0]) == f"Corrected later, {AT}, 15:00 UTC"
    [link] = lines["1"][0].xpath("./a/@href")
    assert link.startswith(f"{STORY}versions/1/#notice-")
    assert part(page(client, link.partition("#")[0]), link.partition("#")[2]) is not None


@pytest.mark.parametrize("gone", ["retired_at", "redacted"])
def test_a_notice_that_is_retired_or_whose_mend_is_gone_shows_nowhere(client, story, gone):
    if gone == "retired_at":
        publishing.take_back(story, by=None, reason="A mistake.", at=NOON + 4 * HOUR)
    else:
        publish(story, 4, headline="Fifth")
        publishing.redact(factories.version(story, 4), by=None, reason="By order.", at=NOON + 5 * HOUR)
    for address in (STORY, f"{STORY}versions/1/", f"{STORY}versions/3/", f"{STORY}versions/"):
        tree = page(client, address)
        assert not by_class(tree, "notice-mark"), address
        assert TEXT not in words(tree), address
        assert "later" not in words(tree.xpath("//main")[0]), address


def test_a_hidden_version_shows_no_words_of_a_notice(client, story):
    told(story, 3, 4, passage="", kind="editors_note", text="All of it was early.")
    publishing.redact(factories.version(story, 2), by=None, reason="By order.", at=NOON + 4 * HOUR)
    said = words(page(client, f"{STORY}versions/2/"))
    assert TEXT not in said
    assert "All of it was early." not in said
    listed = page(client, f"{STORY}versions/")
    assert not listed.xpath("//ol/li[@value='2']//*[@class='told-later']")
    assert listed.xpath("//ol/li[@value='1']//*[@class='told-later']")
    assert TEXT in words(page(client, f"{STORY}versions/1/"))


def test_where_the_words_of_the_named_version_are_gone_earlier_ones_are_not_judged(client, story):
    publishing.redact(factories.version(story, 3), by=None, reason="By order.", at=NOON + 4 * HOUR)
    assert by_class(page(client, f"{STORY}versions/1/"), "notice") == []
    assert by_class(page(client, STORY), "notice")


def test_what_an_editor_types_is_shown_as_text(client):
    story = reworded(factories.live(slug="ferry"), "second", "third")
    told(story, 1, 1, text="<img src=x onerror=alert(1)> & more")
    for address in (STORY, f"{STORY}versions/1/"):
        tree = page(client, address)
        assert "<img src=x onerror=alert(1)> & more" in words(by_class(tree, "notice")[0])
        assert not tree.xpath("//img[@onerror]")


def test_in_a_story_from_right_to_left_a_mark_runs_its_own_way(client):
    story = factories.live(slug="ferry", language="ar")
    told(reworded(story, "second", "third"), 1, 1)
    [mark] = by_class(page(client, STORY), "notice-mark")
    assert (mark.get("dir"), mark.get("lang")) == ("ltr", "en")


def test_feeds_have_no_marks(client, story):
    for kind in ("rss", "atom"):
        assert "Corrected" not in client.get(f"/feeds/headlines.{kind}").content.decode()


def test_since_the_last_visit_is_marked_beside_the_notices(client, story):
    tree = page(client, f"{STORY}?since=3")
    assert by_class(tree, "is-new")
    assert len(marks(tree)) == 1


@pytest.mark.parametrize("address", [STORY, f"{STORY}versions/1/", f"{STORY}versions/"])
def test_the_cost_does_not_grow_with_notices_and_versions(client, story, queries_do_not_grow, address):
    hours = iter(range(4, 40))

    def grow():
        number = story.versions.order_by("-number").first().number
        story.refresh_from_db()
        reworded(story, "moved first", f"moved first, at {number},")
        told(story, number, next(hours), passage="s1.2")
        told(story, number - 1, next(hours), passage="", kind="editors_note", text="A note.")

    queries_do_not_grow(lambda: client.get(address), grow=grow)
