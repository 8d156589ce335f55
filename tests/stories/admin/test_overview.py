"""The admin's front page: what waits for somebody; and the list of stories, filtered and searched."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from stories import publishing, reviewing
from stories.draft import read_draft, write_draft
from stories.models import Article, GalleryItem, Image, PictureFile, Presence
from stories.overview import SHOWN, rights_running_out
from tests.factories import NOON, draft, live
from tests.newsroom import member
from tests.stories.admin.story_form import text

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIST = "/admin/stories/story/"


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def change(story, **fields):
    story.refresh_from_db()
    return write_draft(story, read_draft(story).model_copy(update=fields))


def picture(letter="a"):
    file = {"file": f"pictures/{letter * 64}.jpg", "sha256": letter * 64, "width": 8, "height": 6}
    return {**file, "alt_text": "A quay", "credit_line": "Strait Wire"}


def section(client, name):
    """The text of one list of the overview."""
    page = text(client.get("/admin/"))
    names = ["In review", "Ready", "Scheduled", "Live with unpublished changes", "Needs re-sourcing"]
    names += ["Incomplete sources", "Picture rights running out", "Pictures to describe", "Editorial"]
    start = page.index(name)
    return page[start : min(at for other in names if (at := page.find(other, start + len(name))) > 0)]


def test_what_waits_for_review_is_shown_with_its_note(editor):
    reviewing.move(draft(headline="To be read"), "in_review", by=member("Reporter"), note="Check the dates")
    reviewing.move(draft(headline="To be published"), "ready", by=member("Chief"))
    assert "To be read" in section(editor, "In review")
    assert "Check the dates" in section(editor, "In review")
    assert "To be published" in section(editor, "Ready")


def test_what_is_scheduled_stands_by_its_time(editor):
    now = timezone.now()
    publishing.schedule(draft(headline="Later"), by=None, live_from=now + 2 * DAY)
    publishing.schedule(draft(headline="Sooner"), by=None, live_from=now + DAY, embargo=True)
    shown = section(editor, "Scheduled")
    assert shown.index("Sooner") < shown.index("Later")
    assert shown.count("under embargo") == 1


def test_unpublished_changes_are_told_by_what_is_said_not_by_when(editor):
    at = timezone.now() - HOUR
    changed, same = live(at, headline="Changed"), live(at, headline="Saved and the same")
    change(changed, standfirst="More is known.")
    change(same, standfirst="For a moment.")
    change(same, standfirst="")
    never = draft(headline="Never published")
    shown = section(editor, "Live with unpublished changes")
    assert "Changed" in shown
    assert "the same" not in shown
    assert str(never) not in shown
    publishing.publish(changed, by=None)
    assert "Readers have all that is written" in section(editor, "Live with unpublished changes")


def test_a_draft_that_was_scheduled_is_unpublished_until_its_time(editor):
    now = timezone.now()
    story = live(now - 2 * HOUR, headline="On schedule")
    change(story, standfirst="Later.")
    publishing.schedule(story, by=None, live_from=now - HOUR, at=now - 90 * timedelta(minutes=1))
    assert "Readers have all" in section(editor, "Live with unpublished changes")


def test_stories_on_corrected_reports_need_resourcing(editor):
    story, other = live(headline="Rests on it"), draft(headline="Rests on another")
    Article.objects.filter(sources__story=story, sources__number=2).update(status="retracted")
    assert str(other) not in section(editor, "Needs re-sourcing")
    assert "Rests on it" in section(editor, "Needs re-sourcing")
    change(story, sources=read_draft(story).sources[:1])
    assert "Rests on it" in section(editor, "Needs re-sourcing")  # readers still have it


def test_incomplete_sources_are_listed(editor):
    draft(headline="Whole")
    draft(headline="Has gaps", sources=[{"number": 1}, {"number": 2, "url": "https://report.example/"}])
    shown = section(editor, "Incomplete sources")
    assert "Has gaps" in shown
    assert "Whole" not in shown


def test_rights_that_end_within_a_week_are_shown_with_their_stories(editor):
    now, story = timezone.now(), draft(headline="Shows them")
    ends = {"Soon": 2 * DAY, "Sooner": DAY, "Ended": -DAY, "Far": 7 * DAY + HOUR, "Long ago": -8 * DAY}
    for name, until in ends.items():
        image = Image.objects.create(headline=name, rights_until=now + until)
        GalleryItem.objects.create(story=story, image=image)
    Image.objects.create(headline="Nowhere shown", rights_until=now + DAY)
    killed = Image.objects.create(headline="Killed", rights_until=now + DAY, killed_at=now)
    GalleryItem.objects.create(story=story, image=killed)
    shown = section(editor, "Picture rights running out")
    assert shown.index("Sooner ends") < shown.index("Soon ends") < shown.index("Ended ended")
    soon = timezone.localtime(now + 2 * DAY)
    assert f"Soon ends {soon:%a} {soon.day} {soon:%b %Y, %H:%M %Z}" in shown
    assert shown.count("in the draft of Shows them") == 3
    for name in ("Far", "Long ago", "Nowhere shown", "Killed"):
        assert name not in shown


@pytest.mark.parametrize(
    ("until", "count"),
    [
        (-7 * DAY, 0),
        (-7 * DAY + MINUTE, 1),
        (timedelta(0), 1),
        (MINUTE, 1),
        (7 * DAY, 1),
        (7 * DAY + MINUTE, 0),
    ],
)
def test_a_live_picture_is_warned_of_from_a_week_before(until, count):
    live(NOON - HOUR, gallery=[picture()])
    Image.objects.update(rights_until=NOON + until)
    assert rights_running_out(NOON).count == count


def test_what_ends_stands_before_what_has_ended_however_much_that_is(editor):
    now, story = timezone.now(), draft()
    for minutes in range(1, SHOWN + 3):
        image = Image.objects.create(headline="Old", rights_until=now - minutes * MINUTE)
        GalleryItem.objects.create(story=story, image=image)
    live(now - HOUR, gallery=[picture()])
    Image.objects.exclude(headline="Old").update(headline="Live", rights_until=now + DAY)
    shown = section(editor, "Picture rights running out")
    assert shown.index("Live ends") < shown.index("Old ended")
    assert "3 more" in shown


def test_a_picture_is_live_though_the_draft_has_it_no_more(editor):
    story = live(timezone.now() - HOUR, headline="Readers see it", gallery=[picture()])
    change(story, headline="The draft’s own", gallery=[])
    Image.objects.update(headline="The quay", rights_until=timezone.now() + DAY)
    shown = section(editor, "Picture rights running out")
    assert "The quay ends" in shown
    assert "live in Readers see it" in shown
    publishing.publish(story, by=None)
    assert "The quay" not in section(editor, "Picture rights running out")


def test_a_picture_whose_file_was_replaced_is_live_under_the_earlier_one(editor):
    story = live(timezone.now() - HOUR, headline="Readers see it", gallery=[picture()])
    Image.objects.update(sha256="b" * 64, rights_until=timezone.now() + DAY)
    PictureFile.objects.create(image=Image.objects.get(), sha256="b" * 64)
    GalleryItem.objects.filter(story=story).delete()
    assert "live in Readers see it" in section(editor, "Picture rights running out")


def test_the_photo_desk_is_told_of_live_stories_by_what_readers_see(client, sign_in):
    sign_in("Photo desk")
    story = live(timezone.now() - HOUR, headline="Readers see it", gallery=[picture()])
    change(story, headline="Not theirs to see")
    GalleryItem.objects.create(story=draft(headline="Nor this"), image=Image.objects.get())
    Image.objects.update(headline="The quay", rights_until=timezone.now() + DAY)
    page = client.get("/admin/")
    assert "live in Readers see it" in section(client, "Picture rights running out")
    assert f'href="{story.get_absolute_url()}"' in page.content.decode()
    assert "Not theirs" not in text(page)
    assert "Nor this" not in text(page)


def test_ending_rights_cost_the_same_queries_with_more_pictures(editor, queries_do_not_grow):
    letters = iter("abcdef0123456789")

    def grow():
        for _ in range(2):
            live(timezone.now() - HOUR, gallery=[picture(next(letters))])
        Image.objects.update(rights_until=timezone.now() + DAY)

    queries_do_not_grow(lambda: editor.get("/admin/"), grow=grow, times=2)


def test_who_is_editing_now_is_shown(editor):
    now = timezone.now()
    person = member("Reporter")
    Presence.objects.create(story=draft(headline="Busy"), person=person, since=now, seen_at=now, is_writing=True)
    page = text(editor.get("/admin/"))
    assert "Editing now Busy reporter, writing" in page


def test_the_photo_desk_sees_pictures_and_no_stories(client, sign_in):
    sign_in("Photo desk")
    draft(headline="Not theirs to see")
    page = text(client.get("/admin/"))
    assert "Picture rights running out" in page
    assert "In review" not in page
    assert "Not theirs to see" not in page


def test_the_overview_costs_the_same_queries_with_more_stories(editor, queries_do_not_grow):
    def grow():
        story = live(timezone.now() - HOUR)
        change(story, byline="Changed")
        reviewing.move(story, "in_review", by=User.objects.get(username="editor"))

    queries_do_not_grow(lambda: editor.get("/admin/"), grow=grow)


@pytest.mark.parametrize("attention", ["unpublished", "resourcing", "incomplete"])
def test_the_list_filters_by_what_the_overview_counts(editor, attention):
    story = live(timezone.now() - HOUR, headline="Waits for somebody")
    change(story, byline="Changed", sources=[*read_draft(story).sources, {"number": 9}][:2])
    Article.objects.update(status="corrected", outlet=None)
    draft(headline="Waits for nobody", sources=[], sections=[], timeline=[])
    shown = text(editor.get(f"{LIST}?attention={attention}"))
    assert "Waits for somebody" in shown
    assert "1 story" in shown


def test_the_list_filters_by_editor(editor):
    bo = User.objects.create_user("bo", is_staff=True)
    story = draft(headline="Written by Bo")
    write_draft(story, read_draft(story).model_copy(update={"byline": "Bo"}), by=bo)
    draft(headline="Written by nobody")
    assert "1 story" in text(editor.get(f"{LIST}?editor={bo.pk}"))
    assert "0 stories" in text(editor.get(f"{LIST}?editor=me"))
    assert editor.get(f"{LIST}?editor=x").status_code == 200


@pytest.mark.parametrize("words", ["berth freight", "harbour.example", "strait wire", "second BERTH opens", "crossing"])
def test_the_list_is_searched_by_every_word_of_a_draft(editor, words):
    draft()
    draft(headline="Another", sections=[], timeline=[], sources=[])
    shown = text(editor.get(LIST, {"q": words}))
    assert "1 story" in shown or "1 result" in shown
    assert "Ferry line" in shown


@pytest.mark.parametrize("words", ["quagga", '"' * 3, "% _ \\", "x" * 3000, "a b " * 500])
def test_any_search_is_answered(editor, words):
    draft()
    assert editor.get(LIST, {"q": words}).status_code == 200
