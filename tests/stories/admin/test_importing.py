"""The page that imports a pasted story: paste, mend, save."""

import json
import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from stories.draft import read_draft, write_draft
from stories.importing.files import digest_of_text
from stories.importing.pasted_text import read_pasted_text
from stories.importing.storing import Did, Wishes, store
from stories.models import Story, Topic
from tests.factories import document, draft
from tests.stories.admin.story_form import messages, text
from tests.stories.importing.examples import CLEAN

pytestmark = pytest.mark.django_db
PAGE = "/admin/stories/story/import/"
RUN_IN = CLEAN.replace("What the keepers want\n\n", "What the Keepers Want at Sea ")


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def with_rights(client, *rights):
    user = User.objects.create_user("someone", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return client


def fields(response):
    """What the page's form would send if nothing was typed and no button pressed."""
    form = html.fromstring(response.content.decode()).find_class("import-form")[0]
    for area in form.iter("textarea"):
        area.text = (area.text or "").removeprefix("\n")
    values = {name: value.replace("\n", "\r\n") for name, value in form.form_values()}
    return without(values, "csrfmiddlewaretoken")


def read(client, pasted=CLEAN, **more):
    return client.post(PAGE, {"text": pasted, "read": "1", **more})


def save(client, response, **typed):
    return client.post(PAGE, {**fields(response), "save": "1", **typed}, follow=True)


def without(form, *names):
    return {name: value for name, value in form.items() if name not in names}


def import_by_command(pasted=CLEAN, **wishes):
    return store(read_pasted_text(pasted), digest_of_text(pasted), Wishes(**wishes))


def told(response):
    """What the page says stands in the way, each with the field that it leads to."""
    box = html.fromstring(response.content.decode()).find_class("faults")[0]
    return {item.text_content().strip(): (item.xpath(".//a/@href") or [""])[0] for item in box.iter("li")}


def remarks(response):
    page = html.fromstring(response.content.decode())
    return [
        (" ".join(one.text_content().split()), one.xpath(".//a/@href"))
        for one in page.xpath("//*[@class='remarks']/li")
    ]


# --- The way in


def test_the_list_of_stories_and_the_overview_lead_to_the_page(editor):
    for address in ("/admin/stories/story/", "/admin/"):
        assert f'href="{PAGE}"' in editor.get(address).content.decode()
    assert "Read it" in text(editor.get(PAGE))


def test_who_may_not_add_stories_does_not_get_the_page(client):
    client = with_rights(client, "view_story", "change_story")
    assert client.get(PAGE).status_code == 403
    assert read(client).status_code == 403
    assert PAGE not in client.get("/admin/stories/story/").content.decode()


# --- Reading


def test_what_was_understood_is_counted_and_shown_in_fields(editor):
    response = read(editor)
    said = text(response)
    assert (
        "2 sections, 5 sentences (4 cited), 3 events, 3 sources (3 cited), 1 picture, 2 sub-stories, "
        "1 external resource." in said
    )
    form = fields(response)
    assert form["headline"] == "Lighthouse Keepers Vote to Strike"
    assert form["sections-0-heading"] == "What the keepers want"
    assert form["sections-0-body"].split("\r\n\r\n")[1] == "A second paragraph cites more [2–3]."
    assert [form[f"timeline-{n}-date"] for n in range(3)] == ["1950", "Early 2026", "Feb 17 2026"]
    assert (form["sources-1-number"], form["sources-1-outlet"], form["sources-1-published"]) == (
        "2",
        "Coast Radio",
        "2026-02-17",
    )
    assert (form["gallery-0-credit_line"], form["gallery-0-source_name"]) == ("Coast Pictures", "Harbour Post")
    assert form["sub_stories-1-headline"] == "The Last Keeper of Port Sallow"
    assert not Story.objects.exists()


def test_reading_stores_nothing_and_saving_without_a_change_stores_what_was_read(editor):
    response = save(editor, read(editor))
    story = Story.objects.get(parent=None)
    assert response.redirect_chain == [(f"/admin/stories/story/{story.pk}/change/", 302)]
    assert messages(response)[0].startswith("“Lighthouse Keepers Vote to Strike” is a draft now: 2 sections, 5 sen")
    assert "Drafts were made for 2 sub-stories." in messages(response)
    read_now = read_pasted_text(CLEAN).document
    assert read_draft(story).model_copy(update={"uid": read_now.uid}) == read_now
    assert story.created_by.username == "editor"


def test_every_remark_has_its_line_the_lines_words_and_leads_to_its_field(editor):
    pasted = RUN_IN.replace("[2–3]", "[2][9]").replace("Early 2026 –", "Feb 30 2026 –")
    pasted = pasted.replace("1950 – Three hundred", "2027 – Three hundred")
    response = read(editor, pasted)
    found = remarks(response)
    page = html.fromstring(response.content.decode())
    ids = set(page.xpath("//@id"))
    assert {link.removeprefix("#") for _, links in found for link in links} <= ids
    leads = {links[0] for _, links in found if links}
    assert {"#id_sections-0-heading", "#id_sections-0-body", "#id_language"} <= leads
    assert "#id_gallery-0-caption" in leads
    (unreadable,) = [(words, links) for words, links in found if "“Feb 30 2026”" in words]
    assert unreadable[0].endswith("Feb 30 2026 – The last tender is opened [1].")
    assert page.get_element_by_id(unreadable[1][0][1:]).value == "Feb 30 2026"
    assert [words for words, links in found if not links] == [
        "line 5 Left out: the time of an update follows from the Versions. Updated Feb 18 2026, 14:30 UTC (3 articles)"
    ]


def test_guesses_and_gaps_are_marked_at_their_fields(editor):
    pasted = RUN_IN.replace("3 articles", "4 articles")
    page = html.fromstring(read(editor, pasted).content.decode())
    described = [(one.get("id"), one.get("aria-describedby")) for one in page.xpath("//*[@aria-describedby]")]
    marked = {name for name, by in described if "marks" in by}
    expected = {"sections-0-heading", "sources-3-url", "timeline-1-date", "gallery-0-caption", "language"}
    assert {f"id_{name}" for name in expected} <= marked
    assert "stands as 2026" in page.get_element_by_id("timeline-1-date-marks").text_content()


def test_the_summary_has_the_focus_after_reading(editor):
    page = html.fromstring(read(editor).content.decode())
    assert [element.get("id") for element in page.xpath("//*[@autofocus]")] == ["understood"]


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("", "There is no text yet."),
        ("Top Headlines\n\nFeeds", "No headline was found."),
        ("Fleet\n\nTimeline\n\n" + "2024 – x.\n" * 10_001, "at most 10000 are read"),
        ("x" * 2_000_001, "The text has more than 2,000,000 bytes"),
        ("Fleet\n\nA\x07b", "control character U+0007"),
        ('{"uid": 4}', "Uid"),
        ('{"uid": ', "not valid JSON"),
        ('[{"uid": 1}, {"uid": 2}]', "list of 2 stories"),
    ],
    ids=["empty", "no headline", "events", "bytes", "control", "json", "broken", "list"],
)
def test_what_cannot_be_read_is_refused_in_words_and_kept(editor, pasted, sentence):
    response = read(editor, pasted)
    assert response.status_code == 422
    assert sentence in text(response)
    area = html.fromstring(response.content.decode()).get_element_by_id("id_text")
    assert (area.text or "").removeprefix("\n") == pasted
    assert not Story.objects.exists()


