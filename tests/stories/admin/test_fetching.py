from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from stories.fetching.details import Details
from stories.fetching.filling import fetch_into
from stories.fetching.page import Page
from stories.models import Article, Fetch
from tests.factories import draft
from tests.stories.admin.story_form import messages, opened, save, text

pytestmark = pytest.mark.django_db
URL = "https://harbour.example/berth"
SAID = Details("A second berth opens", "Harbour Courier", ["Bo Berg"], date(2026, 3, 1), "en")
PASSED, LATER = datetime(2026, 3, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fetching_is_on(settings):
    settings.FETCH_ARTICLES = True


@pytest.fixture
def editor(sign_in, client):
    sign_in("Editor")
    return client


def change(article):
    return reverse("admin:stories_article_change", args=[article.pk])


def form_of(client, article):
    adminform = client.get(change(article)).context["adminform"].form
    values = {name: adminform[name].value() for name in adminform.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()} | {"authors": ""}


def filled_in(article, said=SAID):
    """The worker has been here."""
    Fetch.objects.update_or_create(article=article, defaults={"state": "queued", "at": timezone.now()})
    assert fetch_into(article.pk, fetch=lambda url: Page(url, b"", ""), read=lambda page: said) is None
    article.refresh_from_db()
    assert article.title


def asked_again(article, outcome):
    """Somebody asked once more, and that waits, was refused or told nothing new."""
    Fetch.objects.filter(article=article).update(state="queued", at=LATER)
    if outcome == "failed":
        Fetch.objects.filter(article=article).update(state="failed", at=PASSED)
    if outcome == "done":
        filled_in(article)


AGAIN = pytest.mark.parametrize("outcome", ["queued", "failed", "done"])


def test_the_button_saves_what_was_typed_and_asks(editor, django_capture_on_commit_callbacks):
    article = Article.objects.create(url=URL)
    assert "Save and fetch details" in editor.get(change(article)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(
            change(article), {**form_of(editor, article), "title": "Typed", "_fetch": "1"}, follow=True
        )
    assert "The article is saved. The details are being fetched from the page." in text(response)
    assert Article.objects.get().title == "Typed"
    assert DBTaskResult.objects.get().args_kwargs["args"] == [article.pk]


def test_an_article_that_lacks_nothing_is_told_so(editor):
    article = Article.objects.create(title="Without address")
    response = editor.post(change(article), {**form_of(editor, article), "_fetch": "1"}, follow=True)
    assert "Nothing is asked for" in text(response)


def test_with_fetching_off_the_page_and_the_button_say_so(editor, settings):
    settings.FETCH_ARTICLES = False
    article = Article.objects.create(url=URL)
    assert "Save and fetch details" not in editor.get(change(article)).content.decode()
    response = editor.post(change(article), {**form_of(editor, article), "_fetch": "1"}, follow=True)
    assert "Fetching is off in this newsroom" in text(response)
    assert not Fetch.objects.exists()


def test_who_may_not_change_articles_asks_for_nothing(sign_in, client):
    sign_in("Photo desk")
    article = Article.objects.create(url=URL)
    assert client.post(change(article), {"_fetch": "1"}).status_code == 403
    assert not Fetch.objects.exists()


def test_several_are_asked_for_from_the_list(editor, django_capture_on_commit_callbacks):
    bare = Article.objects.create(url=URL)
    whole = Article.objects.create(title="Without address")
    with django_capture_on_commit_callbacks(execute=True):
        chosen = {"action": "fetch_details", "_selected_action": [bare.pk, whole.pk]}
        response = editor.post(reverse("admin:stories_article_changelist"), chosen, follow=True)
    assert "Details are being fetched for 1 article. 1 more: without address" in text(response)
    assert DBTaskResult.objects.count() == 1


def test_with_fetching_off_the_list_says_so(editor, settings):
    settings.FETCH_ARTICLES = False
    bare = Article.objects.create(url=URL)
    chosen = {"action": "fetch_details", "_selected_action": [bare.pk]}
    assert "Fetching is off" in text(editor.post(reverse("admin:stories_article_changelist"), chosen, follow=True))


def test_an_article_that_is_added_on_its_own_page_is_asked_for(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("admin:stories_article_add"), {"url": URL, "title": "", "authors": "", "status": "good"})
    assert Fetch.objects.get().article.url == URL


def test_an_address_that_is_added_on_the_articles_page_is_asked_for(editor, django_capture_on_commit_callbacks):
    article = Article.objects.create(title="Without address")
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(change(article), {**form_of(editor, article), "status_note": "Checked."})
    assert not Fetch.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(change(article), {**form_of(editor, article), "url": URL})
    assert Fetch.objects.get().article == article
    assert DBTaskResult.objects.get().args_kwargs["args"] == [article.pk]


def test_an_address_that_is_mended_after_a_refusal_is_asked_for_from_the_beginning(editor):
    article = Article.objects.create(url="https://harbuor.example/berth")
    Fetch.objects.create(article=article, state="failed", sentence="It did not answer.", tries=4)
    editor.post(change(article), {**form_of(editor, article), "url": URL})
    assert Fetch.objects.values_list("state", "sentence", "tries").get() == ("queued", "", 0)


def test_the_button_asks_for_an_address_that_is_mended_with_it(editor):
    article = Article.objects.create(url="https://harbuor.example/berth")
    response = editor.post(change(article), {**form_of(editor, article), "url": URL, "_fetch": "1"}, follow=True)
    assert "The details are being fetched from the page." in text(response)
    assert Fetch.objects.get().state == "queued"


@pytest.mark.parametrize(
    ("fetch", "said"),
    [
        (
            {"state": "failed", "sentence": "The page is larger than 3 MB."},
            "The page is larger than 3 MB. (2026-03-02)",
        ),
        ({"state": "queued", "at": PASSED}, "Is the newsroom’s worker running?"),
        ({"state": "queued", "sentence": "It broke off.", "at": LATER}, "could not be fetched yet. It broke off."),
        ({"state": "queued", "at": LATER}, "The details are being fetched from the page."),
    ],
)
def test_the_articles_page_says_how_it_stands(editor, fetch, said):
    article = Article.objects.create(url=URL)
    Fetch.objects.create(**{"article": article, "at": PASSED, **fetch})
    assert said in text(editor.get(change(article)))


def test_a_form_that_was_opened_before_does_not_blank_what_was_fetched(editor):
    article = Article.objects.create(url=URL)
    form = form_of(editor, article)
    filled_in(article)
    editor.post(change(article), {**form, "status_note": "Checked."})
    article.refresh_from_db()
    assert (article.status_note, article.title, article.authors) == ("Checked.", SAID.title, ["Bo Berg"])
    assert (article.outlet.name, article.published, article.language) == ("Harbour Courier", SAID.published, "en")


@AGAIN
def test_a_form_that_was_opened_before_does_not_blank_it_after_another_fetch_either(editor, outcome):
    article = Article.objects.create(url=URL)
    form = form_of(editor, article)
    filled_in(article, replace(SAID, language=""))
    asked_again(article, outcome)
    editor.post(change(article), {**form, "status_note": "Checked."})
    article.refresh_from_db()
    assert (article.title, article.authors, article.published) == (SAID.title, ["Bo Berg"], SAID.published)


@AGAIN
def test_what_was_seen_and_blanked_stays_blank_after_another_fetch(editor, outcome):
    article = Article.objects.create(url=URL)
    filled_in(article, replace(SAID, language=""))
    form = form_of(editor, article)
    asked_again(article, outcome)
    editor.post(change(article), {**form, "title": ""})
    article.refresh_from_db()
    assert (article.title, article.language) == ("", "en" if outcome == "done" else "")


def test_what_another_page_said_does_not_stay_under_a_new_address(editor):
    article = Article.objects.create(url="https://harbuor.example/other")
    form = form_of(editor, article)
    filled_in(article)
    editor.post(change(article), {**form, "url": URL})
    article.refresh_from_db()
    assert (article.url, article.title, article.fetch.state) == (URL, "", "queued")


def test_a_form_that_was_opened_before_keeps_what_is_typed_into_it(editor):
    article = Article.objects.create(url=URL)
    form = form_of(editor, article)
    filled_in(article)
    editor.post(change(article), {**form, "title": "Typed"})
    article.refresh_from_db()
    assert (article.title, article.outlet.name) == ("Typed", "Harbour Courier")


def test_what_was_fetched_can_be_blanked_by_who_sees_it(editor):
    article = Article.objects.create(url=URL)
    filled_in(article)
    editor.post(change(article), {**form_of(editor, article), "title": ""})
    article.refresh_from_db()
    assert article.title == ""


def cited():
    return draft(sources=[{"number": 1, "url": URL}], timeline=[], sections=[])


def test_a_story_says_at_its_source_that_details_are_fetched(editor):
    story = cited()
    fetch = Fetch.objects.create(article=Article.objects.get())
    page = f"/admin/stories/story/{story.pk}/change/"
    assert "The details are being fetched from the page." in text(editor.get(page))
    Fetch.objects.filter(pk=fetch.pk).update(state="failed", sentence="The site “harbour.example” did not answer.")
    shown = text(editor.get(page))
    assert "details not fetched" in shown
    assert "The site “harbour.example” did not answer." in shown


def test_what_is_said_of_fetches_costs_no_query_per_source(editor, queries_do_not_grow):
    story = draft(sources=[], timeline=[], sections=[])

    def grow():
        number = story.sources.count() + 1
        article = Article.objects.create(url=f"https://harbour.example/{number}")
        Fetch.objects.create(article=article, state="failed", sentence="It broke off.")
        story.sources.create(number=number, article=article)

    queries_do_not_grow(lambda: editor.get(f"/admin/stories/story/{story.pk}/change/"), grow=grow)


def test_a_row_that_was_opened_before_does_not_blank_what_was_fetched(editor):
    story = cited()
    form = opened(editor, story)
    filled_in(Article.objects.get())
    save(editor, form, story, **{"sources-0-archive_url": "https://archive.example/1"})
    article = Article.objects.get()
    assert (article.archive_url, article.title) == ("https://archive.example/1", SAID.title)
    assert (article.outlet.name, article.published, article.authors) == ("Harbour Courier", SAID.published, ["Bo Berg"])


@AGAIN
def test_a_row_that_was_opened_before_does_not_blank_it_after_another_fetch_either(editor, outcome):
    story = cited()
    form = opened(editor, story)
    filled_in(Article.objects.get(), replace(SAID, language=""))
    asked_again(Article.objects.get(), outcome)
    save(editor, form, story, **{"sources-0-archive_url": "https://archive.example/1"})
    article = Article.objects.get()
    assert (article.title, article.authors, article.published) == (SAID.title, ["Bo Berg"], SAID.published)


def test_a_row_that_was_opened_between_two_fetches_keeps_what_the_second_filled(editor):
    story = cited()
    filled_in(Article.objects.get(), Details(SAID.title, authors=["Bo Berg"]))
    form = opened(editor, story)
    filled_in(Article.objects.get())
    save(editor, form, story, **{"sources-0-title": ""})
    article = Article.objects.get()
    assert (article.title, article.authors, article.published) == ("", ["Bo Berg"], SAID.published)
    assert article.outlet.name == "Harbour Courier"


def test_a_row_that_was_opened_before_keeps_what_is_typed_into_it(editor):
    story = cited()
    form = opened(editor, story)
    filled_in(Article.objects.get())
    save(editor, form, story, **{"sources-0-title": "Typed"})
    article = Article.objects.get()
    assert (article.title, article.outlet.name) == ("Typed", "Harbour Courier")


def test_a_row_that_shows_what_was_fetched_can_blank_it(editor):
    story = cited()
    filled_in(Article.objects.get())
    save(editor, opened(editor, story), story, **{"sources-0-title": ""})
    article = Article.objects.get()
    assert (article.title, article.outlet.name) == ("", "Harbour Courier")


def test_a_new_row_of_a_story_is_asked_for_after_the_save(editor, django_capture_on_commit_callbacks):
    story = draft(sources=[], timeline=[], sections=[])
    form = opened(editor, story)
    row = {"sources-0-url": URL, "sources-TOTAL_FORMS": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        response = save(editor, form, story, **row)
    assert "The draft is saved." in messages(response)
    assert Fetch.objects.get().article.url == URL
    assert DBTaskResult.objects.get().run_after <= timezone.now() + timedelta(seconds=1)
