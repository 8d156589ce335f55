"""What the desk asks of the database: little, and no more for a long story than for a short one."""

import itertools

import pytest
from django.contrib.auth.models import User

from stories.draft import new_sub_story, read_draft, write_draft
from stories.models import Story
from tests.factories import live
from tests.stories.admin.story_form import address, fields, opened

pytestmark = pytest.mark.django_db
numbers = itertools.count(1)


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def grow(story):
    """Two more rows in each part."""
    story = Story.objects.get(pk=story.pk)
    draft = read_draft(story).as_json()
    for _ in range(2):
        number = max(source["number"] for source in draft["sources"]) + 1
        draft["sections"].append({"id": f"s{number}", "heading": "More", "body": f"<p>More of it [{number}].</p>"})
        draft["timeline"].append({"id": f"t{number}", "date": f"2024-01-{number:02}", "text": f"More [{number}]."})
        draft["sources"].append({"number": number, "title": "More", "url": f"https://more.example/{next(numbers)}"})
        draft["resources"].append({"url": f"https://beyond.example/{number}", "title": "More"})
        draft["gallery"].append(picture(number))
    write_draft(story, type(read_draft(story)).model_validate(draft))
    new_sub_story(story, f"Sub-story {next(numbers)}", position=1)


def picture(number):
    sha256 = f"{number:064x}"
    file = {"file": f"pictures/{sha256}.jpg", "sha256": sha256, "width": 1600, "height": 1000}
    return {**file, "alt_text": "A berth.", "caption": f"Berth {number}", "credit_line": "Harbour Courier"}


def move_the_last_row_up(editor, story):
    form = opened(editor, story)
    count = int(form["sections-TOTAL_FORMS"])
    places = {f"sections-{row}-position": str((row + 1) % count + 1) for row in range(count)}
    response = editor.post(address(story), {**form, **places, "_save": "1"})
    assert response.status_code == 302


def save_another_word(editor, story):
    form = opened(editor, story)
    body = form["sections-0-body"].replace("<p>", f"<p>Word{next(numbers)} ", 1)
    response = editor.post(address(story), {**form, "sections-0-body": body, "_save": "1"})
    assert response.status_code == 302


def publish(editor, story):
    response = editor.post(address(story, "publish"), publish_form(editor, story))
    assert response.status_code == 302


def publish_form(editor, story):
    """What the page would send: everything goes out."""
    page = editor.get(address(story, "publish"))
    parts = [str(one.change.part) for one in page.context["outgoing"]]
    lock = Story.objects.get(pk=story.pk).lock_version
    return {"part": parts, "goes_out": parts, "kind": "update", "when": "now", "note": "", "lock_version": lock}


def test_opening_takes_at_most_25_statements(editor, django_assert_max_num_queries):
    story = live()
    grow(story)
    editor.get(address(story))
    with django_assert_max_num_queries(25):
        page = editor.get(address(story))
    assert fields(page)["sections-TOTAL_FORMS"] == "3"


def test_publishing_takes_at_most_40_statements(editor, django_assert_max_num_queries):
    story = live()
    grow(story)
    save_another_word(editor, story)
    form = publish_form(editor, story)
    with django_assert_max_num_queries(40):
        response = editor.post(address(story, "publish"), form)
    assert response.status_code == 302
    assert story.versions.count() == 2


def test_opening_costs_the_same_with_more_rows_of_every_part(editor, queries_do_not_grow):
    story = live()
    queries_do_not_grow(lambda: editor.get(address(story)), grow=lambda: grow(story))


def test_saving_a_word_costs_the_same_with_more_rows(editor, queries_do_not_grow):
    story = live()
    queries_do_not_grow(lambda: save_another_word(editor, story), grow=lambda: grow(story))


def test_publishing_costs_the_same_with_more_rows(editor, queries_do_not_grow):
    story = live()

    def act():
        save_another_word(editor, story)
        publish(editor, story)

    queries_do_not_grow(act, grow=lambda: grow(story))


def test_arranging_rows_costs_the_same_with_more_rows(editor, queries_do_not_grow):
    story = live()
    grow(story)
    queries_do_not_grow(lambda: move_the_last_row_up(editor, story), grow=lambda: grow(story))