@pytest.mark.parametrize("name", ["story.txt", "story.md"])
def test_a_file_is_read_like_a_pasted_text(editor, name):
    file = SimpleUploadedFile(name, b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode())
    response = read(editor, "", file=file)
    assert without(fields(response), "made_as") == without(fields(read(editor)), "made_as")


def test_a_file_that_is_no_text_and_a_file_beside_a_text_are_refused(editor):
    assert "may be Windows-1252" in text(read(editor, "", file=SimpleUploadedFile("a.txt", "Fähre\n".encode("cp1252"))))
    both = read(editor, "Typed", file=SimpleUploadedFile("a.txt", b"Fleet"))
    assert "not both" in text(both)
    assert fields(both)["text"] == "Typed"


def test_a_document_as_json_is_read_whole_and_keeps_what_the_form_does_not_show(editor):
    Topic.objects.create(name="World", slug="world")
    linked = '<p>See <a href="https://port.example/a" rel="noopener">this</a> [1].</p>'
    given = document(
        sections=[{"id": "s4", "heading": "One", "body": linked}, {"id": "s7", "heading": "Two", "body": "<p>B.</p>"}]
    )
    response = read(editor, "", file=SimpleUploadedFile("a.json", json.dumps(given.as_json()).encode()))
    save(editor, response, **{"sections-1-heading": "Second"})
    stored = read_draft(Story.objects.get(uid=given.uid))
    assert [(s.id, s.heading) for s in stored.sections] == [("s4", "One"), ("s7", "Second")]
    assert stored.sections[0].body == linked
    assert stored.topic.slug == "world"
    assert [source.outlet_kind for source in stored.sources] == ["news", "wire"]


