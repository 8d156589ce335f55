from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from lxml import html

from stories import publishing
from stories.models import Placement, Story
from tests.factories import NOON, draft, edit, live
from tests.stories.admin import story_form
from tests.stories.admin.story_form import address, messages, text

pytestmark = pytest.mark.django_db
AHEAD = timezone.localtime() + timedelta(days=2)


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def press(client, story, page, **typed):
    """Press the button of the verb's page, having said when, as its form asks."""
    return story_form.press(client, story, page, **{"when": "later" if "live_from" in typed else "now", **typed})


def in_input(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_a_draft_is_published(editor):
    story = draft()
    assert "appears on the site for the first time" in text(editor.get(address(story, "publish")))
    response = press(editor, story, "publish", note="")
    assert messages(response) == ["Version 1 is live."]
    assert story.versions.get().created_by.username == "editor"


def test_what_refuses_publication_is_listed_with_links_to_the_fields(editor):
    story = edit(
        draft(timeline=[{"id": "t4", "date": "", "label": "some day", "text": "It happened [9]."}]), headline=""
    )
    response = press(editor, story, "publish")
    assert not story.versions.exists()
    for anchor in ("id_headline", "t4"):
        assert f'href="{address(story)}#{anchor}"'.encode() in response.content
    assert b'href="%s#t4"' % address(story).encode() in editor.get(address(story)).content


def test_an_update_says_its_kind_and_note(editor):
    story = edit(live(), standfirst="More is known.")
    press(editor, story, "publish", kind="minor", note="A comma")
    version = story.versions.get(number=2)
    assert (version.kind, version.change_note) == ("minor", "A comma")


def test_a_correction_needs_a_note(editor):
    story = edit(live(), standfirst="More is known.")
    assert "Say what was wrong" in text(press(editor, story, "publish", kind="correction"))
    assert story.versions.count() == 1


def test_pressing_publish_twice_makes_one_version_and_says_so_kindly(editor):
    story = edit(live(), standfirst="More is known.")
    press(editor, story, "publish", kind="update")
    response = press(editor, story, "publish", kind="update")
    assert "Nothing has changed since Version 2" in messages(response)[0]
    assert story.versions.count() == 2


def test_a_draft_saved_meanwhile_is_looked_at_before_it_is_published(editor):
    story = draft()
    response = editor.post(address(story, "publish"), {"lock_version": story.lock_version - 1, "when": "now"})
    assert "saved again after this page was opened" in text(response)
    assert not story.versions.exists()


def test_a_draft_is_scheduled_moved_and_called_off(editor):
    story = draft()
    response = press(editor, story, "publish", live_from=in_input(AHEAD))
    assert "is scheduled for" in messages(response)[0]
    press(editor, story, "schedule", live_from=in_input(AHEAD + timedelta(hours=1)))
    assert in_input(timezone.localtime(story.versions.get().live_from)) == in_input(AHEAD + timedelta(hours=1))
    press(editor, story, "schedule", call_off="1")
    assert not story.versions.exists()


@pytest.mark.parametrize(("when", "sentence"), [("2020-01-01T10:00", "is past"), ("tomorrow", "Enter a valid date")])
def test_a_time_that_cannot_be_is_refused_with_what_was_typed(editor, when, sentence):
    story = draft()
    response = press(editor, story, "publish", live_from=when, note="Kept")
    assert sentence in text(response)
    assert "Kept" in text(response)
    assert not story.versions.exists()


def test_a_time_that_the_clock_skips_is_refused(editor, settings):
    settings.TIME_ZONE = "Europe/Zurich"
    response = press(editor, draft(), "publish", live_from="2027-03-28T02:30")
    assert "no such time" in text(response)


def test_publishing_before_a_scheduled_version_asks_what_becomes_of_it(editor):
    story = draft()
    publishing.schedule(story, by=None, live_from=AHEAD)
    assert "already scheduled" in text(editor.get(address(story, "publish")))
    assert "Say what becomes of it" in text(press(editor, story, "publish"))
    press(editor, story, "publish", scheduled="call_off")
    assert story.versions.get().live_until is None


def test_a_story_is_withdrawn_with_a_reason(editor):
    story = live()
    assert "Say why" in text(press(editor, story, "withdraw", reason=" "))
    press(editor, story, "withdraw", reason="It rested on a forged letter.")
    assert story.versions.get().withdrawn_reason == "It rested on a forged letter."
    assert "withdrawn" in text(editor.get(address(story)))


def test_a_story_is_placed_and_taken_off(editor):
    story = live()
    press(editor, story, "place", rank="1")
    assert Placement.objects.live(timezone.now()).get().rank == 1
    press(editor, story, "place", take_off="1")
    assert not Placement.objects.live(timezone.now()).exists()


def test_versions_are_listed_and_restored(editor):
    story = edit(live(headline="What it was"), headline="What it is")
    publishing.publish(story, by=None)
    assert "What it was" in text(editor.get(address(story, "versions")))
    response = press(editor, story, "versions/1/restore", note="")
    assert "Version 3 is live" in messages(response)[0]
    assert story.versions.get(number=3).headline == "What it was"


def test_stories_are_published_together_each_for_itself(editor):
    good, faulty, unchanged = draft(), edit(draft(), headline=""), live()
    chosen = Story.objects.values_list("pk", flat=True)
    response = editor.post(
        "/admin/stories/story/", {"action": "publish_selected", "_selected_action": list(chosen)}, follow=True
    )
    assert str(good) in text(response)
    response = editor.post(response.request["PATH_INFO"], {"story": list(chosen)})
    assert "1 of 3 published" in text(response)
    assert "version 1 is live" in text(response)
    assert "Nothing has changed since Version 1" in text(response)
    assert f'href="{address(faulty)}#id_headline"'.encode() in response.content
    assert (good.versions.count(), unchanged.versions.count()) == (1, 1)


def test_the_history_says_who_did_what(editor):
    story = live()
    press(editor, story, "place", rank="3")
    press(editor, story, "withdraw", reason="The figures were wrong.")
    history = text(editor.get(address(story, "history")))
    assert "The story stands on rank 3 of the front page." in history
    assert "The story is withdrawn." in history
    assert "editor" in history


def test_before_stories_are_published_together_each_shows_what_stands_in_its_way(editor):
    fine, published = draft(headline="Fine"), live(headline="Published")
    faulty = draft(headline="Faulty", sections=[{"id": "s1", "body": "<p>Nobody says so [9].</p>"}])
    bare = draft(headline="Bare", sections=[], timeline=[])
    numbers = ",".join(str(story.pk) for story in (fine, published, faulty, bare))
    page = editor.get(f"/admin/stories/story/publish-together/?stories={numbers}")
    boxes = html.fromstring(page.content.decode()).xpath("//input[@name='story']")
    assert {box.get("value") for box in boxes if box.get("checked") is not None} == {str(fine.pk), str(bare.pk)}
    assert "cites [9], but the story has no source 9" in text(page)
    assert "The story has no text" in text(page)
    assert "nothing unpublished" in text(page)


def test_sub_stories_are_published_together_after_their_parent(editor):
    parent = draft()
    child = draft()
    Story.objects.filter(pk=child.pk).update(parent=parent)
    assert str(child) in text(editor.get(f"/admin/stories/story/publish-together/?parent={parent.pk}"))
    editor.post("/admin/stories/story/publish-together/", {"story": [child.pk, parent.pk]})
    assert child.versions.get().document["parent"]["headline"] == parent.headline


@pytest.mark.parametrize("verb", ["publish", "withdraw", "schedule", "place", "versions/1/restore"])
def test_a_button_is_for_those_who_may_press_it(client, verb):
    user = User.objects.create_user("reporter", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_story", "change_story"]))
    client.force_login(user)
    story = live()
    assert client.get(address(story, verb)).status_code == 403
    assert client.post(address(story, verb)).status_code == 403
    assert "Withdraw…" not in text(client.get(address(story)))


def test_whoever_may_only_look_cannot_type(client):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_story"))
    client.force_login(user)
    story = live()
    response = client.get(address(story))
    assert b'<fieldset class="whole" disabled>' in response.content
    assert client.post(address(story), {"headline": "No"}).status_code == 403


def test_the_list_says_where_each_story_stands_and_filters_by_it(editor):
    edit(live(headline="On the site"), standfirst="Edited")
    publishing.withdraw(live(headline="Taken off"), by=None, reason="A reason", at=NOON + timedelta(hours=1))
    publishing.schedule(draft(headline="Still to come"), by=None, live_from=AHEAD)
    draft(headline="Nobody knows")
    for state, headline in {"live": "On the site", "withdrawn": "Taken off", "scheduled": "Still to come"}.items():
        shown = text(editor.get(f"/admin/stories/story/?state={state}"))
        assert headline in shown
        assert "1 story" in shown
    assert "2 stories" in text(editor.get("/admin/stories/story/?state=never"))
    assert "Taken off" in text(editor.get("/admin/stories/story/?q=taken"))


def test_the_list_costs_the_same_queries_with_more_stories(editor, queries_do_not_grow):
    queries_do_not_grow(lambda: editor.get("/admin/stories/story/"), grow=live)
