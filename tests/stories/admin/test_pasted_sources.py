"""Lists of sources pasted into a story's form."""

import json
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stories.document import MAX_SOURCE_NUMBER
from stories.models import Article, Outlet, Story
from tests.factories import draft
from tests.newsroom import member
from tests.stories.admin.story_form import ADD, address, opened, save, with_row
from tests.stories.test_drafts_at_once import at_once

pytestmark = pytest.mark.django_db
NEW = f"{ADD}paste-sources/"
DETAILS = ("number", "given", "url", "title", "outlet", "published", "authors", "archive_url", "language")


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def paste(client, story, text, *, status=200, **page):
    response = client.post(address(story, "paste-sources") if story else NEW, {"text": text, **page})
    assert response.status_code == status
    return response.json()


def lines(*numbers):
    return "\n".join(f"https://pasted.example/{number}" for number in numbers)


def numbers(answer):
    return [row["number"] for row in answer["rows"]]


def with_rows(form, answer):
    """The form with the rows as its page adds them, each in its place."""
    for place, row in enumerate(answer["rows"], int(form["sources-TOTAL_FORMS"]) + 1):
        form = with_row(form, "sources", position=str(place), **{name: str(row[name]) for name in DETAILS})
    return form


def saved_sources(story):
    return dict(story.sources.order_by("number").values_list("number", "article__url"))


def test_pasted_sources_are_numbered_on_and_saved_with_their_details(editor):
    story = draft()
    text = "url,title,outlet,date,authors\nhttps://pasted.example/1?utm_source=x,A title,New Post,2026-03-01,Jane Doe"
    answer = paste(editor, story, text)
    row = answer["rows"][0]
    assert {name: row[name] for name in DETAILS if name != "given"} == {
        "number": 3,
        "url": "https://pasted.example/1",
        "title": "A title",
        "outlet": "New Post",
        "published": "2026-03-01",
        "authors": "Jane Doe",
        "archive_url": "",
        "language": "",
    }
    save(editor, with_rows(opened(editor, story), answer), story)
    article = story.sources.get(number=3).article
    assert (article.title, article.outlet.name, str(article.published), article.authors) == (
        "A title",
        "New Post",
        "2026-03-01",
        ["Jane Doe"],
    )


def test_a_known_report_is_found_and_fills_what_the_list_leaves_blank(editor):
    known = draft().sources.get(number=1).article
    Article.objects.filter(pk=known.pk).update(authors=["A. Writer"], language="en", status="corrected")
    answer = paste(editor, draft(), f"url,title\n{known.url}#part,A title of my own\nhttps://pasted.example/1,")
    first, second = answer["rows"]
    assert (first["known"], second["known"]) == (True, False)
    assert (first["title"], first["outlet"], first["authors"]) == ("A title of my own", "Harbour Courier", "A. Writer")
    assert (first["published"], first["language"]) == ("2026-03-01", "en")
    assert answer["notes"] == [
        {"place": "Source 3", "sentence": "“A second berth opens” is a report that was corrected."}
    ]


def test_an_outlet_is_written_as_it_is_known(editor):
    Outlet.objects.create(name="Strait Wire", slug="strait-wire")
    answer = paste(editor, draft(sources=[]), "url,outlet\nhttps://pasted.example/1,strait  WIRE")
    assert answer["rows"][0]["outlet"] == "Strait Wire"


def test_what_is_a_source_or_a_row_already_is_answered_with_its_number(editor):
    story = draft()
    mine = story.sources.get(number=2).article.url
    present = {"1": "", "7": "https://pasted.example/7?fbclid=x", "8": "nonsense", "x": "https://pasted.example/9"}
    text = f"{mine}\n{lines(7, 9)}\n{story.sources.get(number=1).article.url}"
    answer = paste(editor, story, text, above="8", present=json.dumps(present))
    assert answer["already"] == [{"number": 2, "url": mine}, {"number": 7, "url": "https://pasted.example/7"}]
    assert numbers(answer) == [9, 10]  # the report in row 1, which is to be removed, is added again


@pytest.mark.parametrize("present", ["", "no JSON", "[1]", '{"1": 5}', "[" * 5000])
def test_a_page_that_says_nothing_readable_of_its_rows_is_taken_as_without_rows(editor, present):
    assert numbers(paste(editor, draft(sources=[]), lines(1), present=present, above="x")) == [1]


def test_an_empty_row_takes_the_first_source_under_the_number_it_has(editor):
    story = draft()
    Story.objects.filter(pk=story.pk).update(last_source_number=3)
    answer = paste(editor, story, lines(1, 2, 3), into="3", above="3")
    assert [(row["number"], bool(row["given"])) for row in answer["rows"]] == [(3, False), (4, True), (5, True)]
    story.refresh_from_db()
    assert story.last_source_number == 5