# --- Mending


def test_what_was_mended_is_what_is_stored(editor):
    topic = Topic.objects.create(name="Sea", slug="sea")
    response = read(editor, RUN_IN)
    body = fields(response)["sections-0-body"]
    mended = {
        "headline": "Keepers <Strike> & Win",
        "standfirst": "First line.\r\nSecond line.",
        "language": "en-GB",
        "topic": "sea",
        "sections-0-heading": "What the Keepers Want",
        "sections-0-body": f"At Sea {body}",
        "timeline-1-date": "late 2025",
        "timeline-2-text": "Ballots <are> counted [2].",
        "sources-0-title": "A vote",
        "sources-0-published": "17 Feb 2026",
        "gallery-0-caption": "The light.",
        "gallery-0-credit_line": "Coast",
        "resources-0-leave": "1",
        "new_sub_stories": "A Third Story\r\n\r\nA Fourth",
    }
    form = without({**fields(response), **mended}, "sub_stories-0-make")
    editor.post(PAGE, {**form, "save": "1"})
    story = Story.objects.get(parent=None)
    stored = read_draft(story)
    assert (stored.headline, stored.slug, stored.language) == ("Keepers <Strike> & Win", "keepers-strike-win", "en-GB")
    assert (stored.standfirst, stored.topic.slug) == ("First line.\nSecond line.", topic.slug)
    assert stored.sections[0].heading == "What the Keepers Want"
    assert stored.sections[0].body.startswith("<p>At Sea The union asks")
    assert [(event.date, event.label) for event in stored.timeline] == [
        ("1950", ""),
        ("2025", "late 2025"),
        ("2026-02-17", ""),
    ]
    assert stored.timeline[2].text == "Ballots <are> counted [2]."
    assert (stored.sources[0].title, str(stored.sources[0].published)) == ("A vote", "2026-02-17")
    assert (stored.gallery[0].caption, stored.gallery[0].credit_line) == ("The light.", "Coast")
    assert stored.resources == []
    assert list(story.sub_stories.order_by("position").values_list("headline", flat=True)) == [
        "The Last Keeper of Port Sallow",
        "A Third Story",
        "A Fourth",
    ]


def test_what_is_left_out_goes_and_the_rest_keeps_its_words(editor):
    response = read(editor)
    save(editor, response, **{"sections-0-leave": "1", "timeline-0-leave": "1", "sources-1-leave": "1"})
    stored = read_draft(Story.objects.get(parent=None))
    assert [section.heading for section in stored.sections] == ["What the coast office says"]
    assert [source.number for source in stored.sources] == [1, 3]
    assert len(stored.timeline) == 2


def test_a_line_with_a_number_sign_begins_a_section(editor):
    response = read(editor)
    save(editor, response, **{"sections-0-body": "Before [1].\r\n\r\n# A new part\r\n\r\nAfter [2]. It is #1."})
    stored = read_draft(Story.objects.get(parent=None))
    assert [(section.heading, section.body) for section in stored.sections[:2]] == [
        ("What the keepers want", "<p>Before [1].</p>"),
        ("A new part", "<p>After [2]. It is #1.</p>"),
    ]


def test_checking_again_shows_what_is_mended_and_stores_nothing(editor):
    response = read(editor, RUN_IN.replace("Early 2026 –", "Feb 30 2026 –"))
    before = remarks(response)
    mended = {"timeline-2-date": "Feb 28 2026", "sections-0-heading": "What the Keepers Want", "language": "en-GB"}
    checked = editor.post(PAGE, {**fields(response), **mended, "check": "1"})
    assert checked.status_code == 200
    assert {name: fields(checked)[name] for name in mended} == mended
    gone = {words for words, _ in before} - {words for words, _ in remarks(checked)}
    assert len(gone) == 4  # the language, both guesses of the section, the date
    assert not Story.objects.exists()


