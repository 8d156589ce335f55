"""Two people at one story, in any order of acts: whatever reached the server is in the draft or among the snapshots."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from stories.draft import read_draft
from stories.models import Story
from tests.factories import draft
from tests.stories.admin.story_form import address, fields, opened, save, with_row

SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]
FIELDS = ["headline", "standfirst", "sections-0-body", "sections-1-heading", "timeline-0-text", "sources-1-title"]
PARTS = {"sections": "heading", "timeline": "text", "sources": "title"}
people = st.sampled_from(["first", "second"])


class Person:
    def __init__(self, name):
        self.client = Client()
        self.client.force_login(User.objects.create_superuser(name))
        self.form, self.conflict, self.words = None, None, set()


class Evening(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        User.objects.filter(username__in=["first", "second"]).delete()
        self.story = draft(sections=SECTIONS)
        self.people = {name: Person(name) for name in ("first", "second")}
        self.count, self.kept, self.ids = 0, set(), {}

    def word(self, person):
        self.count += 1
        word = f"word{self.count:04}"
        person.words.add(word)
        return word

    def now(self):
        return Story.objects.get(pk=self.story.pk)

    @rule(who=people)
    def open(self, who):
        person = self.people[who]
        person.form, person.words = opened(person.client, self.story), set()

    @rule(who=people, field=st.sampled_from(FIELDS))
    def type(self, who, field):
        person = self.people[who]
        if person.form and field in person.form:
            text = f"{person.form[field]} {self.word(person)} [1]."
            person.form[field] = f"<p>{text}</p>" if field.endswith("body") else text

    @rule(who=people, part=st.sampled_from(sorted(PARTS)))
    def add_a_row(self, who, part):
        person = self.people[who]
        if person.form:
            person.form = with_row(person.form, part, **{PARTS[part]: self.word(person)})

    @rule(who=people, row=st.sampled_from(["sections-1", "timeline-0", "sources-1"]))
    def remove_a_row(self, who, row):
        person = self.people[who]
        if person.form and f"{row}-id" in person.form:
            person.form[f"{row}-DELETE"] = "on"

    @rule(who=people)
    def autosave(self, who):
        person = self.people[who]
        if person.form:
            assert person.client.post(address(self.story, "autosave"), person.form).status_code == 200
            self.kept |= person.words

    @rule(who=people)
    def save(self, who):
        person = self.people[who]
        if not person.form:
            return
        response = save(person.client, person.form, self.story)
        assert response.status_code == 200
        self.kept |= person.words
        landed = response.redirect_chain[-1][0] if response.redirect_chain else ""
        person.conflict = landed if "/conflict/" in landed else person.conflict
        if landed and "/conflict/" not in landed:
            self.kept -= self.removed(person.form)
        person.form, person.words = None, set()

    def removed(self, form):
        """The words in rows that their writer removes: those go by the writer's own will."""
        rows = tuple(name.removesuffix("DELETE") for name in form if name.endswith("-DELETE"))
        return set(re.findall(r"word\d{4}", " ".join(value for name, value in form.items() if name.startswith(rows))))

    @rule(who=people)
    def crash(self, who):
        self.people[who].form, self.people[who].words = None, set()

    @rule(who=people)
    def recover(self, who):
        person = self.people[who]
        page = person.client.get(address(self.story)).content.decode()
        if offered := re.search(r"\?recover=(\d+)", page):
            response = person.client.get(f"{address(self.story)}?recover={offered[1]}")
            person.form, person.words = fields(response), set()

    @precondition(lambda self: any(person.conflict for person in self.people.values()))
    @rule(data=st.data())
    def decide(self, data):
        person = next(one for one in self.people.values() if one.conflict)
        page = person.client.get(person.conflict).content.decode()
        asked = set(re.findall(r'name="(choice-[^"]+)"', page))
        chosen = {name: data.draw(st.sampled_from(["theirs", "yours"])) for name in sorted(asked)}
        answer = person.client.post(person.conflict, {"lock_version": self.now().lock_version, **chosen})
        assert answer.status_code == 302
        person.conflict = None

    @rule(data=st.data())
    def put_back(self, data):
        saved = list(self.story.snapshots.filter(typed__isnull=True).values_list("pk", flat=True))
        chosen = data.draw(st.sampled_from(saved))
        form = {"lock_version": self.now().lock_version}
        answer = self.people["first"].client.post(address(self.story, f"snapshots/{chosen}"), form)
        assert answer.status_code == 302

    @invariant()
    def nothing_that_reached_the_server_is_lost(self):
        there = json.dumps(read_draft(self.now()).as_json())
        for document, typed in self.story.snapshots.values_list("document", "typed"):
            there += json.dumps([document, typed])
        assert {word for word in self.kept if word not in there} == set()

    @invariant()
    def no_source_number_means_two_reports(self):
        numbers = [source.number for source in read_draft(self.now()).sources]
        assert len(numbers) == len(set(numbers))


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_is_lost_whatever_two_people_do():
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            print_blob=True,
            phases=[Phase.reuse, Phase.generate],  # what fails is short enough, and shrinking it takes many minutes
        ),
    )
