"""The standing of a report: what its change undoes, and saying of a story that it stands all the same."""

import hashlib

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from stories.audit import record
from stories.models import Article, StandingCheck, Story
from stories.refusals import Refused
from stories.shared_rows import hold_shared_rows


def standing_of(article: Article) -> str:
    """A short digest of what is said of the report's standing: a page carries it, so that nobody confirms unseen."""
    return hashlib.sha256(f"{article.status}\x1f{article.status_note}".encode()).hexdigest()[:16]


def standing_changed(article: Article, before: str, *, by: User | None) -> None:
    """Write down that the report's status or its note is another one, and forget who found that stories still stand.

    `before` is the status as it was. Call it in the transaction that saves the Article.
    """
    article.standing_checks.all().delete()
    note = f" Note: {article.status_note}" if article.status_note else ""
    was = f"Was {Article.Status(before).label}, is {article.get_status_display()}."
    sentence = was if before != article.status else f"Still {article.get_status_display()}, with another note."
    record("standing", f"{sentence}{note}", by=by, about=f"article {article}")


@transaction.atomic
def confirm(story: Story, article: Article, *, by: User | None, seen: str) -> StandingCheck:
    """Say that the story still stands although the report was corrected; it leaves “needs re-sourcing” by that.

    `seen` is the `standing_of` the report that the page showed. Raises Refused for a report that was retracted, that is
    in good standing, or of which something else is said by now.
    """
    story = Story.objects.locked(story.pk)
    hold_shared_rows()
    article = Article.objects.get(pk=article.pk)
    if article.status == Article.Status.RETRACTED:
        raise Refused(f"“{article}” was retracted, so nothing can rest on it. Replace the source.")
    if standing_of(article) != seen:
        raise Refused(f"What is said of “{article}” changed after this page was opened. Look at it once more.")
    if article.status != Article.Status.CORRECTED:
        raise Refused(f"“{article}” is in good standing, so there is nothing to check.")
    told = {"note": article.status_note, "checked_by": by, "checked_at": timezone.now()}
    check, _ = StandingCheck.objects.update_or_create(story=story, article=article, defaults=told)
    record("still stands", f"Checked after “{article}” was corrected: the story still stands.", by=by, story=story)
    return check


@transaction.atomic
def unconfirm(story: Story, article: Article, *, by: User | None) -> None:
    """Take back that the story still stands."""
    story = Story.objects.locked(story.pk)
    if StandingCheck.objects.filter(story=story, article=article).delete()[0]:
        record("still stands", f"Taken back: “{article}” is to be checked again.", by=by, story=story)
