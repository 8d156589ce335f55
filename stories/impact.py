"""What rests on a report: every passage, in every draft and every Version, that cites it, and whether on it alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stories.citations.passages import Passage, passages_of
from stories.faulty_reports import current
from stories.models import Article, Citation, Source, StandingCheck, Story, Version
from stories.resting import VersionMark, draft_passages, mark

AT_ONCE = 20  # documents


class Report(NamedTuple):
    """The report under a number: its Article, None where that is unknown, and the Article's status."""

    article: int | None
    status: str | None


Numbers = Mapping[int, Report]


@dataclass
class Resting:
    """A passage that rests on the report, as one or several texts of a story say it.

    `alone` says that nothing that stands carries it beside; `fallen` are the numbers that it cites besides, all of them
    of retracted reports.
    """

    passage: Passage
    alone: bool
    fallen: tuple[int, ...] = ()
    in_draft: bool = False
    versions: list[VersionMark] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        """Whether the draft says it, or what readers have or are to have."""
        return self.in_draft or any(version.state != "past" for version in self.versions)


@dataclass
class StoryImpact:
    """What of one story rests on the report. `numbers` are those under which its draft has it; `hidden` the Versions
    whose words nobody is shown; `checked` says who found that the story still stands on it."""

    story: Story
    numbers: list[int] = field(default_factory=list)
    passages: list[Resting] = field(default_factory=list)
    hidden: list[VersionMark] = field(default_factory=list)
    checked: StandingCheck | None = None
    _known: dict[tuple, Resting] = field(default_factory=dict)

    @property
    def current(self) -> list[Resting]:
        return [one for one in self.passages if one.is_current]

    @property
    def past(self) -> list[Resting]:
        return [one for one in self.passages if not one.is_current]

    @property
    def alone(self) -> set[str]:
        """The ids of current passages that rest on it alone."""
        return {one.passage.id for one in self.current if one.alone}

    @property
    def resting(self) -> set[str]:
        return {one.passage.id for one in self.current}

    def says(self, passage: Passage, numbers: Numbers, article: int) -> Resting | None:
        """The entry of this passage, made if it is new; None for one that does not rest on the report."""
        cited = [number for number in passage.cites if number in numbers]
        others = [number for number in cited if numbers[number].article != article]
        if len(others) == len(cited):
            return None
        alone = all(numbers[number].status == Article.Status.RETRACTED for number in others)
        fallen = tuple(others) if alone else ()
        said = (passage.id, passage.text, alone, fallen)
        if said not in self._known:
            self._known[said] = Resting(passage, alone, fallen)
            self.passages.append(self._known[said])
        return self._known[said]


@dataclass(frozen=True)
class Impact:
    """All that rests on a report, story by story: first those of which something rests on it alone."""

    stories: list[StoryImpact]

    @property
    def passages(self) -> int:
        """How many passages of drafts and of what readers have, or are to have, rest on it."""
        return sum(len(one.resting) for one in self.stories)

    @property
    def alone(self) -> int:
        return sum(len(one.alone) for one in self.stories)

    @property
    def current(self) -> list[StoryImpact]:
        return [one for one in self.stories if one.current or one.numbers]

    @property
    def past(self) -> list[StoryImpact]:
        """Stories that rest on it in earlier Versions only."""
        return [one for one in self.stories if not (one.current or one.numbers)]

    def sentence(self) -> str:
        """“4 passages in 2 stories rest on it, 1 of them on it alone.”"""
        resting = [one for one in self.stories if one.resting]
        if not resting:
            return "Nothing that readers have, and nothing in a draft, rests on it."
        verb = "rests" if self.passages == 1 else "rest"
        begun = f"{_count(self.passages, 'passage')} in {_count(len(resting), 'story', 'stories')} {verb} on it"
        if self.alone == self.passages:
            return f"{begun} alone."
        return f"{begun}, {self.alone or 'none'} of them on it alone."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def impact_of(article: Article, at: datetime | None = None, *, story: Story | None = None) -> Impact:
    """All passages that rest on the Article, or those of one story.

    Ten queries and one for every 20 documents; only documents of Versions that cite it are read.
    """
    at, of_story = at or timezone.now(), Q(story=story.pk) if story else Q()
    found = _stories(article, of_story)
    for check in StandingCheck.objects.filter(of_story, article=article).select_related("checked_by"):
        if check.story_id in found and check.note == article.status_note:
            found[check.story_id].checked = check
    for pk, passage, numbers in _in_drafts([pk for pk, one in found.items() if one.numbers]):
        if (resting := found[pk].says(passage, numbers, article.pk)) is not None:
            resting.in_draft = True
    for pk, version, passages, numbers in _in_versions(article, of_story, at):
        if version.is_hidden:
            found[pk].hidden.append(version)
        for passage in passages:
            if (resting := found[pk].says(passage, numbers, article.pk)) is not None:
                resting.versions.append(version)
    for one in found.values():
        one.passages.sort(key=lambda resting: not resting.alone)
    return Impact(sorted(found.values(), key=lambda one: (not one.alone, not one.current, str(one.story).casefold())))


