"""Rows that come back as they were shown: nothing of them is read or saved, and nothing about them is lost."""

import pytest
from django.contrib.auth.models import User

from stories.admin.rows import RowFormSet
from stories.models import GalleryItem, Image
from tests.factories import document, draft, live
from tests.stories.admin.story_form import fields, messages, opened, save, text, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


@pytest.fixture
def read_rows(monkeypatch):
    """The rows whose whole form was made, by prefix."""
    read = []
    make = RowFormSet.whole_form

    def note(formset, number, **kwargs):
        read.append(formset.add_prefix(number))
        return make(formset, number, **kwargs)

    monkeypatch.setattr(RowFormSet, "whole_form", note)
    return read


def test_only_the_changed_row_is_read(editor, read_rows):
    story = live()
    form = opened(editor, story)
    read_rows.clear()
    save(editor, {**form, "timeline-0-text": "It opens at last [1]."}, story)
    posted = [prefix for prefix in read_rows if prefix.startswith("timeline")]
    assert posted[0] == "timeline-0"
    assert story.timeline.get().text == "It opens at last [1]."


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("sections-0-heading", "Another"),
        ("sections-0-body", "<p>Another [1].</p>"),
        ("sections-0-position", "7"),
        ("sources-1-title", "Another"),
        ("sources-1-authors", "Ada Harbour"),
        ("sources-1-language", "uk"),
        ("timeline-0-date", "Mar 2 2026"),
        ("timeline-0-position", "7"),
        ("resources-0-publisher", "Another"),
    ],
)
def test_each_field_of_a_row_is_saved_when_it_was_changed(editor, name, typed):
    story = draft(resources=[{"url": "https://beyond.example/", "title": "More"}])
    save(editor, opened(editor, story), story, **{name: typed})
    assert opened(editor, story)[name] == {"Mar 2 2026": "Mar 2 2026"}.get(typed, typed)


def test_lines_that_a_browser_ends_in_its_own_way_are_no_change(editor, read_rows):
    story = draft(timeline=[{"id": "t1", "date": "2026-03-01", "text": "One [1].\nTwo [2]."}])
    before = story.lock_version
    form = opened(editor, story)
    save(editor, {**form, "timeline-0-text": form["timeline-0-text"].replace("\n", "\r\n")}, story)
    story.refresh_from_db()
    assert (story.lock_version, story.timeline.get().text) == (before, "One [1].\nTwo [2].")


def test_a_row_that_stays_is_removed_all_the_same_when_it_is_ticked(editor):
    story = live()
    save(editor, opened(editor, story), story, **{"timeline-0-DELETE": "on"})
    assert not story.timeline.exists()


def test_a_row_that_somebody_deleted_meanwhile_is_read_though_it_was_not_changed(editor):
    story = draft()
    form = opened(editor, story)
    story.timeline.all().delete()
    save(editor, form, story, byline="Mine")
    assert story.timeline.get().text == "The second berth opens [1]."


def test_a_fault_found_at_a_row_that_was_not_changed_is_said_there(editor):
    story = draft()
    one, two = (Image.objects.create(headline=name) for name in ("One", "Two"))
    for place, image in enumerate((one, two)):
        GalleryItem.objects.create(story=story, image=image, position=place)
    response = save(editor, opened(editor, story), story, **{"gallery-0-image": str(two.pk)})
    assert "This picture is in the gallery already" in text(response)
    assert "Not saved yet" in text(response)
    assert set(story.gallery.values_list("image", flat=True)) == {one.pk, two.pk}


def test_a_refused_save_shows_the_rows_that_were_not_changed_too(editor):
    story = draft()
    form = opened(editor, story)
    response = save(editor, form, story, headline="x" * 301)
    shown = {name: value for name, value in form.items() if name.split("-")[0] in ("sections", "timeline", "sources")}
    page = fields(response)
    assert {name: page[name] for name in shown} == shown


def test_a_date_that_cannot_be_read_is_named_at_every_save(editor):
    story = draft(timeline=[{"id": "t1", "date": "", "label": "some day in Lent", "text": "It opens [1]."}])
    assert any("kept as typed" in message for message in messages(save(editor, opened(editor, story), story)))


def test_a_report_mended_on_its_own_page_is_not_written_over(editor):
    story = draft()
    form = opened(editor, story)
    article = story.sources.get(number=1).article
    article.title = "Mended"
    article.save()
    form = with_row(form, "sources", url="https://new.example/", title="New")
    save(editor, form, story, byline="Mine")
    article.refresh_from_db()
    assert article.title == "Mended"
    assert story.sources.count() == len(document().sources) + 1
