"""Two editors on one story: what is brought together, what is asked, and that nothing of either is lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from stories.draft import read_draft
from stories.models import Snapshot
from tests.factories import draft, live
from tests.stories.admin.story_form import address, fields, messages, opened, save, text, with_row

pytestmark = pytest.mark.django_db
SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]
TIMELINE = [{"id": f"t{key}", "date": f"2026-03-0{key}", "text": f"Event {key} [1]."} for key in (1, 2)]


def client_of(name):
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


@pytest.fixture
def editor(db):
    return client_of("first")


@pytest.fixture
def other(db):
    return client_of("second")


@pytest.fixture
def story(db):
    return draft(sections=SECTIONS, timeline=TIMELINE)


def conflict_address(response):
    return response.redirect_chain[-1][0]


def resolve(client, response, story, **choices):
    story.refresh_from_db()
    named = {f"choice-{name.replace('_', ':')}": choice for name, choice in choices.items()}
    return client.post(conflict_address(response), {"lock_version": story.lock_version, **named}, follow=True)


def test_changes_in_different_parts_are_brought_together(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(
        other, theirs, story, standfirst="Theirs", **{"sections-0-body": "<p>Theirs [1].</p>", "timeline-1-text": "B."}
    )
    response = save(
        editor, mine, story, byline="Mine", **{"sections-1-body": "<p>Mine [2].</p>", "timeline-0-text": "A."}
    )
    said = messages(response)
    assert any("second saved the story meanwhile" in message and "Byline" in message for message in said)
    now = read_draft(type(story).objects.get(pk=story.pk))
    assert (now.standfirst, now.byline) == ("Theirs", "Mine")
    assert [section.body for section in now.sections] == ["<p>Theirs [1].</p>", "<p>Mine [2].</p>"]
    assert [event.text for event in now.timeline] == ["A.", "B."]


def test_rows_that_each_added_are_all_there_under_ids_of_their_own(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    for client, form, name in ((other, theirs, "Theirs"), (editor, mine, "Mine")):
        form = with_row(form, "sections", heading=name, body=f"<p>{name} [1].</p>")
        form = with_row(form, "sources", url=f"https://{name.lower()}.example/", title=name)
        save(client, with_row(form, "timeline", date="2026-04-01", text=f"{name} [1]."), story)
    now = read_draft(type(story).objects.get(pk=story.pk))
    assert {(section.id, section.heading) for section in now.sections[2:]} == {("s3", "Theirs"), ("s4", "Mine")}
    assert [(source.number, source.title) for source in now.sources[2:]] == [(3, "Theirs"), (4, "Mine")]
    assert {event.text for event in now.timeline} >= {"Theirs [1].", "Mine [1]."}


def test_the_same_section_changed_by_both_is_asked_side_by_side(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, **{"sections-0-body": "<p>Their words [1].</p>"})
    response = save(editor, mine, story, byline="Mine", **{"sections-0-body": "<p>My words [1].</p>"})
    shown = text(response)
    for words in ("Section “Part 1”", "Theirs", "Before", "Yours", "Byline"):
        assert words in shown
    assert read_draft(story).sections[0].body == "<p>Their words [1].</p>"
    kept = Snapshot.objects.filter(reason="conflict")
    assert {snapshot.document["sections"][0]["body"] for snapshot in kept} == {
        "<p>Their words [1].</p>",
        "<p>My words [1].</p>",
    }


@pytest.mark.parametrize(("choice", "words"), [("theirs", "Theirs."), ("yours", "Mine.")])
def test_what_was_chosen_becomes_the_draft(editor, other, story, choice, words):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, **{"timeline-0-text": "Theirs."})
    response = save(editor, mine, story, byline="Mine", **{"timeline-0-text": "Mine."})
    assert "Choose in each place" in text(resolve(editor, response, story))
    done = resolve(editor, response, story, event_t1=choice)
    assert "saved as you chose" in messages(done)[0]
    now = read_draft(type(story).objects.get(pk=story.pk))
    assert (now.timeline[0].text, now.byline) == (words, "Mine")


def test_a_third_save_while_choosing_is_not_overwritten(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, **{"timeline-0-text": "Theirs."})
    response = save(editor, mine, story, **{"timeline-0-text": "Mine."})
    story.refresh_from_db()
    seen = story.lock_version
    save(other, opened(other, story), story, headline="Newer still")
    again = editor.post(conflict_address(response), {"lock_version": seen, "choice-event:t1": "yours"})
    assert "saved again" in text(again)
    resolve(editor, response, story, event_t1="yours")
    now = read_draft(type(story).objects.get(pk=story.pk))
    assert (now.headline, now.timeline[0].text) == ("Newer still", "Mine.")


def test_a_row_that_one_deleted_and_the_other_changed_is_asked_and_keeps_its_id(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, **{"timeline-0-DELETE": "on", "sections-1-DELETE": "on", "sources-1-DELETE": "on"})
    response = save(editor, mine, story, **{"timeline-0-text": "Changed."})
    assert "removed" in text(response)
    resolve(editor, response, story, event_t1="yours")
    now = read_draft(type(story).objects.get(pk=story.pk))
    assert [(event.id, event.text) for event in now.timeline] == [("t1", "Changed."), ("t2", "Event 2 [1].")]
    assert [section.id for section in now.sections] == ["s1"]
    assert [source.number for source in now.sources] == [1]


def test_two_reports_under_one_number_are_asked_and_can_both_be_kept(editor, other, story):
    forms = [opened(client, story) for client in (other, editor)]
    for client, form, name in ((other, forms[0], "theirs"), (editor, forms[1], "mine")):
        place = {"theirs": "sections-0-body", "mine": "sections-1-body"}[name]
        form = {**form, place: f"<p>Says {name} [3].</p>"}
        response = save(client, with_row(form, "sources", number="3", url=f"https://{name}.example/"), story)
    assert "Each of you gave this number to another report" in text(response)
    resolve(editor, response, story, source_3="both")
    now = read_draft(type(story).objects.get(pk=story.pk))
    assert {source.number: source.url for source in now.sources[2:]} == {
        3: "https://theirs.example/",
        4: "https://mine.example/",
    }
    assert [section.body for section in now.sections] == ["<p>Says theirs [3].</p>", "<p>Says mine [4].</p>"]


def test_putting_mine_aside_keeps_theirs_and_mine_among_the_snapshots(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, headline="Theirs")
    response = save(editor, mine, story, headline="Mine")
    assert "Still to be decided" in text(editor.get(address(story)))
    editor.post(conflict_address(response), {"put_aside": "1"})
    page = editor.get(address(story))
    assert "Still to be decided" not in text(page)
    assert fields(page)["headline"] == "Theirs"
    assert Snapshot.objects.filter(document__headline="Mine").exists()


def test_only_who_typed_is_offered_to_decide_and_theirs_is_kept_once(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, headline="Theirs")
    for _ in range(2):
        save(editor, mine, story, headline="Mine")
    assert "Still to be decided" in text(editor.get(address(story)))
    assert "Still to be decided" not in text(other.get(address(story)))
    assert Snapshot.objects.filter(reason="conflict", typed__isnull=True).count() == 1


def test_the_same_form_sent_twice_changes_nothing_more(editor, story):
    form = opened(editor, story)
    save(editor, form, story, headline="Once")
    response = save(editor, form, story, headline="Once")
    assert any("Nothing of yours differed" in message for message in messages(response))
    story.refresh_from_db()
    assert (story.headline, story.lock_version) == ("Once", 2)
    assert not Snapshot.objects.filter(reason="conflict").exists()


def test_a_form_that_does_not_say_what_it_began_with_overwrites_nothing(editor, other, story):
    form = opened(editor, story)
    del form["seen_lock"]
    response = save(editor, form, story, headline="Out of nowhere")
    assert "Two drafts of" in text(response)
    story.refresh_from_db()
    assert story.headline != "Out of nowhere"


def test_an_address_that_the_other_changed_stays_changed(editor, other):
    story = live()
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, slug="their-address")
    save(editor, mine, story, byline="Mine")
    story.refresh_from_db()
    assert (story.slug, story.byline) == ("their-address", "Mine")


def test_new_sub_stories_of_a_merged_save_are_made(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, standfirst="Theirs")
    save(editor, mine, story, byline="Mine", new_sub_stories="A part of its own")
    assert story.sub_stories.get().headline == "A part of its own"


def test_a_conflict_is_somebody_else_s_to_look_at_only_with_leave(client, editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, headline="Theirs")
    response = save(editor, mine, story, headline="Mine")
    client.force_login(User.objects.create_user("outsider", is_staff=True))
    assert client.get(conflict_address(response)).status_code == 403


def test_what_cannot_be_stored_together_is_kept_and_said(editor, other, story):
    parent = draft()
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, parent=str(parent.pk))
    response = save(editor, mine, story, byline="Mine", headline="Mine")
    assert "Both are in the draft now" in " ".join(messages(response))
    mine = opened(editor, story)
    save(other, opened(other, story), story, **{"timeline-0-text": "Theirs."})
    response = save(editor, mine, story, **{"timeline-0-text": "Mine."})
    type(parent).objects.filter(pk=parent.pk).update(parent=story)  # a cycle that somebody makes meanwhile
    page = resolve(editor, response, story, event_t1="yours")
    assert "stands below this story" in text(page)
    assert Snapshot.objects.filter(reason="conflict", settled_at=None).exclude(typed__isnull=True).exists()