def test_checking_tells_what_the_mended_fields_show(editor):
    response = read(editor)
    typed = {"timeline-0-date": "Feb 31 2026", "sections-0-body": "It cites [7]."}
    checked = editor.post(PAGE, {**fields(response), **typed, "check": "1"})
    said = " ".join(words for words, _ in remarks(checked))
    assert "“Feb 31 2026” cannot be read" in said
    assert "[7]" in said
    assert "2 sections, 3 sentences" in text(checked)


def test_an_unreadable_date_that_was_left_is_kept_as_it_is_worded(editor):
    save(editor, read(editor, CLEAN.replace("Early 2026 –", "Feb 30 2026 –")))
    event = Story.objects.get(parent=None).timeline.last()
    assert (event.date, event.label) == ("", "Feb 30 2026")


FAULTS = [
    ({"headline": "x" * 301}, "#id_headline", "Headline: It is longer than 300 characters. Shorten it."),
    ({"language": "English, please"}, "#id_language", "is not a language tag"),
    ({"sections-1-heading": "x" * 301}, "#id_sections-1-heading", "Section 2, heading: It is longer than 300"),
    ({"timeline-0-text": "x" * 20_001}, "#id_timeline-0-text", "longer than 20000"),
    ({"timeline-0-date": "y" * 301}, "#id_timeline-0-date", "longer than 300"),
    ({"sources-2-url": "not an address"}, "#id_sources-2-url", "is not a web address"),
    ({"sources-2-url": "https://harbour.example/strike"}, "#id_sources-2-url", "Source 1 has this address too"),
    ({"sources-0-published": "July 2024"}, "#id_sources-0-published", "is not a single day"),
    ({"sources-0-published": "one day"}, "#id_sources-0-published", "cannot be read"),
    ({"resources-0-url": ""}, "#id_resources-0-url", "has no web address"),
    ({"gallery-0-credit_line": "z" * 301}, "#id_gallery-0-credit_line", "longer than 300"),
    ({"new_sub_stories": "w" * 301}, "#id_new_sub_stories", "longer than 300"),
    ({"byline": "a\x07"}, "#id_byline", "control character"),
    ({"topic": "gone"}, "#id_topic", "no such topic"),
    ({"topic": "a\0b"}, "#id_topic", "There is no such topic"),
]


@pytest.mark.parametrize(("typed", "field", "sentence"), FAULTS, ids=[next(iter(t)) + s[:9] for t, _, s in FAULTS])
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(editor, typed, field, sentence):
    begun = read(editor)
    response = save(editor, begun, **{"standfirst": "Typed by hand.", **typed})
    assert response.status_code == 422
    assert any(sentence in said and link == field for said, link in told(response).items()), told(response)
    page = html.fromstring(response.content.decode())
    assert page.xpath(f"//*[@id='{field[1:]}']")
    expected = {**fields(begun), "standfirst": "Typed by hand.", **typed}
    assert without(fields(response), "topic") == without(expected, "topic")
    assert not Story.objects.exists()


@pytest.mark.parametrize("name", ["sections-count", "sections-x-heading", "timeline", f"sources-{'9' * 40}-url"])
def test_a_fault_of_a_field_that_the_form_does_not_have_is_told_of_its_part(editor, name):
    response = save(editor, read(editor), **{name: "a\x07"})
    assert response.status_code == 422
    [said] = [said for said, link in told(response).items() if link == f"#id_{name}"]
    assert said == f"{name.partition('-')[0].capitalize()}: The text contains the control character U+0007. Remove it."


def test_faults_name_the_row_also_where_rows_before_it_are_left_out(editor):
    response = save(editor, read(editor), **{"sections-0-leave": "1", "sections-1-heading": "x" * 301})
    assert list(told(response).values()) == ["#id_sections-1-heading"]


def test_a_text_that_was_changed_and_not_read_again_is_not_lost_in_silence(editor):
    response = read(editor)
    changed = {"text": CLEAN + "\nMore words.", "headline": "Mended"}
    refused = save(editor, response, **changed)
    assert refused.status_code == 422
    assert "The text was changed after it was read" in text(refused)
    assert fields(refused)["headline"] == "Mended"
    assert fields(refused)["text"].endswith("More words.")
    again = editor.post(PAGE, {**fields(refused), "read": "1"})
    assert fields(again)["headline"] == "Lighthouse Keepers Vote to Strike"
    editor.post(PAGE, {**fields(refused), "save": "as_mended"})
    assert Story.objects.get(parent=None).headline == "Mended"


