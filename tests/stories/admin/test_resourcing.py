"""An article is marked, its impact shown, and the stories that rest on it looked at."""

import pytest
from django.urls import reverse

from stories.draft import read_draft, write_draft
from stories.models import Article, AuditEntry
from tests.factories import draft, live
from tests.newsroom import member
from tests.stories.admin.story_form import address, messages, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(sign_in):
    return sign_in("Editor")


def page_of(article, page="change"):
    return reverse(f"admin:stories_article_{page}", args=[article.pk])


def mark(client, article, **fields):
    typed = {"title": article.title, "url": article.url, "outlet": article.outlet_id or "", "authors": ""}
    return client.post(page_of(article), {**typed, "status_note": "", **fields}, follow=True)


def article_of(story, number=1):
    return story.sources.get(number=number).article


def test_marking_an_article_leads_to_what_rests_on_it(client):
    story = live(headline="Harbour talks")
    article = article_of(story)
    response = mark(client, article, status="retracted", status_note="Invented.")
    assert response.redirect_chain[-1][0] == page_of(article, "impact")
    assert messages(response)[0] == (
        "“A second berth opens” is marked as retracted. 2 passages in 1 story rest on it alone."
    )
    shown = text(response)
    assert "Section “A crossing in winter” on it alone The line opened a second berth [1]." in shown
    assert "in the draft version 1, live" in shown
    page = response.content.decode()
    assert f'href="{address(story)}#s1"' in page
    assert f'href="/stories/{story.slug}/versions/1/#s1.1"' in page
    assert AuditEntry.objects.get(act="standing").sentence.startswith("Was in good standing, is retracted.")


def test_a_note_is_asked_for_and_not_demanded(client):
    article = article_of(live())
    response = mark(client, article, status="corrected")
    assert any("Say in its note what was corrected" in said for said in messages(response))
    assert Article.objects.get(pk=article.pk).status == "corrected"
    assert len(messages(mark(client, article, status="retracted", status_note="Why"))) == 1  # only what rests on it


def test_an_article_that_is_saved_or_rises_again_leads_nowhere_else(client):
    article = article_of(live())
    mark(client, article, status="retracted", status_note="Why")
    for fields in ({"status": "retracted", "status_note": "Why else"}, {"status": "good", "status_note": ""}):
        response = mark(client, article, **fields)
        assert response.redirect_chain[-1][0] == reverse("admin:stories_article_changelist")
    assert AuditEntry.objects.filter(act="standing").count() == 3


def test_the_article_page_leads_to_every_passage(client):
    article = article_of(draft())
    page = client.get(page_of(article))
    assert page_of(article, "impact") in page.content.decode()
    assert "Nothing that readers have, or are to have, rests on it." in text(page)
    page = client.get(page_of(article_of(live(), 2)))
    assert "1 passage in 1 story that readers have, or are to have, rests on it." in text(page)


def test_the_article_page_costs_the_same_with_more_stories(client, queries_do_not_grow):
    source = [{"number": 1, "url": "https://wire.example/1"}]
    event = [{"id": "t1", "date": "2026-03-01", "text": "It opens [1]."}]
    article = article_of(live(sources=source, timeline=event, sections=[]))

    def grow():
        live(sources=source, timeline=event, sections=[])

    queries_do_not_grow(lambda: client.get(page_of(article)), grow=grow)
    assert "6 passages in 6 stories" in text(client.get(page_of(article)))


def test_who_may_not_see_stories_sees_no_impact(client):
    article = article_of(draft())
    client.force_login(member("Photo desk"))
    assert client.get(page_of(article, "impact")).status_code == 403


def test_a_corrected_report_is_checked_and_checked_again(client):
    story = live(headline="Harbour talks")
    article = article_of(story)
    mark(client, article, status="corrected", status_note="Two berths, not three.")
    page = address(story, "resourcing")
    response = client.get(page)
    assert "because of 1 report." in text(response)
    seen = {"article": article.pk, "seen": response.context["faults"][0][2]}
    response = client.post(page, seen, follow=True)
    assert messages(response) == ["Checked: the story still stands on “A second berth opens”."]
    assert "All is checked" in text(response)
    assert "Checked by editor" in text(response)
    assert "Checked by editor" in text(client.get(page_of(article, "impact")))
    assert "0 stories" in text(client.get("/admin/stories/story/?attention=resourcing"))
    client.post(page, {**seen, "again": "1"})
    assert "1 story" in text(client.get("/admin/stories/story/?attention=resourcing"))


def test_a_retracted_report_offers_no_check_and_takes_none(client):
    story = live()
    article = article_of(story)
    mark(client, article, status="retracted")
    page = address(story, "resourcing")
    assert "it still stands</button>" not in client.get(page).content.decode()
    response = client.post(page, {"article": article.pk, "seen": client.get(page).context["faults"][0][2]})
    assert response.status_code == 422
    assert "was retracted, so nothing can rest on it" in text(response)


def test_the_overview_says_which_report_it_is(client):
    story = live(headline="Harbour talks")
    mark(client, article_of(story), status="retracted")
    document = read_draft(story)
    write_draft(story, document.model_copy(update={"sources": document.sources[1:]}))
    assert "retracted: A second berth opens, still in what readers have" in text(client.get("/admin/"))


def test_the_row_of_the_source_leads_to_the_check(client):
    story = live()
    article = article_of(story)
    mark(client, article, status="corrected", status_note="Two berths.")
    page = client.get(address(story)).content.decode()
    assert f'href="{address(story, "resourcing")}"' in page
    assert "Two berths." in page
    client.post(
        address(story, "resourcing"),
        {"article": article.pk, "seen": client.get(address(story, "resourcing")).context["faults"][0][2]},
    )
    assert "checked, still stands" in client.get(address(story)).content.decode()


def test_a_reporter_may_check_and_who_may_only_look_may_not(client):
    story = live()
    article = article_of(story)
    mark(client, article, status="corrected")
    page = address(story, "resourcing")
    seen = {"article": article.pk, "seen": client.get(page).context["faults"][0][2]}
    client.force_login(member("Photo desk"))
    assert client.get(page).status_code == 403
    assert client.post(page, seen).status_code == 403
    client.force_login(member("Reporter"))
    assert client.post(page, seen).status_code == 302
    assert client.post(page, {}).status_code == 404
