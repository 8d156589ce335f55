"""What is kept of a draft: saves, what was typed and not saved, and how each comes back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from stories.draft import put_back, read_draft, write_draft
from stories.draft.snapshots import SAVES_KEPT, drop_old
from stories.models import AuditEntry, Presence, Snapshot, Story
from tests import factories
from tests.factories import document, draft, live
from tests.stories.admin.story_form import ADD, address, fields, messages, opened, save, text, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def autosave(client, form, story, **typed):
    return client.post(address(story, "autosave"), {**form, **typed})


def recovered(client, story, **of):
    snapshot = story.snapshots.filter(reason="autosave").get(**of)
    return client.get(f"{address(story)}?recover={snapshot.pk}")


def test_what_is_typed_is_kept_beside_the_draft(editor):
    story = draft()
    form = with_row(opened(editor, story), "timeline", date="May 2026", text="Typed [1].")
    response = autosave(editor, form, story, headline="Typed, not saved")
    assert response.json()["others"] == []
    story.refresh_from_db()
    assert story.headline != "Typed, not saved"
    assert (story.lock_version, story.timeline.count()) == (1, 1)
    kept = story.snapshots.get(reason="autosave")
    assert (kept.document["headline"], kept.document["timeline"][-1]["date"]) == ("Typed, not saved", "2026-05")


def test_autosaves_of_a_sitting_replace_each_other_and_a_save_settles_them(editor):
    story = draft()
    form = opened(editor, story)
    for headline in ("One", "Two"):
        autosave(editor, form, story, headline=headline)
    assert story.snapshots.get(reason="autosave").document["headline"] == "Two"
    autosave(editor, opened(editor, story), story, headline="In another tab")
    assert story.snapshots.filter(reason="autosave").count() == 2
    save(editor, form, story, headline="Two")
    assert story.snapshots.get(reason="autosave").document["headline"] == "In another tab"


def test_after_a_closed_tab_everything_typed_is_one_click_away(editor):
    story = draft()
    form = with_row(opened(editor, story), "sections", heading="New", body="<p>New [1].</p>")
    autosave(editor, form, story, headline="Typed", **{"sources-0-published": "some day in Lent"})
    page = editor.get(address(story))
    assert "was never saved" in text(page)
    assert "Bring it back" in text(page)
    back = recovered(editor, story)
    assert "This is what you had typed" in text(back)
    kept = fields(back)
    assert (kept["headline"], kept["sources-0-published"]) == ("Typed", "some day in Lent")
    assert kept["sections-1-heading"] == "New"
    save(editor, kept, story, **{"sources-0-published": "2026-03-01"})
    story.refresh_from_db()
    assert (story.headline, story.sections.count()) == ("Typed", 2)
    assert "Bring it back" not in text(editor.get(address(story)))


def test_looking_at_what_was_typed_saves_nothing(editor):
    story = draft()
    autosave(editor, opened(editor, story), story, headline="Typed")
    recovered(editor, story)
    story.refresh_from_db()
    assert story.lock_version == 1
    assert story.headline != "Typed"


def test_a_refused_save_is_kept_as_it_was_typed(editor):
    story = draft()
    save(editor, opened(editor, story), story, headline="x" * 301, byline="Kept")
    kept = fields(recovered(editor, story))
    assert (kept["headline"], kept["byline"]) == ("x" * 301, "Kept")


def test_what_was_typed_before_a_newer_save_is_merged_when_it_is_saved(editor):
    story = draft()
    autosave(editor, opened(editor, story), story, byline="Typed")
    write_draft(story, read_draft(story).model_copy(update={"standfirst": "Saved meanwhile"}))
    save(editor, fields(recovered(editor, story)), story)
    story.refresh_from_db()
    assert (story.byline, story.standfirst) == ("Typed", "Saved meanwhile")


def test_what_a_browser_kept_comes_back_the_same_way(editor):
    story = draft()
    form = opened(editor, story)
    response = editor.post(address(story), {**form, "headline": "From the browser", "_recovered": "browser"})
    assert fields(response)["headline"] == "From the browser"
    assert "This is what you had typed" in text(response)
    story.refresh_from_db()
    assert story.lock_version == 1


def test_a_story_begun_is_there_before_its_first_save(editor):
    form = opened(editor)
    begun = editor.post(f"{ADD}begin/", {"made_as": form["made_as"]}).json()
    story = Story.objects.get()
    assert (str(story.uid), story.lock_version) == (form["made_as"], 0)
    assert editor.post(f"{ADD}begin/", {"made_as": form["made_as"]}).json() == begun
    form = {**form, "seen_lock": begun["seen_lock"], "headline": "Typed at once"}
    assert editor.post(begun["autosave"], form).status_code == 200
    save(editor, with_row(form, "sections", heading="A", body="<p>A.</p>"), story)
    story.refresh_from_db()
    assert (story.headline, story.slug, story.sections.get().passage_id) == ("Typed at once", "typed-at-once", "s1")


def test_somebody_else_s_new_story_is_not_begun_again(editor, client):
    other = draft()
    assert editor.post(f"{ADD}begin/", {"made_as": other.uid}).status_code == 409


@pytest.mark.parametrize("what", ["autosave", "presence", "snapshots", "review"])
def test_who_may_not_change_a_story_keeps_nothing_with_it(client, what):
    client.force_login(User.objects.create_user("outsider", is_staff=True))
    assert client.post(address(draft(), what), {"sitting": uuid4()}).status_code == 403


def test_an_autosave_without_its_sitting_is_refused_in_words(editor):
    response = editor.post(address(draft(), "autosave"), {"headline": "x"})
    assert (response.status_code, "Open it again" in response.json()["message"]) == (400, True)


def test_faulty_input_is_kept_too(editor):
    story = draft()
    form = with_row(opened(editor, story), "sources", url="not an address", title="Title\0")
    form = with_row(form, "gallery", image="99999")
    response = autosave(
        editor, form, story, parent="77777", language="???", topic="x", slug="!!! no", **{"sections-0-position": "x"}
    )
    assert response.status_code == 200
    kept = story.snapshots.get(reason="autosave")
    assert dict(kept.typed)["sources-2-url"] == "not an address"
    assert kept.document["sources"][-1]["title"] == "Title"


def test_every_save_is_kept_and_can_be_put_back(editor):
    story = draft(headline="One")
    for headline in ("Two", "Three"):
        save(editor, opened(editor, story), story, headline=headline)
    saves = story.snapshots.filter(reason="save").order_by("pk")
    assert [snapshot.document["headline"] for snapshot in saves] == ["One", "Two", "Three"]
    page = editor.get(address(story, f"snapshots/{saves[0].pk}"))
    assert "Headline changed" in text(page)
    story.refresh_from_db()
    response = editor.post(
        address(story, f"snapshots/{saves[0].pk}"), {"lock_version": story.lock_version}, follow=True
    )
    assert "is the draft now" in messages(response)[0]
    story.refresh_from_db()
    assert story.headline == "One"
    assert story.snapshots.get(reason="restore").document["headline"] == "Three"


def test_a_save_of_a_draft_that_was_never_kept_keeps_what_it_found():
    story = draft(headline="As imported before snapshots were kept")
    story.snapshots.all().delete()
    write_draft(story, read_draft(story).model_copy(update={"headline": "Changed"}))
    assert [snapshot.document["headline"] for snapshot in story.snapshots.order_by("lock_version")] == [
        "As imported before snapshots were kept",
        "Changed",
    ]


def test_the_last_fifty_saves_stay_and_all_else_for_thirty_days():
    story = draft()
    long_ago = timezone.now() - timedelta(days=31)
    values = {"story": story, "document": {}, "lock_version": 1}
    Snapshot.objects.bulk_create(
        [Snapshot(**values, reason="save", saved_at=long_ago + timedelta(minutes=n)) for n in range(60)]
    )
    for reason in ("autosave", "conflict", "restore"):
        Snapshot.objects.create(**values, reason=reason, saved_at=long_ago)
        Snapshot.objects.create(**values, reason=reason, saved_at=long_ago + timedelta(days=2))
    drop_old(story)
    assert story.snapshots.filter(reason="save").count() == SAVES_KEPT
    assert story.snapshots.exclude(reason="save").count() == 3


def test_a_state_is_put_back_without_a_topic_or_parent_that_is_gone():
    parent = draft()
    entry = {"uid": parent.uid, "slug": parent.slug, "headline": parent.headline}
    story = draft(parent=entry, topic={"slug": "sport", "name": "Sport"})
    old = read_draft(story)
    write_draft(story, old.model_copy(update={"topic": None, "parent": None}))
    story.topic = None
    Story.objects.filter(pk=story.pk).update(topic=None)
    type(parent).objects.filter(pk=parent.pk).delete()
    story = put_back(story, old, by=None, what="The old state")
    assert story.parent is None
    assert story.topic.slug == "sport"


def test_a_version_goes_into_the_draft_and_is_published_by_nobody(editor):
    story = live(headline="As it was")
    save(editor, opened(editor, story), story, headline="As it is")
    story.refresh_from_db()
    editor.post(address(story, "versions/1/draft"), {"lock_version": story.lock_version})
    story.refresh_from_db()
    assert story.headline == "As it was"
    assert story.versions.count() == 1


def test_others_at_the_story_are_seen_until_they_leave(editor, client):
    story = draft()
    second = User.objects.create_superuser("second")
    Presence.objects.create(story=story, person=second, since=timezone.now(), seen_at=timezone.now(), is_writing=True)
    assert "Also here: second (writing)" in text(editor.get(address(story)))
    said = editor.post(address(story, "presence")).json()
    assert [(one["name"], one["is_writing"]) for one in said["others"]] == [("second", True)]
    Presence.objects.filter(person=second).update(seen_at=timezone.now() - timedelta(minutes=3))
    assert editor.post(address(story, "presence"), {"is_writing": "1"}).json()["others"] == []
    assert Presence.objects.get(person__username="editor").is_writing
    editor.post(address(story, "presence"), {"leaving": "1"})
    assert not Presence.objects.filter(person__username="editor").exists()


def test_the_history_of_a_story_names_what_was_changed_by_whom_and_from_where(editor):
    story = draft()
    save(editor, opened(editor, story), story, headline="Changed", **{"timeline-0-text": "Changed."})
    entry = AuditEntry.objects.filter(story=story, act="save").first()
    assert (entry.by_name, entry.address) == ("editor", "127.0.0.1")
    assert entry.sentence == "Saved: Headline, Event of Mar 1 2026."
    assert "Saved: Headline, Event of Mar 1 2026." in text(editor.get(address(story, "history")))


def test_an_import_is_in_the_audit_trail_as_a_command():
    story = factories.draft()
    assert AuditEntry.objects.get(story=story).address == "command"


def test_pages_of_snapshots_cost_the_same_queries_however_many(editor, queries_do_not_grow):
    story = draft()

    def grow():
        write_draft(story, document(**{**read_draft(story).as_json(), "byline": str(uuid4())}))

    queries_do_not_grow(lambda: editor.get(address(story, "snapshots")), grow=grow)


def test_more_fields_than_can_be_taken_answer_in_words(editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    story = draft()
    response = editor.post(address(story), {f"field-{n}": "x" for n in range(30)})
    assert response.status_code == 400
    assert "larger than can be taken at once" in text(response)


def test_what_somebody_else_typed_is_opened_and_never_written_over(editor):
    story = draft()
    autosave(editor, opened(editor, story), story, headline="Typed by the editor")
    editor.force_login(User.objects.create_superuser("second"))
    form = fields(recovered(editor, story))
    assert form["headline"] == "Typed by the editor"
    assert autosave(editor, form, story, headline="Typed by the second").status_code == 200
    kept = story.snapshots.filter(reason="autosave").values_list("saved_by__username", "document__headline")
    assert set(kept) == {("editor", "Typed by the editor"), ("second", "Typed by the second")}
    save(editor, form, story)
    assert story.snapshots.get(reason="autosave").saved_by.username == "editor"


@pytest.mark.parametrize("number", ["x", "0", "99999999999999999999"])
def test_a_snapshot_that_is_none_is_not_found(editor, number):
    assert editor.get(f"{address(draft())}?recover={number}").status_code == 404


def test_a_saved_state_is_not_recovered_as_if_it_was_typed(editor):
    story = draft()
    saved = story.snapshots.get(reason="save")
    assert editor.get(f"{address(story)}?recover={saved.pk}").status_code == 404


def test_two_snapshots_are_compared_with_each_other(editor):
    story = draft(headline="One")
    for headline in ("Two", "Three"):
        save(editor, opened(editor, story), story, headline=headline)
    first, second, _ = story.snapshots.filter(reason="save").order_by("pk")
    page = text(editor.get(address(story, f"snapshots/{second.pk}"), {"with": first.pk}))
    assert "OneTwo" in page
    assert "Three" not in page.split("What it says otherwise")[1].split("All it says")[0]
    assert editor.get(address(story, f"snapshots/{second.pk}"), {"with": "x"}).status_code == 200


def test_what_was_brought_back_is_settled_by_the_save_and_its_first_page_goes_on_for_itself(editor):
    story = draft()
    first = opened(editor, story)
    autosave(editor, first, story, headline="Typed")
    second = fields(recovered(editor, story))
    autosave(editor, first, story, headline="Typed", standfirst="Typed further")
    save(editor, second, story, byline="Saved")
    assert "Typed further" in {s.document["standfirst"] for s in story.snapshots.filter(reason="autosave")}


def test_numbers_that_a_new_story_shows_are_its_sources_for_good(editor):
    form = with_row(opened(editor), "sources", number="1", title="First", url="https://report.example/1")
    begun = editor.post(f"{ADD}begin/", {"made_as": form["made_as"], "numbers": "1"}).json()
    form = {**form, "seen_lock": begun["seen_lock"], "sources-0-given": begun["given"]["1"]}
    number = editor.post(begun["number"], {"above": "1"}).json()
    assert number["number"] == 2
    row = {"number": "2", "given": number["given"], "title": "Second", "url": "https://report.example/2"}
    save(editor, with_row(form, "sources", **row), Story.objects.get())
    assert [source.title for source in read_draft(Story.objects.get()).sources] == ["First", "Second"]
