"""Two editors on one story: what is brought together, what is asked, and that nothing of either is lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from stories.draft import read_draft, write_draft
from stories.models import Article, Image, Snapshot, Story
from tests.factories import draft, live
from tests.stories.admin.story_form import address, fields, messages, opened, save, text, with_row

pytestmark = pytest.mark.django_db
SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]
TIMELINE = [{"id": f"t{key}", "date": f"2026-03-0{key}", "text": f"Event {key} [1]."} for key in (1, 2)]


def now(story):
    """The draft as it is stored."""
    return read_draft(Story.objects.get(pk=story.pk))


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
    merged = now(story)
    assert (merged.standfirst, merged.byline) == ("Theirs", "Mine")
    assert [section.body for section in merged.sections] == ["<p>Theirs [1].</p>", "<p>Mine [2].</p>"]
    assert [event.text for event in merged.timeline] == ["A.", "B."]


def test_rows_that_each_added_are_all_there_under_ids_of_their_own(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    for client, form, name in ((other, theirs, "Theirs"), (editor, mine, "Mine")):
        form = with_row(form, "sections", heading=name, body=f"<p>{name} [1].</p>")
        form = with_row(form, "sources", url=f"https://{name.lower()}.example/", title=name)
        save(client, with_row(form, "timeline", date="2026-04-01", text=f"{name} [1]."), story)
    merged = now(story)
    assert {(section.id, section.heading) for section in merged.sections[2:]} == {("s3", "Theirs"), ("s4", "Mine")}
    assert [(source.number, source.title) for source in merged.sources[2:]] == [(3, "Theirs"), (4, "Mine")]
    assert {event.text for event in merged.timeline} >= {"Theirs [1].", "Mine [1]."}


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
    merged = now(story)
    assert (merged.timeline[0].text, merged.byline) == (words, "Mine")


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
    merged = now(story)
    assert (merged.headline, merged.timeline[0].text) == ("Newer still", "Mine.")


def test_a_row_that_one_deleted_and_the_other_changed_is_asked_and_keeps_its_id(editor, other, story):
    mine, theirs = opened(editor, story), opened(other, story)
    save(other, theirs, story, **{"timeline-0-DELETE": "on", "sections-1-DELETE": "on", "sources-1-DELETE": "on"})
    response = save(editor, mine, story, **{"timeline-0-text": "Changed."})
    assert "removed" in text(response)
    resolve(editor, response, story, event_t1="yours")
    merged = now(story)
    assert [(event.id, event.text) for event in merged.timeline] == [("t1", "Changed."), ("t2", "Event 2 [1].")]
    assert [section.id for section in merged.sections] == ["s1"]
    assert [source.number for source in merged.sources] == [1]


def test_two_reports_under_one_number_are_asked_and_can_both_be_kept(editor, other, story):
    forms = [opened(client, story) for client in (other, editor)]
    for client, form, name in ((other, forms[0], "theirs"), (editor, forms[1], "mine")):
        place = {"theirs": "sections-0-body", "mine": "sections-1-body"}[name]
        form = {**form, place: f"<p>Says {name} [3].</p>"}
        response = save(client, with_row(form, "sources", number="3", url=f"https://{name}.example/"), story)
    assert "Each of you gave this number to another report" in text(response)
    resolve(editor, response, story, source_3="both")
    merged = now(story)
    assert {source.number: source.url for source in merged.sources[2:]} == {
        3: "https://theirs.example/",
        4: "https://mine.example/",
    }
    assert [section.body for section in merged.sections] == ["<p>Says theirs [3].</p>", "<p>Says mine [4].</p>"]


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


def with_picture(client, story, *images):
    form = opened(client, story)
    for place, image in enumerate(images, 1):
        form = with_row(form, "gallery", image=str(image.pk), position=str(place))
    save(client, form, story)


def test_a_caption_of_this_story_does_not_become_the_library_s(editor, other, story):
    image = Image.objects.create(caption="The library's own", credit_line="Agency")
    with_picture(other, story, image)
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    save(editor, mine, story, **{"gallery-0-caption": "Only in this story"})
    image.refresh_from_db()
    assert image.caption == "The library's own"
    assert now(story).gallery[0].caption == "Only in this story"


def test_of_two_pictures_that_await_their_files_the_right_one_goes(editor, other, story):
    one = Image.objects.create(caption="Harbour", credit_line="Agency One")
    two = Image.objects.create(caption="Minister", credit_line="Agency Two")
    with_picture(other, story, one, two)
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    save(editor, mine, story, **{"gallery-0-DELETE": "on"})
    assert story.gallery.get().image_id == two.pk
    one.refresh_from_db()
    assert (one.caption, one.credit_line) == ("Harbour", "Agency One")


def test_one_report_under_two_numbers_is_mended_under_both(editor, other, story):
    url = now(story).sources[0].url
    mine = opened(editor, story)
    save(other, with_row(opened(other, story), "sources", url=url), story)
    save(editor, mine, story, headline="Mine", **{"sources-0-title": "Mended"})
    assert now(story).headline == "Mine"
    assert {source.title for source in now(story).sources if source.url == url} == {"Mended"}


def test_a_report_that_both_added_has_what_either_said_of_it(editor, other, story):
    mine = opened(editor, story)
    save(other, with_row(opened(other, story), "sources", url="https://both.example/"), story)
    save(editor, with_row(mine, "sources", url="https://both.example/", title="Said by one"), story)
    assert {source.title for source in now(story).sources[2:]} == {"Said by one"}


def test_the_second_row_of_a_report_is_mended_too(editor, other):
    report = {"title": "Before", "url": "https://report.example/a"}
    story = draft(sources=[{"number": 1, **report}, {"number": 2, **report}])
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    save(editor, mine, story, **{"sources-1-title": "After"})
    assert {source.title for source in now(story).sources} == {"After"}


def test_rows_with_and_without_a_number_get_numbers_of_their_own(editor, other, story):
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    form = with_row(mine, "sources", number="3", title="Numbered", url="https://a.example/")
    save(editor, with_row(form, "sources", title="Not numbered", url="https://b.example/"), story)
    assert [(s.number, s.title) for s in now(story).sources[2:]] == [(3, "Numbered"), (4, "Not numbered")]


def test_what_was_left_alone_of_a_shared_report_is_said(editor, other):
    report = {"number": 1, "title": "Before", "url": "https://report.example/a"}
    story, _ = draft(sources=[report]), draft(sources=[report])
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    response = save(editor, mine, story, **{"sources-0-title": "After"})
    assert any("only what was blank was filled in" in message for message in messages(response))


def test_an_outlet_is_called_as_it_is_known(editor, other, story):
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    save(editor, with_row(mine, "sources", url="https://z.example/", outlet="strait wire"), story)
    assert now(story).sources[2].outlet == "Strait Wire"


@pytest.mark.parametrize("make", [draft, live])
def test_a_new_address_alone_is_merged_too(editor, other, make):
    story = make()
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    response = save(editor, mine, story, slug="my-address")
    assert any("Address" in message for message in messages(response))
    story.refresh_from_db()
    assert story.slug == "my-address"


def test_sub_stories_that_were_pasted_are_made_also_when_the_rest_is_in_conflict(editor, other, story):
    mine = opened(editor, story)
    save(other, opened(other, story), story, headline="Theirs")
    save(editor, mine, story, headline="Mine", new_sub_stories="One\nTwo")
    assert story.sub_stories.count() == 2


@pytest.mark.parametrize("merged", [False, True])
def test_an_order_of_sub_stories_that_somebody_else_made_stays(editor, other, story, merged):
    save(editor, opened(editor, story), story, new_sub_stories="One\nTwo")
    one, two = story.sub_stories.order_by("position", "pk")
    mine, theirs = opened(editor, story), opened(other, story)
    also = {"standfirst": "Theirs"} if merged else {}
    save(other, theirs, story, **also, **{f"sub_story-{one.pk}": "2", f"sub_story-{two.pk}": "1"})
    save(editor, mine, story, byline="Mine")
    assert list(story.sub_stories.order_by("position", "pk")) == [two, one]


def test_a_wording_beside_a_date_stays_with_it(editor, other):
    story = draft(timeline=[{"id": "t1", "date": "2026-03", "label": "Around the thaw", "text": "It began."}])
    mine = opened(editor, story)
    save(other, opened(other, story), story, standfirst="Theirs")
    save(editor, mine, story, byline="Mine")
    save(editor, opened(editor, story), story, byline="Mine again")
    event = now(story).timeline[0]
    assert (event.date, event.label) == ("2026-03", "Around the thaw")


def test_a_report_that_was_mended_on_its_own_page_is_not_set_back_by_a_page_opened_before(editor, story):
    mine = opened(editor, story)
    Article.objects.filter(sources__story=story, sources__number=1).update(title="Corrected")
    save(editor, mine, story, byline="Mine")
    assert now(story).sources[0].title == "Corrected"


def test_with_an_unknown_beginning_nothing_that_was_removed_comes_back_unasked(editor, other):
    story = live(sections=SECTIONS)
    mine = opened(editor, story)
    theirs = {**opened(other, story), "sections-1-DELETE": "on", "slug": "their-address", "language": "uk"}
    save(other, theirs, story)
    story.snapshots.all().delete()
    response = save(editor, mine, story, byline="Mine")
    assert "Section “Part 2”" in text(response)
    resolve(editor, response, story, section_s2="theirs")
    story.refresh_from_db()
    assert [section.id for section in now(story).sections] == ["s1"]
    assert (story.slug, story.language, story.byline) == ("their-address", "uk", "Mine")


def test_a_save_from_which_somebody_began_to_type_is_kept(editor, story):
    form = opened(editor, story)
    editor.post(address(story, "autosave"), {**form, "headline": "Typed"})
    story.snapshots.filter(reason="save").update(saved_at="2020-01-01T00:00Z")
    for number in range(55):
        write_draft(story, now(story).model_copy(update={"standfirst": str(number)}))
    save(editor, form, story, headline="Typed")
    assert (now(story).headline, now(story).standfirst) == ("Typed", "54")


def test_the_same_new_rows_sent_twice_are_there_once(editor, story):
    form = with_row(opened(editor, story), "sections", heading="New", body="<p>New.</p>")
    form = with_row(form, "timeline", date="2026-04-01", text="New.")
    form = with_row(form, "sources", title="New", url="https://new.example/")
    for _ in range(2):
        save(editor, form, story)
    merged = now(story)
    assert (len(merged.sections), len(merged.timeline), len(merged.sources)) == (3, 3, 3)


def test_a_conflict_that_was_opened_in_the_form_and_saved_is_decided(editor, other, story):
    mine = opened(editor, story)
    save(other, opened(other, story), story, headline="Theirs")
    save(editor, mine, story, headline="Mine")
    kept = Snapshot.objects.filter(reason="conflict").exclude(typed__isnull=True).get()
    form = fields(editor.get(f"{address(story)}?recover={kept.pk}"))
    save(editor, form, story, headline="Theirs")
    assert "Still to be decided" not in text(editor.get(address(story)))


def test_a_new_date_of_one_event_leaves_the_other_s_order_of_events(editor, other):
    events = [{"id": f"t{key}", "date": "2026-03-01", "text": f"Event {key}."} for key in (1, 2)]
    story = draft(timeline=[*events, {"id": "t3", "date": "2026-03-05", "text": "Event 3."}])
    mine = opened(editor, story)
    save(other, opened(other, story), story, **{"timeline-0-position": "2", "timeline-1-position": "1"})
    save(editor, mine, story, **{"timeline-2-date": "2026-02-01"})
    assert [event.id for event in now(story).timeline] == ["t3", "t2", "t1"]
