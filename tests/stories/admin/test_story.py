import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from lxml import html

from stories.models import PreviousSlug, Story
from tests.factories import draft, live
from tests.stories.admin.story_form import address, fields, messages, opened, save, text, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def test_a_new_story_is_saved_with_all_its_parts(editor):
    form = with_row(opened(editor), "sections", heading="Who pays", body="<p>They agreed [1]. Not all did.</p>")
    form = with_row(
        form,
        "sources",
        url="https://harbour.example/a",
        title="A report",
        outlet="Harbour Courier",
        published="Mar 1 2026",
    )
    form = with_row(form, "timeline", date="Feb 24 2022", text="The berth opens [1].")
    form = with_row(form, "resources", url="https://tariff.example/", title="The table")
    response = save(editor, form, headline="The berth opens", new_sub_stories="One line\n\n Another  line \nOne line")
    story = Story.objects.get(headline="The berth opens")
    assert "The draft is saved." in messages(response)
    assert (story.slug, story.lock_version, story.created_by.username) == ("the-berth-opens", 1, "editor")
    section = story.sections.get()
    assert section.passage_id == "s1"
    assert [sentence["id"] for sentence in section.sentences] == ["s1.1", "s1.2"]
    assert section.sentences[0]["cites"] == [1]
    source = story.sources.get()
    assert (source.number, source.article.outlet.name, str(source.article.published)) == (
        1,
        "Harbour Courier",
        "2026-03-01",
    )
    assert story.timeline.get().date == "2022-02-24"
    assert story.resources.get().title == "The table"
    assert list(story.sub_stories.order_by("position").values_list("headline", flat=True)) == [
        "One line",
        "Another line",
    ]


def test_a_save_without_a_change_makes_no_newer_draft(editor):
    story = live()
    before = Story.objects.get(pk=story.pk)
    assert "The draft is saved." in messages(save(editor, opened(editor, story), story))
    story.refresh_from_db()
    assert (story.lock_version, story.modified_at) == (before.lock_version, before.modified_at)
    assert "edited since" not in text(editor.get("/admin/stories/story/"))
    save(editor, opened(editor, story), story, **{"timeline-0-text": "The second berth opens at last [1]."})
    story.refresh_from_db()
    assert (story.lock_version, story.modified_by.username) == (before.lock_version + 1, "editor")
    assert "edited since" in text(editor.get("/admin/stories/story/"))


def test_a_story_without_anything_can_be_saved(editor):
    save(editor, opened(editor))
    story = Story.objects.get()
    assert story.slug == f"story-{story.uid.hex[:8]}"


def test_an_address_that_stood_in_gives_way_to_the_headline(editor):
    save(editor, opened(editor))
    story = Story.objects.get()
    save(editor, opened(editor, story), story, headline="Now it has one")
    assert Story.objects.get().slug == "now-it-has-one"


def test_saving_without_a_change_keeps_everything(editor):
    story = draft()
    before = [section.body for section in story.sections.all()]
    response = save(editor, opened(editor, story), story)
    assert "The draft is saved." in messages(response)
    assert [section.body for section in story.sections.all()] == before
    assert story.sources.count() == 2


def test_pasted_html_is_sanitised(editor):
    story = draft()
    save(
        editor,
        opened(editor, story),
        story,
        **{"sections-0-body": '<p onclick="x()">Fine [1].<script>alert(1)</script></p>'},
    )
    assert story.sections.get().body == "<p>Fine [1].</p>"


def test_the_same_new_story_sent_twice_is_one_story(editor):
    form = opened(editor)
    save(editor, form, headline="Once")
    response = save(editor, form, headline="Once")
    assert Story.objects.count() == 1
    assert "the form was sent twice" in text(response)
    assert "Constraint" not in text(response)
    assert fields(response)["headline"] == "Once"


