import pytest

from stories import refusals, reviewing
from stories.models import AuditEntry, Story
from tests.factories import draft, live
from tests.newsroom import member
from tests.stories.admin.story_form import address, messages, opened, save, text

pytestmark = pytest.mark.django_db


def state(story):
    return Story.objects.get(pk=story.pk).review_state


def test_a_reporter_sends_a_story_for_review_with_a_note(client, sign_in):
    sign_in("Reporter")
    story = draft()
    page = client.get(address(story, "review"))
    assert "Ready:" not in text(page)
    response = client.post(address(story, "review"), {"state": "in_review", "note": "Check the dates"}, follow=True)
    assert messages(response) == ["Sent for review."]
    assert state(story) == "in_review"
    assert "Check the dates" in text(client.get(address(story)))


def test_only_who_may_publish_finds_a_story_ready():
    story, reporter, editor = draft(), member("Reporter"), member("Editor")
    with pytest.raises(refusals.Refused, match="Only who may publish"):
        reviewing.move(story, "ready", by=reporter)
    reviewing.move(story, "ready", by=editor, note="Fine")
    assert state(story) == "ready"
    assert AuditEntry.objects.filter(act="review").get().sentence == "Found ready for publication. Note: Fine"


def test_a_ready_story_that_a_reporter_changes_is_back_in_review(client, sign_in):
    story = draft()
    reviewing.move(story, "ready", by=member("Editor"))
    sign_in("Reporter")
    save(client, opened(client, story), story, headline="Changed after it was read")
    assert state(story) == "in_review"


def test_an_unknown_state_is_refused(client, sign_in):
    sign_in("Editor")
    story = draft()
    assert client.post(address(story, "review"), {"state": "perfect"}).status_code == 422
    with pytest.raises(ValueError, match="perfect"):
        reviewing.move(story, "perfect", by=None)


def test_a_reporter_writes_but_does_not_publish(client, sign_in):
    reporter = sign_in("Reporter")
    assert reporter.has_perms(["stories.add_story", "stories.change_story", "stories.add_image", "stories.add_article"])
    story = draft()
    assert "Save and publish" not in text(client.get(address(story)))
    for verb in ("publish", "withdraw", "schedule", "place"):
        assert client.post(address(story, verb)).status_code == 403


def test_a_reporter_does_not_move_the_address_of_a_published_story(client, sign_in):
    story = live()
    sign_in("Reporter")
    response = save(client, opened(client, story), story, slug="somewhere-else")
    assert "Ask somebody who may publish" in text(response)
    story.refresh_from_db()
    assert story.slug != "somewhere-else"