def test_markup_in_a_text_stays_text_on_the_page_and_in_the_draft(editor):
    response = read(editor, CLEAN.replace("<b>figures</b>", "</textarea><script>alert(1)</script>"))
    assert b"<script>alert(1)" not in response.content
    save(editor, response)
    assert "&lt;script&gt;" in read_draft(Story.objects.get(parent=None)).sections[1].body


# --- Sent twice, found again


def test_the_same_form_sent_twice_makes_one_story(editor):
    response = read(editor)
    save(editor, response)
    again = save(editor, response)
    assert Story.objects.filter(parent=None).count() == 1
    assert "was here already, and nothing has changed" in messages(again)[0]


def test_a_form_that_is_sent_while_its_twin_is_being_stored_leads_to_that_ones_story(editor, monkeypatch):
    response = read(editor)
    module = "stories.admin.importing.store"

    def late(*args, **terms):
        monkeypatch.setattr(module, store)
        import_by_command()
        return store(*args, **terms).__class__(args[0], Did.REFUSED)

    monkeypatch.setattr(module, late)
    assert "nothing has changed" in messages(save(editor, response))[0]
    assert Story.objects.filter(parent=None).count() == 1


def test_a_story_made_by_the_page_has_the_uid_that_its_form_carried(editor):
    response = read(editor)
    save(editor, response)
    assert str(Story.objects.get(parent=None).uid) == fields(response)["made_as"]


def test_text_imported_by_the_page_is_found_by_the_command_also_under_another_headline(editor):
    save(editor, read(editor), headline="Another Headline", standfirst="Mended.")
    outcome = import_by_command(CLEAN + "\n")
    assert (outcome.did, outcome.story) == (Did.UNCHANGED, Story.objects.get(parent=None))
    assert outcome.story.standfirst == "Mended."


def test_text_imported_by_the_command_is_found_by_the_page(editor):
    story = import_by_command().story
    response = read(editor)
    assert f'href="/admin/stories/story/{story.pk}/change/"' in response.content.decode()
    assert 'name="replace"' not in response.content.decode()
    assert "nothing has changed" in messages(save(editor, response))[0]
    mended = save(editor, response, standfirst="Mended.", language="en-GB")
    assert "Its draft now says what was imported" in messages(mended)[0]
    story.refresh_from_db()
    assert (story.standfirst, story.language, Story.objects.filter(parent=None).count()) == ("Mended.", "en-GB", 1)


def test_the_same_text_again_brings_a_mended_import_back_to_what_stands_on_the_page(editor):
    save(editor, read(editor), **{"sections-0-heading": "Mended", "new_sub_stories": "A Third Story"})
    story = Story.objects.get(parent=None)
    again = read(editor)
    assert "saving brings it to what stands here" in text(again)
    assert "Its draft now says what was imported" in messages(save(editor, again))[0]
    assert headings(story)[0] == fields(again)["sections-0-heading"] == "What the keepers want"


def test_a_draft_that_was_edited_is_replaced_only_where_that_is_ticked(editor):
    story = import_by_command().story
    write_draft(story, read_draft(story).model_copy(update={"byline": "By hand"}))
    response = read(editor, CLEAN.replace("Three hundred", "Two hundred"))
    assert "edited by hand since" in text(response)
    refused = save(editor, response, byline="By Paste")
    assert refused.status_code == 422
    assert "Tick “Replace its draft”" in text(refused)
    assert fields(refused)["byline"] == "By Paste"
    story.refresh_from_db()
    assert story.byline == "By hand"
    save(editor, refused, replace="1")
    story.refresh_from_db()
    assert story.byline == "By Paste"
    assert any(kept.document["byline"] == "By hand" for kept in story.snapshots.all())


def headings(story):
    return [section.heading for section in read_draft(story).sections]


def test_of_two_who_import_one_text_the_second_sees_what_the_first_mended_before_writing_over_it(editor):
    mine, theirs = read(editor), read(editor)
    save(editor, theirs, **{"sections-0-heading": "Theirs"})
    story = Story.objects.get(parent=None)
    refused = save(editor, mine, **{"sections-0-heading": "Mine"})
    assert refused.status_code == 422
    assert "“Lighthouse Keepers Vote to Strike” is here already. Look at it first; save again" in text(refused)
    assert (headings(story)[0], fields(refused)["sections-0-heading"]) == ("Theirs", "Mine")
    save(editor, refused)
    assert (headings(story)[0], Story.objects.filter(parent=None).count()) == ("Mine", 1)


