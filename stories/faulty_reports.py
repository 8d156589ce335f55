"""Reports that were corrected or retracted, and the stories that they keep in “needs re-sourcing”."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from stories.models import Article, Citation, Source, StandingCheck

FAULTY = Article.Status.faulty()


@dataclass
class Fault:
    """A faulty report of one story: its numbers in the draft, and whether readers have it cited, or are to have.

    `check` says who found that the story still stands; only that of a corrected report, as its note is now, counts.
    """

    article: Article
    numbers: list[int] = field(default_factory=list)
    is_published: bool = False
    check: StandingCheck | None = None

    @property
    def is_settled(self) -> bool:
        return self.check is not None


def unsettled(story: str) -> Q:
    """Of rows with an `article`: those whose report was retracted, or was corrected and not checked since for the story
    at the path `story`."""
    checked = StandingCheck.objects.filter(
        story=OuterRef(story), article=OuterRef("article"), note=OuterRef("article__status_note")
    )
    corrected = Q(article__status=Article.Status.CORRECTED) & ~Q(Exists(checked))
    return Q(article__status=Article.Status.RETRACTED) | corrected


def current(at: datetime) -> Q:
    """Citations of what readers have at the moment, or are to have."""
    return Q(version__live_until=None) | Q(version__live_until__gt=at)


def needs_resourcing(at: datetime) -> Q:
    """Stories that have such a report as a source, or cite it in what readers have or are to have."""
    sources = Source.objects.filter(unsettled("story"))
    cited = Citation.objects.filter(current(at)).filter(unsettled("version__story"))
    return Q(pk__in=sources.values("story")) | Q(pk__in=cited.values("version__story"))


def faults_of(stories: Collection[int], at: datetime) -> dict[int, list[Fault]]:
    """The faulty reports of each of these stories, settled ones too, retracted ones first. Four queries."""
    found: dict[tuple[int, int], Fault] = {}
    faulty = Q(article__status__in=FAULTY)
    for source in Source.objects.filter(faulty, story__in=stories).select_related("article__outlet").order_by("number"):
        assert source.article is not None
        fault = found.setdefault((source.story_id, source.article.pk), Fault(source.article))
        fault.numbers.append(source.number)
    cited = Citation.objects.filter(faulty, current(at), version__story__in=stories)
    pairs = set(cited.order_by().values_list("version__story", "article").distinct())
    articles = Article.objects.select_related("outlet").in_bulk([article for _, article in pairs])
    for story, article in pairs:
        found.setdefault((story, article), Fault(articles[article])).is_published = True
    return _by_story(found, stories)


def _by_story(found: dict[tuple[int, int], Fault], stories: Collection[int]) -> dict[int, list[Fault]]:
    checks = StandingCheck.objects.filter(story__in=stories).select_related("checked_by") if found else ()
    for check in checks:
        fault = found.get((check.story_id, check.article_id))
        if fault and fault.article.status == Article.Status.CORRECTED and check.note == fault.article.status_note:
            fault.check = check
    by_story: dict[int, list[Fault]] = {}
    for (story, _), fault in sorted(found.items(), key=lambda item: (item[1].article.status != "retracted", item[0])):
        by_story.setdefault(story, []).append(fault)
    return by_story
