from datetime import timedelta

import pytest

from stories import publishing, refusals
from stories.draft import read_draft, write_draft
from stories.models import Notice
from stories.publishing.noticing import passages_of
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def mended(story):
    draft = read_draft(story)
    body = "<p>The line opened a third berth [1]. Freight moved first, the operator said [2].</p>"
    section = draft.sections[0].model_copy(update={"body": body, "sentences": []})
    timeline = [event.model_copy(update={"sentences": []}) for event in draft.timeline]
    write_draft(story, draft.model_copy(update={"sections": [section], "timeline": timeline}))


def test_a_correction_and_the_mended_text_go_out_as_one():
    story = factories.live()
    mended(story)
    fault = factories.version(story)
    text = "The line opened a third berth, not a second."
    notice = publishing.issue_notice(fault, by=None, kind="correction", text=text, passage="s1.1", at=NOON + HOUR)
    version = factories.version(story, 2)
    assert (notice.version, notice.mended_by, notice.passage) == (fault, version, "s1.1")
    assert (version.kind, version.change_note) == ("correction", text)
    assert "third berth" in version.document["sections"][0]["body"]


def test_a_correction_without_a_mended_text_is_refused_and_nothing_is_written():
    story = factories.live()
    with pytest.raises(refusals.NothingChanged, match="Mend it first"):
        publishing.issue_notice(factories.version(story), by=None, kind="correction", text="Wrong.", at=NOON + HOUR)
    assert not Notice.objects.exists()
    assert story.versions.count() == 1


@pytest.mark.parametrize("kind", ["editors_note", "update", "retraction"])
def test_other_notices_may_stand_alone(kind):
    story = factories.live()
    notice = publishing.issue_notice(factories.version(story), by=None, kind=kind, text="A note.", at=NOON + HOUR)
    assert notice.mended_by is None
    assert story.versions.count() == 1


def test_what_refuses_the_mended_text_refuses_the_notice():
    story = factories.edit(factories.live(), headline="")
    with pytest.raises(refusals.NotReady):
        publishing.issue_notice(factories.version(story), by=None, kind="correction", text="Wrong.", at=NOON + HOUR)
    assert not Notice.objects.exists()


def test_a_notice_needs_words_a_passage_that_is_there_and_readers():
    story = factories.live()
    version = factories.version(story)
    with pytest.raises(refusals.ReasonNeeded):
        publishing.issue_notice(version, by=None, kind="update", text=" ", at=NOON + HOUR)
    with pytest.raises(refusals.Refused, match=r"no passage s9\.1"):
        publishing.issue_notice(version, by=None, kind="update", text="A.", passage="s9.1", at=NOON + HOUR)
    publishing.withdraw(story, by=None, reason="Wrong.", at=NOON + HOUR)
    with pytest.raises(refusals.Refused, match="not live"):
        publishing.issue_notice(version, by=None, kind="update", text="A.", at=NOON + 2 * HOUR)


def test_the_passages_of_a_version_are_its_sentences_and_events():
    version = factories.version(factories.live())
    assert list(passages_of(version)) == ["s1.1", "s1.2", "t1"]


@pytest.mark.parametrize(("choice", "headline"), [("call_off", None), ("freeze_again", "One"), ("keep", "Two")])
def test_a_notice_that_stands_alone_does_what_was_chosen_about_the_schedule(choice, headline):
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.schedule(story, by=None, live_from=NOON + 3 * HOUR, at=NOON + HOUR / 2)
    factories.edit(story, headline="One")
    terms = publishing.Terms(scheduled=choice)
    publishing.issue_notice(
        factories.version(story), by=None, kind="retraction", text="It does not stand.", at=NOON + HOUR, terms=terms
    )
    waiting = story.versions.scheduled(NOON + HOUR).first()
    assert (waiting and waiting.headline) == headline