def test_two_editors_who_paste_at_once_are_given_different_numbers(editor):
    story = draft()
    other = Client()
    other.force_login(member("Chief"))
    mine, theirs = paste(editor, story, lines(1, 2)), paste(other, story, lines(3, 4))
    assert (numbers(mine), numbers(theirs)) == ([3, 4], [5, 6])
    save(other, with_rows(opened(other, story), theirs), story)
    save(editor, with_rows(opened(editor, story), mine), story)
    assert list(saved_sources(story)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_lists_pasted_at_the_same_moment_share_no_number():
    story, user = draft(), User.objects.create_superuser("editor")
    clients = [Client() for _ in range(3)]
    for client in clients:
        client.force_login(user)
    answers = at_once(*(partial(paste, client, story, lines(1, 2, 3)) for client in clients))
    given = [number for answer in answers for number in numbers(answer)]
    assert sorted(given) == list(range(3, 12))
    assert all(numbers(answer) == list(range(min(numbers(answer)), min(numbers(answer)) + 3)) for answer in answers)


def test_a_story_that_is_not_stored_yet_is_numbered_above_the_page(editor):
    answer = paste(editor, None, lines(1, 2), above="4", present='{"4": "https://pasted.example/2"}')
    assert [(row["number"], row["given"]) for row in answer["rows"]] == [(5, "")]
    assert answer["already"] == [{"number": 4, "url": "https://pasted.example/2"}]
    assert not Story.objects.exists()


def test_more_sources_than_numbers_are_left_are_refused_whole(editor):
    story = draft()
    Story.objects.filter(pk=story.pk).update(last_source_number=MAX_SOURCE_NUMBER - 2)
    answer = paste(editor, story, lines(1, 2, 3), status=409)
    assert answer == {
        "message": "The list has 3 new sources, but of a story’s 999 numbers 2 are left. Nothing was added."
    }
    story.refresh_from_db()
    assert story.last_source_number == MAX_SOURCE_NUMBER - 2
    assert numbers(paste(editor, story, lines(1, 2))) == [998, 999]


def test_what_is_not_understood_is_told_and_given_back(editor):
    answer = paste(editor, draft(), f"Links of the day\n{lines(1)}\n{'word ' * 40}")
    assert [problem["place"] for problem in answer["problems"]] == ["Line 1", "Line 3"]
    assert len(answer["problems"][1]["words"]) < 110
    assert answer["unread"].split("\n") == ["Links of the day", "word " * 40]


def test_a_list_without_any_source_takes_no_number(editor):
    story = draft()
    answer = paste(editor, story, "words\n" * 300)
    assert (answer["rows"], len(answer["problems"])) == ([], 201)
    assert answer["problems"][-1]["sentence"].startswith("100 more could not be read")
    story.refresh_from_db()
    assert story.last_source_number == 2


def test_half_a_character_and_no_text_are_answered_in_sentences(editor):
    for text in ("https://a.example/\x00", "", "PK\x03\x04"):
        assert paste(editor, draft(), text)["rows"] == []


@pytest.mark.parametrize("role", ["Photo desk", None])
def test_only_who_may_change_a_story_pastes_into_it(client, role):
    story = draft()
    if role:
        client.force_login(member(role))
    for place in (address(story, "paste-sources"), NEW):
        assert client.post(place, {"text": lines(1)}).status_code == (403 if role else 302)
    story.refresh_from_db()
    assert story.last_source_number == 2


def test_a_reporter_pastes(client):
    client.force_login(member("Reporter"))
    assert numbers(paste(client, draft(), lines(1))) == [3]
    assert numbers(paste(client, None, lines(1))) == [1]


def test_it_is_no_page_to_look_at_and_needs_a_story(editor):
    assert editor.get(address(draft(), "paste-sources")).status_code == 405
    assert editor.get(NEW).status_code == 405
    assert editor.post("/admin/stories/story/4711/paste-sources/", {"text": lines(1)}).status_code == 404


def test_what_a_list_costs_does_not_grow_with_it(editor, queries_do_not_grow):
    story, urls = draft(), []
    for number in range(30):
        Article.objects.create(url=f"https://pasted.example/{number}", title=f"Report {number}")
    queries_do_not_grow(
        lambda: editor.post(address(story, "paste-sources"), {"text": lines(*urls)}),
        grow=lambda: urls.extend(range(len(urls), len(urls) + 4)),
    )


def cost_of_saving(editor, story, answer):
    form = with_rows(opened(editor, story), answer)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        save(editor, form, story)
    assert story.sources.count() == 2 + len(answer["rows"])
    return len(captured.captured_queries)


def test_saving_24_pasted_sources_costs_a_bounded_number_of_statements_each(editor):
    few, many = draft(), draft()
    save(editor, opened(editor, few), few)  # what a process looks up once
    one = cost_of_saving(editor, few, paste(editor, few, lines(1)))
    new = cost_of_saving(editor, many, paste(editor, many, lines(*range(100, 124))))
    assert new - one <= 23 * 2  # the article and the source
    again = draft()
    known = cost_of_saving(editor, again, paste(editor, again, lines(*range(100, 124))))
    assert known - one <= 23  # the source
    assert Article.objects.filter(url__startswith="https://pasted.example/").count() == 25
