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
from stories.parts import Part
from stories.publishing import ScheduledChoice
from stories.versions import faults, freeze
from tests import factories
from tests.factories import NOON

SECOND = timedelta(seconds=1)
HEADLINE = {Part("head", "headline")}  # nothing else is ever changed here
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
        self.base = None  # the content hash of what the scheduled Version was made from
        self.hidden = set()  # numbers of Versions that were taken back
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
            publishing.publish(self.story, by=None, at=self.now, kind=kind, scheduled=choice, undo_seen=HEADLINE)
        except refusals.NothingChanged:
            assert content == self.live_content()
        except refusals.ScheduleChoiceNeeded:
            assert self.waiting
            assert choice is None
        except refusals.WrongMoment:
            assert self.went_live_at_this_very_moment()
        except refusals.Refused:
            assert self.contradicts(content, choice)
        else:
            assert content != self.live_content()
            self.went_out(content, choice)

    def contradicts(self, content, choice):
        """Whether what is published and what is scheduled both changed the headline, each in its own way."""
        later = self.waiting and self.waiting[1]
        return choice == ScheduledChoice.MERGE and self.waiting and len({content, later, self.base}) == 3

    def went_out(self, content, choice, again=None):
        assert choice or not self.waiting
        self.history.append((self.now, content))
        if self.waiting and choice == ScheduledChoice.CALL_OFF:
            self.waiting = None
        elif self.waiting and choice == ScheduledChoice.FREEZE_AGAIN:
            self.waiting, self.base = (self.waiting[0], again or content), content
        elif self.waiting and choice == ScheduledChoice.MERGE:
            later = content if self.waiting[1] == self.base else self.waiting[1]
            self.waiting, self.base = (self.waiting[0], later), content

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
            self.waiting, self.base = (moment, content), self.last_content()

    def last_content(self):
        """What the newest Version that readers saw says, live or not."""
        return next((content for _, content in reversed(self.history) if content), None)

    @rule()
    def change_scheduled(self):
        self.pass_time(1)
        try:
            publishing.change_scheduled(self.story, by=None, at=self.now)
        except refusals.NothingScheduled:
            assert not self.waiting
        else:
            self.waiting, self.base = (self.waiting[0], self.draft_content()), self.last_content()

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
            publishing.restore(version, by=None, at=self.now, scheduled=choice, undo_seen=HEADLINE)
        except refusals.NothingChanged:
            assert content == self.live_content()
        except refusals.WrongMoment:
            assert self.went_live_at_this_very_moment()
        except refusals.Refused:
            assert version.number in self.hidden or self.contradicts(content, choice)
        else:
            self.went_out(content, choice, again)

    @rule(choice=st.sampled_from(ScheduledChoice.values))
    def take_back(self, choice):
        self.pass_time(1)
        versions = list(self.story.versions.published(self.now).order_by("-number"))
        try:
            publishing.take_back(
                self.story, by=None, reason="Too early.", at=self.now, scheduled=choice, undo_seen=HEADLINE
            )
        except refusals.NothingToTakeBack:
            assert self.live_content() is None
        except refusals.WrongMoment:
            assert self.went_live_at_this_very_moment()
        except refusals.Refused:
            assert self.contradicts(self.earlier_than(versions), choice)
        else:
            earlier = self.earlier_than(versions)
            self.hidden.add(versions[0].number)
            if earlier is None:
                self.history.append((self.now, None))
                self.waiting = None
            else:
                self.went_out(earlier, choice, self.draft_content())

    def earlier_than(self, versions):
        """The content that is live again after the newest of these is taken back."""
        mistaken, *before = versions
        if not before or before[0].withdrawn_at:
            return None
        contents = [content_sha256(one.document) for one in before if one.number not in self.hidden]
        return next((content for content in contents if content != content_sha256(mistaken.document)), None)

    @precondition(lambda self: self.hidden)
    @rule(data=st.data())
    def reinstate(self, data):
        number = data.draw(st.sampled_from(sorted(self.hidden)))
        publishing.reinstate(factories.version(self.story, number), by=None, at=self.now)
        self.hidden.remove(number)

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
