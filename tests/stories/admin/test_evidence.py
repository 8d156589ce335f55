"""The page of a story's evidence."""

import pytest
from lxml import html

from stories.draft import read_draft, write_draft
from stories.models import Evidence
from tests.factories import draft
from tests.newsroom import member
from tests.stories.admin.story_form import address, messages, save, text
from tests.stories.admin.story_form import fields as form_fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reporter(sign_in):
    return sign_in("Reporter")


def fields(response):
    form = html.fromstring(response.content.decode()).xpath("//form[contains(@class, 'evidence-form')]")[0]
    for area in form.iter("textarea"):
        area.text = (area.text or "").removeprefix("\n")
    return dict(form.form_values())


def opened(client, story):
    return fields(client.get(address(story, "evidence")))


def send(client, story, form, query=""):
    return client.post(address(story, "evidence") + query, form, follow=True)


def test_a_quote_goes_to_readers_where_that_is_ticked_as_it_is_for_new_ones(client):
    story = draft()
    form = opened(client, story)
    assert form["shown-s1.1-1"] == "1"
    send(client, story, form | {"quote-s1.1-1": "It opened."})
    assert Evidence.objects.get().is_shown
    form = opened(client, story)
    del form["shown-s1.1-1"]
    assert messages(send(client, story, form)) == ["Evidence: 1 row saved."]
    assert not Evidence.objects.get().is_shown
    assert "shown-s1.1-1" not in opened(client, story)


def test_every_citation_is_there_with_its_source_and_what_is_typed_is_saved(client):
    story = draft(headline="Harbour talks")
    shown = text(client.get(address(story, "evidence")))
    assert "Checked: 0 of 3 citations of the saved draft." in shown
    assert "The line opened a second berth [1]. [1] A second berth opens Harbour Courier" in shown
    assert shown.index("Section “A crossing in winter”") < shown.index("Event of Mar 1 2026")
    form = opened(client, story) | {"quote-s1.1-1": "It opened.", "locator-t1.1-1": "page 2", "checked-s1.2-2": "1"}
    response = send(client, story, form, "?show=unchecked")
    assert messages(response) == ["Evidence: 3 rows saved."]
    assert response.redirect_chain[-1][0].endswith("?show=unchecked")
    assert sorted(Evidence.objects.values_list("passage", "quote", "locator")) == [
        ("s1.1", "It opened.", ""),
        ("s1.2", "", ""),
        ("t1.1", "", "page 2"),
    ]
    assert "Checked reporter," in text(client.get(address(story, "evidence")))


def test_a_page_that_comes_back_as_it_was_changes_nothing(client):
    story = draft()
    send(client, story, opened(client, story) | {"quote-s1.1-1": "Two\r\nlines & <more>"})
    assert messages(send(client, story, opened(client, story))) == ["Nothing was changed, so nothing was saved."]
    assert Evidence.objects.get().quote == "Two\nlines & <more>"


def test_two_at_once_lose_nothing(client):
    story = draft()
    mine = opened(client, story) | {"quote-s1.1-1": "Mine", "quote-s1.2-2": "Only mine"}
    send(client, story, opened(client, story) | {"quote-s1.1-1": "Theirs"})
    response = send(client, story, mine)
    assert response.status_code == 422
    shown = text(response)
    assert "Not all is saved yet. Evidence: 1 row saved." in shown
    assert "Saved by somebody else: Theirs" in shown
    assert fields(response)["quote-s1.1-1"] == "Mine"
    send(client, story, fields(response))
    assert set(Evidence.objects.values_list("quote", flat=True)) == {"Mine", "Only mine"}


def test_a_refused_row_is_shown_under_any_filter(client):
    story = draft()
    send(client, story, opened(client, story) | {"quote-s1.1-1": "Theirs", "checked-s1.1-1": "1"})
    late = fields(client.get(address(story, "evidence") + "?show=unchecked"))
    assert "quote-s1.1-1" not in late
    late |= {"seen-s1.1-1": "0" * 16, "quote-s1.1-1": "Mine"}
    assert fields(send(client, story, late, "?show=unchecked"))["quote-s1.1-1"] == "Mine"


def test_what_is_no_longer_cited_is_shown_apart_and_can_be_removed(client):
    story = draft()
    Evidence.objects.create(story=story, passage="s7.1", number=2, quote="Gone with its sentence")
    page = client.get(address(story, "evidence"))
    assert "No longer cited" in text(page)
    assert "[2] Freight first, says the line Strait Wire in s7.1" in text(page)
    send(client, story, opened(client, story) | {"remove-s7.1-2": "1"})
    assert not Evidence.objects.exists()


def test_a_story_without_citations_says_so(client):
    story = draft(sections=[], timeline=[])
    assert "The saved draft cites nothing yet." in text(client.get(address(story, "evidence")))


def test_who_may_only_look_can_type_nothing(client):
    story = draft()
    client.force_login(member("Photo desk"))
    assert client.get(address(story, "evidence")).status_code == 403
    assert client.post(address(story, "evidence"), {}).status_code == 403


def test_the_story_s_form_leads_there(client):
    story = draft()
    assert f'href="{address(story, "evidence")}"' in client.get(address(story)).content.decode()


def test_the_form_shows_evidence_in_the_section_where_its_sentence_stands_by_now(client):
    story = draft()
    Evidence.objects.create(story=story, passage="s1.1", number=1, quote="It opened.")
    Evidence.objects.create(story=story, passage="s1.2", number=1, quote="No longer cited")
    [section] = read_draft(story).sections
    write_draft(story, read_draft(story).model_copy(update={"sections": [section.model_copy(update={"id": "s2"})]}))
    shown = {"passage": "s2", "number": 1, "quote": "It opened.", "locator": "", "checked": ""}
    form = client.get(address(story))
    assert form.context["evidence"] == [shown]
    refused = save(client, form_fields(form), story, headline="x" * 301)
    assert not refused.redirect_chain
    assert refused.context["evidence"] == [shown]


def test_the_page_costs_the_same_with_more_citations(client, queries_do_not_grow):
    story = draft()

    def grow():
        number = Evidence.objects.count()
        Evidence.objects.create(story=story, passage=f"s8.{number + 1}", number=1, quote="A")

    queries_do_not_grow(lambda: client.get(address(story, "evidence")), grow=grow)
