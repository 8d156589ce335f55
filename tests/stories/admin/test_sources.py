import pytest
from django.contrib.auth.models import User
from lxml import html

from stories.document import MAX_SOURCE_NUMBER, SourceEntry
from stories.draft import read_draft, write_draft
from stories.models import Article, Outlet, Story
from tests.factories import draft
from tests.stories.admin.story_form import address, fields, messages, opened, save, text, with_row

pytestmark = pytest.mark.django_db
SHARED = "https://harbour.example/shared"


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def reserve(client, story):
    return client.post(address(story, "source-number")).json()


def with_source(**fields):
    return draft(
        sources=[{"number": 1, "title": "A report", "url": SHARED, "outlet": "Harbour Courier", **fields}], timeline=[]
    )


def test_a_new_row_is_given_the_next_number_at_once(editor):
    story = draft()
    given = reserve(editor, story)
    assert given["number"] == 3
    save(editor, with_row(opened(editor, story), "sources", title="Third", number="3", given=given["given"]), story)
    assert story.sources.get(number=3).article.title == "Third"


def test_an_outlet_typed_in_other_capitals_is_the_one_that_is_here(editor):
    story = with_source()
    form = with_row(opened(editor, story), "sources", title="Another", outlet="harbour COURIER")
    response = save(editor, form, story)
    assert Outlet.objects.get().name == "Harbour Courier"
    assert story.sources.get(number=2).article.outlet.name == "Harbour Courier"
    assert "“harbour COURIER” was saved as the outlet “Harbour Courier” that is here already." in messages(response)


def test_an_archived_copy_keeps_its_address_to_the_letter(editor):
    archived = "https://web.archive.org/web/2024/https://a.example/x?utm_source=feed#part"
    story = with_source(archive_url=archived)
    save(editor, opened(editor, story), story, **{"sources-0-title": "A mended title"})
    article = Article.objects.get()
    assert (article.title, article.archive_url) == ("A mended title", archived)


def test_a_number_that_was_reserved_is_given_to_nobody_else(editor):
    story = draft()
    assert [reserve(editor, story)["number"] for _ in range(2)] == [3, 4]
    response = save(editor, with_row(opened(editor, story), "sources", title="Later"), story)
    assert story.sources.get(number=5).article.title == "Later"
    assert "“Later” is source 5." in messages(response)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("2", "already has a source 2"), ("0", "run from 1"), ("1000", "run from 1"), ("x", "whole number")],
)
def test_a_number_that_cannot_be_is_refused_at_its_field(editor, number, sentence):
    story = draft()
    response = save(editor, with_row(opened(editor, story), "sources", title="Kept", number=number), story)
    assert sentence in text(response)
    assert fields(response)["sources-2-title"] == "Kept"
    assert fields(response)["sources-2-number"] == number


def test_the_number_of_a_removed_source_is_never_given_again(editor):
    story = draft()
    uncited = {"sections-0-body": "<p>It sails [1].</p>", "timeline-0-text": "It sails [1]."}
    save(editor, opened(editor, story), story, **{"sources-1-DELETE": "on", **uncited})
    response = save(editor, with_row(opened(editor, story), "sources", title="Kept", number="2"), story)
    assert "never given again" in text(response)
    save(editor, with_row(opened(editor, story), "sources", title="Kept"), story)
    assert list(story.sources.values_list("number", flat=True)) == [1, 3]


def test_a_cited_source_is_not_removed_and_the_editor_is_shown_where(editor):
    story = draft()
    typed = {"sources-0-DELETE": "on", "sections-0-heading": "Typed", "timeline-0-text": "It sails [1, 2]."}
    response = save(editor, opened(editor, story), story, **typed)
    assert "Source 1 stays, because it is cited: Section “Typed”, Event" in text(response)
    places = html.fromstring(response.content.decode()).xpath("//*[@id='faults']//a/@href")
    assert {"#id_sections-0-body", "#id_timeline-0-text"} <= set(places)
    assert fields(response)["sections-0-heading"] == "Typed"
    assert story.sources.filter(number=1).exists()


def test_a_source_goes_once_its_markers_are_gone_or_go_with_it(editor):
    story = draft(
        sections=[{"id": "s1", "heading": "One", "body": '<p>A <a href="https://x.example/">[2]</a> link.</p>'}]
    )
    save(editor, opened(editor, story), story, **{"sources-1-DELETE": "on", "timeline-0-DELETE": "on"})
    assert list(story.sources.values_list("number", flat=True)) == [1]


def test_when_no_number_is_left_the_row_says_so(editor):
    story = draft()
    Story.objects.filter(pk=story.pk).update(last_source_number=MAX_SOURCE_NUMBER)
    assert editor.post(address(story, "source-number")).status_code == 409
    response = save(editor, with_row(opened(editor, story), "sources", title="One too many"), story)
    assert "have been given" in text(response)


