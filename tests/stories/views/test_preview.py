"""A draft as readers will see it, for whoever has the link."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import PreviewLink
from tests.factories import draft, edit, live
from tests.stories.admin.story_form import address, text

pytestmark = pytest.mark.django_db


def link(story, *, until=timedelta(hours=1)):
    now = timezone.now()
    return PreviewLink.objects.create(story=story, made_at=now - timedelta(hours=2), expires_at=now + until)


def without_frame(content):
    """The story itself, without the notice around it and its moments."""
    article = re.search(r'<article class="story".*</article>', content.decode(), re.DOTALL)[0]
    article = re.sub(r' data-(permanent|passages|report)="[^"]*"', "", article)
    article = re.sub(r"<a [^>]*>(All passages,|Report an error in|Keep this version)[^<]*</a> ", "", article)
    return re.sub(r"<time.*?</time>|version \d+|Version \d+|versions/\d+", "", article)


def test_the_draft_is_shown_as_it_will_be_published(client):
    story = draft(headline="Not published yet")
    preview = client.get(link(story).get_absolute_url())
    assert "A preview." in text(preview)
    publishing.publish(story, by=None)
    published = client.get(story.get_absolute_url())
    assert without_frame(preview.content) == without_frame(published.content)


def test_a_preview_of_a_live_story_shows_the_draft(client):
    story = edit(live(headline="As it is"), headline="As it will be")
    shown = text(client.get(link(story).get_absolute_url()))
    assert "As it will be" in shown
    assert "As it is" not in text(client.get(link(story).get_absolute_url()))


@pytest.mark.parametrize("until", [timedelta(0), -timedelta(minutes=1)])
def test_an_expired_link_leads_nowhere(client, until):
    assert client.get(link(draft(), until=until).get_absolute_url()).status_code == 404


def test_a_preview_is_kept_by_nobody(client):
    response = client.get(link(draft()).get_absolute_url())
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_a_preview_of_an_empty_draft_is_a_page(client):
    story = draft(headline="", sections=[], timeline=[], sources=[])
    assert client.get(link(story).get_absolute_url()).status_code == 200


def test_links_are_made_and_ended_in_the_admin(client, sign_in):
    sign_in("Reporter")
    story = draft()
    page = client.post(address(story, "preview"), {"hours": "2"}, follow=True)
    made = story.preview_links.get()
    assert made.key in text(page)
    assert made.made_by.username == "reporter"
    assert timedelta(hours=1) < made.expires_at - timezone.now() <= timedelta(hours=2)
    client.post(address(story, "preview"), {"end": made.pk})
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.post(address(story, "preview"), {"end": "x"}).status_code == 404


def test_who_may_not_make_links_makes_none(client, sign_in):
    story = draft()
    sign_in("Photo desk")
    assert client.post(address(story, "preview"), {"hours": "2"}).status_code == 403
    assert not story.preview_links.exists()


def test_two_links_differ():
    story = draft()
    assert link(story).key != link(story).key


def test_what_rests_on_a_source_is_marked_in_a_preview_too(client):
    address = link(draft()).get_absolute_url()
    assert 'class="sentence rests"' in client.get(f"{address}?source=1").content.decode()