def test_a_draft_that_is_saved_while_the_page_is_open_is_not_replaced_unseen(editor):
    story = import_by_command().story
    write_draft(story, read_draft(story).model_copy(update={"byline": "By hand"}))
    mine = read(editor, CLEAN.replace("Three hundred", "Two hundred"))
    write_draft(story, read_draft(story).model_copy(update={"byline": "By another hand"}))
    faulty = save(editor, mine, replace="1", byline="a\x07")
    assert fields(faulty)["replace"] == "1"
    refused = save(editor, faulty, byline="By Paste")
    assert "was saved since this text was read. Look at it first" in text(refused)
    story.refresh_from_db()
    assert story.byline == "By another hand"
    assert "replace" not in fields(refused)
    save(editor, refused, replace="1")
    story.refresh_from_db()
    assert story.byline == "By Paste"


def test_a_headline_that_was_mended_into_another_story_s_does_not_write_over_that_one(editor):
    story = import_by_command(CLEAN.replace("Lighthouse Keepers", "Buoy Keepers")).story
    refused = save(editor, read(editor), headline=story.headline, byline="By Paste")
    assert "is here already. Look at it first" in text(refused)
    assert f'href="/admin/stories/story/{story.pk}/change/"' in refused.content.decode()
    story.refresh_from_db()
    assert story.byline == ""


def test_who_may_only_add_stories_replaces_none(client):
    story = import_by_command().story
    client = with_rights(client, "add_story", "view_story")
    response = read(client, CLEAN.replace("Three hundred", "Two hundred"))
    assert "You may not change it" in text(response)
    refused = save(client, response, replace="1")
    assert refused.status_code == 422
    assert "you may not change it. Ask somebody who may." in text(refused)
    assert "Three hundred" in read_draft(story).timeline[0].text
    save(client, read(client, CLEAN.replace("Lighthouse Keepers", "Buoy Keepers")))
    assert Story.objects.filter(headline="Buoy Keepers Vote to Strike").exists()


def test_a_story_written_by_hand_under_the_same_headline_is_not_written_over(editor):
    story = draft(headline="Lighthouse Keepers Vote to Strike")
    before = read_draft(story)
    assert save(editor, read(editor)).status_code == 422
    assert read_draft(story) == before


# --- The reference


def test_reference_text_is_understood_and_stored_with_its_figures(editor, shared_story):
    response = read(editor, shared_story)
    assert (
        "5 sections, 20 sentences (19 cited), 30 events, 24 sources (21 cited), 1 picture, "
        "0 sub-stories of 22 announced, 0 external resources of 2 announced." in text(response)
    )
    found = [words for words, _ in remarks(response)]
    assert {"#id_new_sub_stories", "#resources-part"} <= {links[0] for _, links in remarks(response) if links}
    assert len([words for words in found if "split from its paragraph" in words]) == 5
    assert len([words for words in found if "moved to its place in time" in words]) == 3
    headlines = "\r\n".join(f"A sub-story of number {n}" for n in range(1, 23))
    resources = {f"resources-{n}-url": f"https://resource.example/{n}" for n in range(2)}
    save(editor, response, new_sub_stories=headlines, **resources)
    story = Story.objects.get(parent=None)
    stored = read_draft(story)
    sentences = [sentence for section in stored.sections for sentence in section.sentences]
    assert (len(stored.sections), len(sentences), sum(bool(s.cites) for s in sentences)) == (5, 20, 19)
    assert (len(stored.timeline), len(stored.sources), story.sub_stories.count()) == (30, 24, 22)
    assert (len(stored.resources), len(stored.gallery)) == (2, 1)


def test_saving_costs_no_more_queries_to_show_with_more_rows(editor, queries_do_not_grow):
    rows = [2]

    def more():
        rows[0] += 3

    def shown():
        lines = "".join(f"Feb {n} 2026 – Event {n} [1].\n" for n in range(1, rows[0]))
        return read(editor, f"Fleet Returns\n\nUpdated ({rows[0]} articles)\n\nTimeline\n{lines}")

    queries_do_not_grow(shown, grow=more)


def test_reading_again_is_a_button_that_says_what_is_lost(editor):
    assert re.search(r"What you mended above is lost", text(read(editor)))