def test_an_address_finds_the_article_and_fills_what_was_left_blank(editor):
    with_source(published="2026-03-01")
    story = draft()
    response = save(editor, with_row(opened(editor, story), "sources", url=f"{SHARED}?utm_source=x#part"), story)
    article = story.sources.get(number=3).article
    assert (article.title, article.outlet.name, Article.objects.filter(url=SHARED).count()) == (
        "A report",
        "Harbour Courier",
        1,
    )
    assert any("already knows" in message for message in messages(response))


def test_a_report_of_this_story_alone_is_edited_in_its_row(editor):
    story = with_source()
    article = story.sources.get().article
    save(
        editor,
        opened(editor, story),
        story,
        **{"sources-0-title": "A better title", "sources-0-published": "Feb 24 2026"},
    )
    article.refresh_from_db()
    assert (article.title, str(article.published)) == ("A better title", "2026-02-24")


def test_a_report_that_other_stories_use_is_only_completed_and_the_editor_told(editor):
    with_source()
    story = with_source()
    response = save(
        editor, opened(editor, story), story, **{"sources-0-title": "Another", "sources-0-published": "2026-02-24"}
    )
    article = Article.objects.get(url=SHARED)
    assert (article.title, str(article.published)) == ("A report", "2026-02-24")
    assert any("other stories use the report too" in message for message in messages(response))
    assert "used by 2 stories" in text(response)


def test_a_source_row_leaves_the_kind_of_its_outlet_alone(editor):
    story = with_source(outlet_kind="news")
    Outlet.objects.create(name="Strait Wire", slug="strait-wire", kind="wire")
    save(editor, opened(editor, story), story, **{"sources-0-outlet": "Strait Wire"})
    assert story.sources.get().article.outlet.name == "Strait Wire"
    assert dict(Outlet.objects.values_list("name", "kind")) == {"Harbour Courier": "news", "Strait Wire": "wire"}


def test_two_rows_of_one_new_outlet_make_it_once(editor):
    story = draft()
    form = with_row(opened(editor, story), "sources", title="One", outlet="New Outlet")
    save(editor, with_row(form, "sources", title="Two", outlet="New Outlet"), story)
    assert Outlet.objects.filter(name="New Outlet").count() == 1
    assert story.sources.count() == 4


def test_an_untouched_form_keeps_every_report_as_it_is(editor):
    values = {
        "authors": ["A. Writer"],
        "archive_url": "https://archive.example/x",
        "language": "uk",
        "published": "2026-03-01",
    }
    story = with_source(**values)
    before = Article.objects.values().get(url=SHARED)
    save(editor, opened(editor, story), story)
    assert Article.objects.values().get(url=SHARED) == before


def test_rows_are_arranged_on_the_form_while_readers_see_sources_by_number(editor):
    story = draft()
    save(editor, opened(editor, story), story, **{"sources-0-position": "2", "sources-1-position": "1"})
    form = opened(editor, story)
    assert [form[f"sources-{row}-key"] for row in (0, 1)] == ["2", "1"]
    assert [entry.number for entry in read_draft(story).sources] == [1, 2]
    save(editor, with_row(form, "sources", title="Last"), story)
    assert [source.number for source in story.sources.order_by("position")] == [2, 1, 3]


def test_moving_a_row_does_not_undo_what_its_report_was_mended_to(editor):
    story = draft()
    form = opened(editor, story)
    Article.objects.filter(sources__story=story, sources__number=1).update(title="Mended on its own page")
    save(editor, form, story, **{"sources-0-position": "2", "sources-1-position": "1"})
    assert story.sources.get(number=1).article.title == "Mended on its own page"
    assert list(story.sources.order_by("position").values_list("number", flat=True)) == [2, 1]


def test_an_import_leaves_the_arrangement_and_adds_new_sources_behind(editor):
    story = draft()
    save(editor, opened(editor, story), story, **{"sources-0-position": "2", "sources-1-position": "1"})
    story.refresh_from_db()
    document = read_draft(story)
    more = SourceEntry(number=3, title="More")
    write_draft(story, document.model_copy(update={"sources": [*document.sources, more]}))
    assert list(story.sources.order_by("position", "number").values_list("number", flat=True)) == [2, 1, 3]


def test_a_source_that_the_standfirst_or_a_picture_s_own_caption_cites_stays(editor):
    plain = [{"id": "s1", "heading": "One", "body": "<p>It sails [1].</p>"}]
    gallery = [{"alt_text": "A quay", "credit_line": "C", "caption": "The quay [2]."}]
    for cited in ({"standfirst": "So says the wire [2]."}, {"gallery": gallery}):
        story = draft(sections=plain, **cited)
        response = save(editor, opened(editor, story), story, **{"sources-1-DELETE": "on"})
        assert "Source 2 stays, because it is cited" in text(response)
        assert story.sources.count() == 2