def published_count(article: Article, at: datetime | None = None) -> str:
    """How much of what readers have, or are to have, rests on it, in a sentence. One query, and no document read."""
    cited = _citing(article).filter(current(at or timezone.now()))
    passages = set(cited.order_by().values_list("version__story", "passage").distinct())
    if not passages:
        return "Nothing that readers have, or are to have, rests on it."
    stories = _count(len({story for story, _ in passages}), "story", "stories")
    verb = "rests" if len(passages) == 1 else "rest"
    return f"{_count(len(passages), 'passage')} in {stories} that readers have, or are to have, {verb} on it."


def _stories(article: Article, of_story: Q) -> dict[int, StoryImpact]:
    sources = list(Source.objects.filter(of_story, article=article).order_by("number").values_list("story", "number"))
    cited = Version.objects.filter(of_story, pk__in=_citing(article).values("version")).values("story")
    stories = Story.objects.filter(Q(pk__in={pk for pk, _ in sources}) | Q(pk__in=cited))
    found = {story.pk: StoryImpact(story) for story in stories}
    for pk, number in sources:
        found[pk].numbers.append(number)
    return found


def _citing(article: Article) -> QuerySet[Citation]:
    return Citation.objects.filter(article=article)


def _in_drafts(stories: Collection[int]) -> Iterator[tuple[int, Passage, Numbers]]:
    numbers: dict[int, dict[int, Report]] = {}
    rows = Source.objects.filter(story__in=stories).values_list("story", "number", "article", "article__status")
    for story, number, article, status in rows:
        numbers.setdefault(story, {})[number] = Report(article, status)
    for story, passage in draft_passages(stories):
        yield story, passage, numbers[story]


def _in_versions(
    article: Article, of_story: Q, at: datetime
) -> Iterator[tuple[int, VersionMark, list[Passage], Numbers]]:
    """Each Version that cites it, the newest of a story first; the passages only of those that are not hidden."""
    cited = _cited_beside(article, of_story)
    versions = Version.objects.filter(of_story, pk__in=_citing(article).values("version"))
    columns = ("pk", "story", "number", "live_from", "live_until", "taken_back_at", "redacted_at")
    rows = list(versions.order_by("story", "-number").values_list(*columns))
    for start in range(0, len(rows), AT_ONCE):
        some = [(row[0], row[1], mark(*row[2:], at=at)) for row in rows[start : start + AT_ONCE]]
        shown = [pk for pk, _, version in some if not version.is_hidden]
        documents = dict(Version.objects.filter(pk__in=shown).values_list("pk", "document"))
        for pk, story, version in some:
            yield story, version, *_passages(documents.get(pk), cited.get(pk, {}))


def _passages(document: Mapping | None, cited: Mapping[str, dict[int, Report]]) -> tuple[list[Passage], Numbers]:
    """The passages of a document that are among the cited, and the reports under their numbers that it has."""
    if document is None:
        return [], {}
    reports = {number: report for numbers in cited.values() for number, report in numbers.items()}
    known = {source["number"] for source in document["sources"]}
    passages = [passage for passage in passages_of(document) if passage.id in cited]
    return passages, {number: report for number, report in reports.items() if number in known}


def _cited_beside(article: Article, of_story: Q) -> dict[int, dict[str, dict[int, Report]]]:
    """By Version and passage: all numbers that a passage cites which cites the Article."""
    same = _citing(article).filter(version=OuterRef("version"), passage=OuterRef("passage"))
    rows = Citation.objects.filter(Exists(same))
    if of_story:
        rows = rows.filter(version__in=Version.objects.filter(of_story).values("pk"))
    found: dict[int, dict[str, dict[int, Report]]] = {}
    for version, passage, number, other, status in rows.values_list(
        "version", "passage", "number", "article", "article__status"
    ):
        found.setdefault(version, {}).setdefault(passage, {})[number] = Report(other, status)
    return found
