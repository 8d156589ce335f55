"""Whatever verbs come in whatever order: what was live stays as it was, and the chain has no fault.

The machine keeps a history of its own (a list of moments with what readers should see from then on) and holds
the Versions against it after every step.
"""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from stories import publishing, refusals
from stories.document import content_sha256
from stories.draft import read_draft
from stories.models import Story, Version
from stories.publishing import ScheduledChoice
from stories.versions import faults, freeze
from tests import factories
from tests.factories import NOON

SECOND = timedelta(seconds=1)
seconds = st.integers(min_value=1, max_value=50)
FIXED = ("number", "document", "document_sha256", "checksum", "live_from", "kind", "change_note", "updated")


def content_of_latest(story, at):
    return content_sha256(story.versions.published(at).order_by("-live_from").first().document)


class Newsroom(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.story = factories.draft()
        self.now = NOON
        self.history = []  # (moment, what readers see from then on: a content hash, or None)
        self.waiting = None  # (moment, content hash) of what is scheduled
        self.seen = {}  # number -> what was fixed about a Version when readers first saw it

    def draft_content(self):
        draft = read_draft(Story.objects.get(pk=self.story.pk))  # a restore writes it behind self.story's back
        return content_sha256(freeze(draft, at=self.now).as_json())

    def live_content(self):
        return self.history[-1][1] if self.history else None

    def went_live_at_this_very_moment(self):
        return bool(self.history) and self.history[-1][0] == self.now

    def pass_time(self, by):
        self.now += by * SECOND
        if self.waiting and self.waiting[0] <= self.now:
            self.history.append(self.waiting)
            self.waiting = None

    @rule(by=seconds)
    def time_passes(self, by):
        self.pass_time(by)

    @rule(words=st.sampled_from(["One", "Two", "Three"]))
    def someone_writes(self, words):
        factories.edit(self.story, headline=words)

    @rule(choice=st.sampled_from([None, *ScheduledChoice.values]), kind=st.sampled_from(Version.Kind.values))
    def publish(self, choice, kind):
        self.pass_time(1)
        content = self.draft_content()
        try:
            publishing.publish(self.story, by=None, at=self.now, kind=kind, scheduled=choice)
        except refusals.NothingChanged:
            assert content == self.live_content()
        except refusals.ScheduleChoiceNeeded:
            assert self.waiting
            assert choice is None
        except refusals.WrongMoment:
            assert self.went_live_at_this_very_moment()
        else:
            assert content != self.live_content()
            self.went_out(content, choice)

    def went_out(self, content, choice, again=None):
        assert choice or not self.waiting
        self.history.append((self.now, content))
        if self.waiting and choice == ScheduledChoice.CALL_OFF:
            self.waiting = None
        elif self.waiting and choice == ScheduledChoice.FREEZE_AGAIN:
            self.waiting = (self.waiting[0], again or content)

    @rule(ahead=st.integers(min_value=-5, max_value=60))
    def schedule(self, ahead):
        self.pass_time(1)
        content, moment = self.draft_content(), self.now + ahead * SECOND
        try:
            publishing.schedule(self.story, by=None, live_from=moment, at=self.now)
        except refusals.WrongMoment:
            assert ahead <= 0
        except refusals.AlreadyScheduled:
            assert self.waiting
        except refusals.NothingChanged:
            assert content == self.live_content()
        else:
            self.waiting = (moment, content)

    @rule(ahead=st.integers(min_value=-5, max_value=60))
    def reschedule(self, ahead):
        self.pass_time(1)
        moment = self.now + ahead * SECOND
        try:
            publishing.reschedule(self.story, by=None, live_from=moment, at=self.now)
        except refusals.NothingScheduled:
            assert not self.waiting
        except refusals.WrongMoment:
            assert ahead <= 0
        else:
            self.waiting = (moment, self.waiting[1])

    @rule()
    def call_off(self):
        self.pass_time(1)
        try:
            publishing.call_off(self.story, by=None, at=self.now)
        except refusals.NothingScheduled:
            assert not self.waiting
        else:
            self.waiting = None

    @rule()
    def withdraw(self):
        self.pass_time(1)
        try:
            publishing.withdraw(self.story, by=None, reason="Under review.", at=self.now)
        except refusals.NotLive:
            assert self.live_content() is None
        except refusals.WrongMoment:
            assert self.went_live_at_this_very_moment()
        else:
            self.history.append((self.now, None))
            self.waiting = None

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def restore(self, data):
        self.pass_time(1)
        version = factories.version(self.story, data.draw(st.sampled_from(sorted(self.seen))))
        content, draft = content_sha256(version.document), self.draft_content()
        again = content if draft == content_of_latest(self.story, self.now) else draft
        choice = data.draw(st.sampled_from(ScheduledChoice.values))
        try:
            publishing.restore(version, by=None, at=self.now, scheduled=choice)
        except refusals.NothingChanged:
            assert content == self.live_content()
        except refusals.WrongMoment:
            assert self.went_live_at_this_very_moment()
        else:
            self.went_out(content, choice, again)

    @rule(words=st.sampled_from(["north", "south", "east"]))
    def rename(self, words):
        publishing.rename(self.story, by=None, slug=f"{words}-{self.story.pk}", at=self.now)

    @invariant()
    def the_chain_has_no_fault(self):
        assert faults(self.story) == []

    @invariant()
    def readers_see_what_was_published_at_each_moment(self):
        timeline = [*self.history, *([self.waiting] if self.waiting else [])]
        for index, (moment, content) in enumerate(timeline):
            ends = timeline[index + 1][0] if index + 1 < len(timeline) else moment + 100 * SECOND
            for at in (moment, ends - SECOND / 1000):
                live = list(self.story.versions.live(at))
                assert [content_sha256(version.document) for version in live] == ([content] if content else [])
        first = timeline[0][0] if timeline else self.now
        assert not self.story.versions.live(first - SECOND / 1000).exists()

    @invariant()
    def what_readers_saw_stays_as_it_was(self):
        for version in self.story.versions.published(self.now):
            fixed = {name: getattr(version, name) for name in FIXED}
            assert self.seen.setdefault(version.number, fixed) == fixed
        assert self.story.versions.published(self.now).count() == len(self.seen)


@pytest.mark.slow
@pytest.mark.django_db
def test_versions_keep_their_rules_under_random_sequences_of_verbs():
    run_state_machine_as_test(
        Newsroom, settings=settings(max_examples=25, stateful_step_count=20, deadline=None, print_blob=True)
    )