def test_a_story_that_was_begun_meanwhile_is_saved_once_more(editor):
    form = opened(editor)
    editor.post(reverse("admin:stories_story_begin"), {"made_as": form["made_as"]})
    response = save(editor, form, headline="Begun while it was sent")
    assert "just being begun. Save it once more." in text(response)
    assert "Constraint" not in text(response)
    assert fields(response)["headline"] == "Begun while it was sent"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"headline": "x" * 301}, "at most 300 characters"),
        ({"slug": "!!!"}, "letters, digits and hyphens"),
        ({"language": "English, please"}, "language tag"),
        ({"sources-0-url": "not an address"}, "not a web address"),
        ({"sources-0-published": "01/02/2026"}, "01/02/2026"),
        ({"sources-0-published": "March 2026"}, "not a single day"),
        ({"sources-0-language": "???"}, "language tag"),
        ({"sections-0-heading": "x" * 301}, "at most 300 characters"),
        ({"timeline-0-date": "x" * 301}, "at most 300 characters"),
        ({"new_sub_stories": "x" * 301}, "a headline has at most 300"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_with_all_that_was_typed(editor, typed, sentence):
    story = draft()
    response = save(editor, opened(editor, story), story, byline="Kept", **typed)
    assert sentence in text(response)
    kept = fields(response)
    assert kept["byline"] == "Kept"
    assert {name: kept[name] for name in typed} == typed


def test_a_taken_address_is_refused_at_its_field(editor):
    other, story = draft(), draft()
    PreviousSlug.objects.create(slug="gone-from-here", story=other)
    for slug in (other.slug, "gone-from-here"):
        response = save(editor, opened(editor, story), story, slug=slug, headline="Kept")
        assert "Choose a different one" in response.context["adminform"].form.errors["slug"][0]
        assert fields(response)["headline"] == "Kept"


def test_a_cycle_is_refused_at_its_field(editor):
    parent = draft()
    child = draft()
    Story.objects.filter(pk=child.pk).update(parent=parent)
    response = save(editor, opened(editor, parent), parent, parent=str(child.pk))
    assert "stands below this story" in response.context["adminform"].form.errors["parent"][0]


def test_a_new_address_of_a_published_story_leaves_a_redirect(editor):
    story = live()
    was = story.slug
    save(editor, opened(editor, story), story, slug="A new address")
    story.refresh_from_db()
    assert story.slug == "a-new-address"
    assert PreviousSlug.objects.get(story=story).slug == was


def test_an_unreadable_date_is_kept_as_typed_and_said(editor):
    story = draft()
    response = save(editor, opened(editor, story), story, **{"timeline-0-date": "some day in Lent"})
    event = story.timeline.get()
    assert (event.date, event.label) == ("", "some day in Lent")
    assert any("kept as typed" in message for message in messages(response))
    assert "cannot be read" in text(editor.get(address(story)))


def test_a_published_story_cannot_be_deleted_and_says_what_to_do(editor):
    story = live()
    assert "Withdraw it instead" in text(editor.get(address(story)))
    assert editor.get(address(story, "delete")).status_code == 403
    assert editor.get(address(draft(), "delete")).status_code == 200


def test_the_form_costs_the_same_queries_with_more_rows(editor, queries_do_not_grow):
    story = draft()

    def grow():
        form = with_row(opened(editor, story), "timeline", date="2024", text="One more [1].")
        form = with_row(form, "sources", url=f"https://more.example/{form['sources-TOTAL_FORMS']}")
        save(editor, with_row(form, "sections", heading="More", body="<p>More.</p>"), story)

    queries_do_not_grow(lambda: editor.get(address(story)), grow=grow)


def test_sub_stories_are_put_in_order_for_readers_too(editor):
    parent = draft()
    save(editor, opened(editor, parent), parent, new_sub_stories="One\nTwo\nThree")
    one, two, three = parent.sub_stories.order_by("position")
    order = {f"sub_story-{story.pk}": str(place) for place, story in enumerate([three, one, two], 1)}
    save(editor, opened(editor, parent), parent, **order)
    assert list(parent.sub_stories.order_by("position").values_list("headline", flat=True)) == ["Three", "One", "Two"]


@pytest.mark.parametrize("place", ["", "first", "-1", "9" * 5000, "²"])
def test_a_place_that_is_none_puts_a_sub_story_last(editor, place):
    parent = draft()
    save(editor, opened(editor, parent), parent, new_sub_stories="One\nTwo")
    one, two = parent.sub_stories.order_by("position")
    save(editor, opened(editor, parent), parent, **{f"sub_story-{one.pk}": place, f"sub_story-{two.pk}": "1"})
    assert list(parent.sub_stories.order_by("position")) == [two, one]


def test_events_of_one_date_are_put_in_order(editor):
    story = draft(timeline=[{"id": f"t{key}", "date": "2024", "text": f"Event {key}"} for key in (1, 2)])
    save(editor, opened(editor, story), story, **{"timeline-0-position": "2", "timeline-1-position": "1"})
    assert [event.passage_id for event in story.timeline.in_time_order()] == ["t2", "t1"]


def test_stories_are_not_deleted_from_the_list(editor):
    live()
    assert "Delete selected" not in text(editor.get("/admin/stories/story/"))


def test_a_timeline_of_hundreds_stands_in_no_fieldset_which_browsers_are_slow_with(editor):
    for count, tag in ((300, "fieldset"), (301, "div")):
        events = [{"id": f"t{key}", "date": "2026", "text": "It sails [1]."} for key in range(1, count + 1)]
        page = html.fromstring(editor.get(address(draft(timeline=events))).content.decode())
        assert page.xpath("//*[@data-rows='timeline']")[0].tag == tag
