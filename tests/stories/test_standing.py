"""Stories that need re-sourcing, and how they leave that list."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from stories import publishing, standing
from stories.draft import read_draft, write_draft
from stories.faulty_reports import faults_of, needs_resourcing
from stories.models import Article, AuditEntry, StandingCheck, Story
from stories.refusals import Refused
from tests.factories import NOON, draft, live

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OTHER = {"title": "Another report", "url": "https://other.example/1", "outlet": "", "outlet_kind": ""}


def waiting():
    return list(Story.objects.filter(needs_resourcing(timezone.now())))


def fall(story, status, note="", number=1):
    article = story.sources.get(number=number).article
    before, article.status, article.status_note = article.status, status, note
    article.save()
    standing.standing_changed(article, before, by=None)
    return article


def replace(story, number=1):
    story.refresh_from_db()
    document = read_draft(story)
    sources = [s.model_copy(update=OTHER) if s.number == number else s for s in document.sources]
    return write_draft(story, document.model_copy(update={"sources": sources}))


def confirm(story, article):
    return standing.confirm(story, article, by=None, seen=standing.standing_of(article))


@pytest.mark.parametrize("status", ["corrected", "retracted"])
def test_a_story_leaves_once_its_draft_is_resourced_and_published(status):
    story = live(at=NOON)
    draft(headline="Rests on another")
    assert waiting() == []
    fall(story, status)
    assert waiting() == [story]
    replace(story)
    assert waiting() == [story]
    publishing.publish(story, by=None)
    assert waiting() == []


def test_a_draft_that_nobody_has_seen_waits_too_and_a_source_that_nothing_cites():
    story = draft(sections=[], timeline=[])
    fall(story, "retracted")
    assert waiting() == [story]


def test_a_scheduled_version_that_rests_on_it_waits_until_it_is_called_off():
    story = draft()
    fall(story, "corrected")
    publishing.schedule(story, by=None, live_from=timezone.now() + HOUR)
    replace(story)
    assert waiting() == [story]
    publishing.call_off(story, by=None)
    assert waiting() == []


def test_past_versions_keep_no_story_waiting():
    story = live(at=NOON)
    replace(story)
    publishing.publish(story, by=None, at=NOON + HOUR)
    article = Article.objects.get(url__contains="berth")
    Article.objects.filter(pk=article.pk).update(status="retracted")
    assert waiting() == []


def test_a_corrected_report_that_was_checked_lets_the_story_go_and_keeps_the_source():
    story, other = live(at=NOON), draft()
    article = fall(story, "corrected", "The number of berths was wrong.")
    check = confirm(story, article)
    assert waiting() == []
    assert story.sources.filter(article=article).exists()
    assert check.note == "The number of berths was wrong."
    assert faults_of([story.pk, other.pk], timezone.now())[story.pk][0].is_settled
    standing.unconfirm(story, article, by=None)
    assert waiting() == [story]
    acts = AuditEntry.objects.filter(story=story, act="still stands").order_by("pk")
    assert [entry.sentence.split(":")[0] for entry in acts] == [
        "Checked after “A second berth opens” was corrected",
        "Taken back",
    ]


def test_a_check_is_of_one_story():
    shared = [{"number": 1, "url": "https://wire.example/1"}]
    story, other = (draft(sources=shared, sections=[], timeline=[]) for _ in range(2))
    confirm(story, fall(story, "corrected"))
    assert waiting() == [other]


@pytest.mark.parametrize(
    ("status", "note"), [("corrected", "Corrected once more"), ("retracted", "First"), ("good", ""), ("good", "First")]
)
def test_a_later_change_of_the_status_or_its_note_undoes_the_check(status, note):
    story = live(at=NOON)
    confirm(story, fall(story, "corrected", "First"))
    fall(story, status, note)
    assert waiting() == ([] if status == "good" else [story])
    fall(story, "corrected", "First")
    assert waiting() == [story]


def test_a_note_that_was_changed_past_the_form_undoes_the_check_as_well():
    story = live(at=NOON)
    confirm(story, fall(story, "corrected", "First"))
    Article.objects.update(status_note="Second")
    assert waiting() == [story]


def test_what_fell_otherwise_is_not_waved_through():
    story = live(at=NOON)
    article = fall(story, "retracted")
    with pytest.raises(Refused, match="was retracted"):
        confirm(story, article)
    fall(story, "good")
    article.refresh_from_db()
    with pytest.raises(Refused, match="in good standing"):
        confirm(story, article)
    seen = standing.standing_of(fall(story, "corrected", "First"))
    fall(story, "corrected", "Second")
    with pytest.raises(Refused, match="changed after this page was opened"):
        standing.confirm(story, article, by=None, seen=seen)
    assert not StandingCheck.objects.exists()


def test_a_change_of_standing_is_in_the_audit_trail():
    bo = User.objects.create_user("bo")
    article = Article.objects.create(title="A report", status="retracted", status_note="Invented.")
    standing.standing_changed(article, "good", by=bo)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.about) == (bo, "article A report")
    assert entry.sentence == "Was in good standing, is retracted. Note: Invented."


def test_faults_say_where_each_report_stands_at_once(queries_do_not_grow):
    stories = []

    def grow():
        story = live(at=NOON)
        fall(story, "corrected", number=2)
        fall(story, "retracted")
        replace(story)
        stories.append(story.pk)

    grow()
    retracted, corrected = faults_of(stories, timezone.now())[stories[0]]
    assert (retracted.numbers, retracted.is_published) == ([], True)
    assert (corrected.numbers, corrected.is_published) == ([2], True)
    queries_do_not_grow(lambda: faults_of(stories, timezone.now()), grow=grow)
