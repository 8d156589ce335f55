"""The pages on which something goes out: what they show, hold back, ask and refuse."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.auth.models import User
from django.utils import timezone

from stories import publishing
from stories.admin.moment_fields import NewsroomMoment
from stories.draft import read_draft, write_draft
from stories.models import Notice
from tests.factories import draft, edit, live
from tests.stories.admin.story_form import address, messages, opened, press, save, text

pytestmark = pytest.mark.django_db
AHEAD = timezone.localtime() + timedelta(days=2)
SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]
PAST = timezone.now() - timedelta(days=1)


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def changed(client, headline="New", **typed):
    """A live story with a changed draft, saved by the editor."""
    story = live(at=PAST, sections=SECTIONS)
    save(client, opened(client, story), story, headline=headline, **typed)
    return story


def bodies(story, number):
    return [section["body"] for section in story.versions.get(number=number).document["sections"]]


def test_what_changes_for_readers_is_listed_with_who_touched_it(editor):
    story = changed(editor, **{"sections-0-body": "<p>Another text [1].</p>"})
    page = text(editor.get(address(story, "publish")))
    assert "Headline changed by editor" in page
    assert "Section “Part 1” changed by editor" in page
    assert "Part 2" not in page


def test_a_part_without_its_tick_is_held_back(editor):
    story = changed(editor, **{"sections-0-body": "<p>Unfinished</p>"})
    parts = ["head:headline", "section:s1"]
    press(editor, story, "publish", when="now", kind="update", part=parts, goes_out=parts[:1])
    assert bodies(story, 2)[0] == "<p>Part 1 [1].</p>"
    assert story.versions.get(number=2).headline == "New"
    page = text(editor.get(address(story, "publish")))
    assert "Section “Part 1” changed" in page


def test_what_goes_out_can_be_checked_before(editor):
    story = changed(editor, **{"sections-0-body": "<p>Nobody says so [9].</p>"})
    parts = ["head:headline", "section:s1"]
    assert "no source 9" in text(press(editor, story, "publish", check="1", part=parts, goes_out=parts))
    page = text(press(editor, story, "publish", check="1", part=parts, goes_out=parts[:1]))
    assert "no source 9" not in page
    assert "Nothing was published" in page
    assert story.versions.count() == 1


def test_emptying_the_time_publishes_nothing(editor):
    story = draft()
    page = press(editor, story, "publish", when="later", live_from="", note="")
    assert "Nothing is published without it" in text(page)
    page = press(editor, story, "publish", when="now", live_from=AHEAD.strftime("%Y-%m-%dT%H:%M"))
    assert "“Now” is chosen" in text(page)
    assert not story.versions.exists()


def test_emptying_the_time_of_a_schedule_publishes_nothing(editor):
    story = draft()
    publishing.schedule(story, by=None, live_from=AHEAD)
    assert "Nothing was published" in text(press(editor, story, "schedule", live_from=""))
    assert story.versions.scheduled().get().live_from == AHEAD


def test_an_embargo_is_set_and_released_early_by_who_confirms_it(editor):
    story = draft()
    when = AHEAD.strftime("%Y-%m-%dT%H:%M")
    press(editor, story, "publish", when="later", live_from=when, embargo="on")
    story.refresh_from_db()
    assert story.embargo_until is not None
    assert "under embargo" in text(editor.get(address(story, "publish")))
    page = press(editor, story, "publish", scheduled="call_off")
    assert "Confirm that it may go out" in text(page)
    assert not story.versions.live().exists()
    press(editor, story, "publish", scheduled="call_off", release_early="on")
    assert story.versions.live().exists()


def test_an_embargo_needs_a_time(editor):
    assert "An embargo needs a time" in text(press(editor, draft(), "publish", when="now", embargo="on"))


def scheduled_and_breaking(client):
    story = changed(client, **{"sections-1-body": "<p>Scheduled [1].</p>"})
    publishing.schedule(story, by=None, live_from=AHEAD)
    save(client, opened(client, story), story, **{"sections-0-body": "<p>Breaking [1].</p>"})
    return story


def test_keeping_a_schedule_is_confirmed_after_seeing_what_it_undoes(editor):
    story = scheduled_and_breaking(editor)
    page = editor.get(address(story, "publish"))
    assert "would undo: Section “Part 1”" in text(page)
    terms = {"kind": "update", "scheduled": "keep"}
    assert "Confirm that it may" in text(press(editor, story, "publish", **terms))
    assert story.versions.count() == 2
    press(editor, story, "publish", **terms, undo_seen="section:s1 ")
    assert bodies(story, 3) == ["<p>Part 1 [1].</p>", "<p>Scheduled [1].</p>"]


def test_both_are_brought_together(editor):
    story = scheduled_and_breaking(editor)
    parts = ["head:headline", "section:s1", "section:s2"]
    press(editor, story, "publish", kind="update", scheduled="merge", part=parts, goes_out=["section:s1"])
    assert bodies(story, 2) == ["<p>Breaking [1].</p>", "<p>Part 2 [1].</p>"]
    assert bodies(story, 3) == ["<p>Breaking [1].</p>", "<p>Scheduled [1].</p>"]


def test_the_scheduled_version_is_changed(editor):
    story = scheduled_and_breaking(editor)
    assert "Section “Part 1” changed" in text(editor.get(address(story, "schedule")))
    page = press(editor, story, "schedule", change="1")
    assert "says what the draft says" in messages(page)[0]
    assert bodies(story, 2) == ["<p>Breaking [1].</p>", "<p>Scheduled [1].</p>"]


def test_a_version_is_taken_back_reinstated_and_removed(editor, client):
    story = edit(live(at=PAST, headline="Right"), headline="Wrong")
    publishing.publish(story, by=None, at=PAST + timedelta(hours=1))
    assert "Say why" in text(press(editor, story, "take-back", number="2", reason=""))
    page = press(editor, story, "take-back", number="2", reason="Sent by mistake.")
    assert "Readers have version 3" in messages(page)[0]
    assert "This version was taken back" in text(client.get(f"{story.get_absolute_url()}versions/2/"))
    assert "Taken back" in text(client.get(f"{story.get_absolute_url()}versions/"))
    press(editor, story, "versions/2/reinstate")
    assert "Wrong" in text(client.get(f"{story.get_absolute_url()}versions/2/"))
    press(editor, story, "versions/2/redact", reason="By order of a court.")
    page = text(client.get(f"{story.get_absolute_url()}versions/2/"))
    assert "By order of a court." in page
    assert "Wrong" not in page
    assert "words removed" in text(editor.get(address(story, "versions")))


def test_only_the_chief_reinstates_and_removes(client, sign_in):
    sign_in("Editor")
    story = live(at=PAST)
    publishing.withdraw(story, by=None, reason="Wrong.", at=PAST + timedelta(hours=1))
    for page in ("versions/1/redact", "versions/1/reinstate"):
        assert client.get(address(story, page)).status_code == 403
    assert "Remove words" not in text(client.get(address(story, "versions")))
    sign_in("Chief")
    assert "Remove words" in text(client.get(address(story, "versions")))


def test_a_correction_goes_out_with_the_mended_text_and_readers_see_it(editor, client):
    story = changed(editor, **{"sections-0-body": "<p>Mended [1].</p>"})
    page = editor.get(f"{address(story, 'versions/1/notice')}?passage=s1.1")
    assert '<option value="s1.1" selected>' in page.content.decode()
    response = press(editor, story, "versions/1/notice", kind="correction", passage="s1.1", text="It was another part.")
    assert messages(response) == ["The correction is published with version 2."]
    reader = client.get(story.get_absolute_url())
    assert "Correction" in text(reader)
    assert "It was another part." in text(reader)
    assert f'href="{story.get_absolute_url()}versions/1/#s1.1"' in reader.content.decode()
    assert "It was another part." in text(client.get(f"{story.get_absolute_url()}versions/1/"))
    assert "It was another part." in text(editor.get(address(story, "versions")))


def test_a_correction_without_a_mended_text_says_so_and_keeps_the_words(editor):
    story = live(at=PAST)
    page = press(editor, story, "versions/1/notice", kind="correction", text="Something was wrong.")
    assert "Mend it first" in text(page)
    assert not Notice.objects.exists()


def test_a_notice_of_a_version_that_was_taken_back_is_not_shown(editor, client):
    story = changed(editor)
    press(editor, story, "versions/1/notice", kind="correction", text="A correction in error.")
    press(editor, story, "take-back", number="2", reason="The correction was wrong.")
    assert "A correction in error." not in text(client.get(story.get_absolute_url()))


def test_the_page_costs_the_same_queries_however_much_changes(editor, queries_do_not_grow):
    story = live(at=PAST)

    def grow():
        story.refresh_from_db()
        document = read_draft(story).as_json()
        number = len(document["timeline"]) + 1
        document["timeline"].append({"id": f"t{number}", "date": "2024", "text": "One more [1]."})
        write_draft(story, type(read_draft(story)).model_validate(document))

    queries_do_not_grow(lambda: editor.get(address(story, "publish")), grow=grow)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "2027-10-31T02:30 fold=x", "2027-10-31T02:30 fold=7"])
def test_an_odd_moment_is_refused_in_words(editor, settings, typed):
    settings.TIME_ZONE = "Europe/Zurich"
    assert press(editor, draft(), "publish", when="later", live_from=typed).status_code == 422


class Form(forms.Form):
    moment = NewsroomMoment()


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ({"moment": "2027-03-28T01:59"}, "2027-03-28T00:59"),
        ({"moment": "2027-03-28T03:00"}, "2027-03-28T01:00"),
        ({"moment": "2027-10-31T02:30", "moment_fold": "0"}, "2027-10-31T00:30"),
        ({"moment": "2027-10-31T02:30", "moment_fold": "1"}, "2027-10-31T01:30"),
        ({"moment": "2027-10-31T03:00"}, "2027-10-31T02:00"),
    ],
)
def test_moments_are_right_across_a_change_of_the_clocks(settings, typed, utc):
    settings.TIME_ZONE = "Europe/Zurich"
    form = Form(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == datetime.fromisoformat(utc).replace(tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("2027-03-28T02:30", "no such time"), ("2027-10-31T02:30", "show that time twice"), ("soon", "valid date")],
)
def test_moments_that_are_none_or_two_are_asked_about(settings, typed, sentence):
    settings.TIME_ZONE = "Europe/Zurich"
    form = Form({"moment": typed})
    assert sentence in form.errors["moment"][0]
    assert ('name="moment_fold"' in str(form)) == ("twice" in sentence)


def test_a_draft_saved_meanwhile_holds_up_no_withdrawal(editor):
    story = live(at=PAST)
    editor.post(address(story, "withdraw"), {"lock_version": "0", "reason": "Wrong."})
    assert story.versions.get().withdrawn_reason == "Wrong."
