"""Evidence of citations: what in the report carries each, and who has checked that. It goes with the saved draft."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from stories.audit import record
from stories.citations.passages import Passage
from stories.document import storable
from stories.draft import note_content
from stories.models import Evidence, Source, Story
from stories.models.evidence import LONGEST_LOCATOR, LONGEST_QUOTE, remembered_as
from stories.resting import draft_passages

PASSAGE = re.compile(r"[st][1-9][0-9]{0,8}\.[1-9][0-9]{0,8}")
MOST_NAMED = 8
CHANGED_MEANWHILE = "Somebody else changed this evidence after you opened the page. Yours is not saved: choose."
REPLACED_MEANWHILE = "Another report stands under this number by now. Look whether yours is of that one; then save it."


class Key(NamedTuple):
    """A citation: the id of a sentence, and the number that it cites."""

    passage: str
    number: int


class Known(TypedDict):
    """Evidence as a preview shows it. `is_checked` is false where the quote is of another report than stands there."""

    quote: str
    locator: str
    is_checked: bool
    checked_by: str
    checked_at: datetime | None


class Words(NamedTuple):
    """What a row of the page says; `shown` where readers see its quote and locator."""

    quote: str = ""
    locator: str = ""
    checked: bool = False
    shown: bool = False

    @property
    def digest(self) -> str:
        """A short digest, by which a row that somebody else changed is told."""
        said = "\x1f".join([self.quote, self.locator, str(self.checked), str(self.shown)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


class Typed(NamedTuple):
    """A row as it was sent: `seen` is the digest that the page was opened with, `report` the Article that it showed.

    `removed`: it was asked to go, whatever it says.
    """

    words: Words
    seen: str
    report: str = ""
    removed: bool = False


@dataclass
class Citation:
    """A citation of the draft, or evidence whose citation is gone (`passage` is None then).

    `words` is what the row shows: what is stored, or what was typed and not saved, which `refused` then explains;
    `theirs` is what somebody else saved meanwhile.
    """

    key: Key
    passage: Passage | None
    source: Source | None
    evidence: Evidence | None = None
    words: Words = field(default_factory=Words)
    refused: str = ""
    theirs: Words | None = None

    @property
    def stored(self) -> Words:
        """What is stored, unticked where it was read in another report than stands under the number now."""
        if self.evidence is None:
            return Words()
        checked = self.evidence.checked_at is not None and not self.is_of_another_report
        return Words(self.evidence.quote, self.evidence.locator, checked, self.evidence.is_shown)

    @property
    def is_of_another_report(self) -> bool:
        if self.evidence is None or self.source is None:
            return False
        article = self.source.article
        return _differs(self.evidence, *((article.pk, article.url, article.title) if article else (None, "", "")))

    @property
    def report(self) -> str:
        """What tells the report under the number from another one."""
        article = self.source.article if self.source else None
        return f"{article.pk} {remembered_as(article.pk, article.url, article.title)}" if article else ""


def evidence_of(story: Story) -> dict[Key, Known]:
    """All evidence of a story by (passage id, source number), also that whose citation is gone. One query."""
    source = Source.objects.filter(story=OuterRef("story"), number=OuterRef("number"))
    now = {
        "article_now": Subquery(source.values("article")[:1]),
        "url_now": Subquery(source.values("article__url")[:1]),
        "title_now": Subquery(source.values("article__title")[:1]),
    }
    rows: Any = Evidence.objects.filter(story=story.pk).select_related("checked_by").annotate(**now)
    return {
        Key(row.passage, row.number): _known(
            row, fits=not _differs(row, row.article_now, row.url_now or "", row.title_now or "")
        )
        for row in rows
    }


def _differs(row: Evidence, article: int | None, url: str, title: str) -> bool:
    """Whether another report stands under the number than the one that was read. One without an address or a title, or
    of which nothing was known, may have been filled in since."""
    if row.url and row.url not in (url, title, f"Article {article}"):
        return True
    return row.article_id is not None and row.article_id != article


def _known(row: Evidence, *, fits: bool) -> Known:
    return {
        "quote": row.quote,
        "locator": row.locator,
        "is_checked": row.checked_at is not None and fits,
        "checked_by": str(row.checked_by or ""),
        "checked_at": row.checked_at,
    }


def citations_of(story: Story) -> list[Citation]:
    """The citations of the saved draft in the order of its page, then evidence that is no longer cited. Six queries."""
    sources = {row.number: row for row in story.sources.select_related("article__outlet")}
    rows = story.evidence.select_related("checked_by", "added_by", "article")
    evidence = {Key(row.passage, row.number): row for row in rows}
    found = [
        Citation(Key(passage.id, number), passage, sources.get(number), evidence.pop(Key(passage.id, number), None))
        for _, passage in draft_passages([story.pk])
        if "." in passage.id
        for number in dict.fromkeys(passage.cites)
    ]
    found += [Citation(key, None, sources.get(key.number), row) for key, row in evidence.items()]
    for citation in found:
        citation.words = citation.stored
    return found


@dataclass(frozen=True)
class Outcome:
    """What a save did: the citations as they are now, refused ones with what was typed, and what was written."""

    citations: list[Citation]
    saved: list[Key]
    removed: list[Key]

    @property
    def refused(self) -> list[Citation]:
        return [one for one in self.citations if one.refused]


@transaction.atomic
def save_evidence(story: Story, typed: dict[Key, Typed], *, by: User) -> Outcome:
    """Write the rows that were changed. A row that somebody else changed since the page was opened, or that cannot be
    stored, is refused and returned as it was typed; the others are saved all the same."""
    story = Story.objects.locked(story.pk)
    citations = citations_of(story)
    known = {citation.key: citation for citation in citations}
    gone = _gone(story, typed.keys() - known.keys())
    saved, removed = list[Key](), list[Key]()
    for key, row in typed.items():
        citation = known.get(key) or gone[key]
        if not _is_changed(citation, row):
            continue
        if key in gone:
            citations.append(citation)
        citation.refused = refusal(citation, row)
        if citation.refused:
            citation.theirs = citation.words if row.seen != citation.words.digest else None
            citation.words = row.words
        else:
            (saved if any(row.words) else removed).append(key)
            _write(story, citation, row.words, by)
    _record(story, saved, removed, by)
    if saved or removed:
        note_content(story)
    return Outcome(citations, saved, removed)


def _is_changed(citation: Citation, row: Typed) -> bool:
    """A tick alone, set for another report, reads as nothing and can still be removed."""
    if row.removed and citation.evidence is not None:
        return True
    return row.words.digest != row.seen and row.words != citation.words


def _gone(story: Story, keys: Iterable[Key]) -> dict[Key, Citation]:
    """Citations that the draft lost while the page was open: what was typed is kept all the same. One query at most."""
    lost = list(keys)
    rows = story.sources.select_related("article__outlet").filter(number__in={key.number for key in lost})
    sources = {row.number: row for row in rows}
    return {key: Citation(key, None, sources.get(key.number)) for key in lost}


def refusal(citation: Citation, row: Typed) -> str:
    """Why the row cannot be saved, "" where it can."""
    words = row.words
    if row.seen != citation.words.digest:
        return CHANGED_MEANWHILE
    if any(words) and row.report != citation.report:
        return REPLACED_MEANWHILE
    for name, text, limit in [("quote", words.quote, LONGEST_QUOTE), ("locator", words.locator, LONGEST_LOCATOR)]:
        if len(text) > limit:
            return f"The {name} has {len(text)} characters; at most {limit} are kept. Shorten it."
        try:
            storable(text)
        except ValueError as error:
            return str(error)
    return ""


def _write(story: Story, citation: Citation, words: Words, by: User) -> None:
    """A tick that is set, or that stays while the words change, is set by who saves."""
    if not any(words):
        if citation.evidence is not None:
            citation.evidence.delete()
        citation.evidence, citation.words = None, words
        return
    row = citation.evidence or Evidence(story=story, passage=citation.key.passage, number=citation.key.number)
    if row.pk is None:
        row.added_by, row.added_at = by, timezone.now()
    row.quote, row.locator, row.is_shown = words.quote, words.locator, words.shown
    row.checked_by, row.checked_at = (by, timezone.now()) if words.checked else (None, None)
    if citation.source is not None:
        row.article = citation.source.article
        row.url = remembered_as(row.article.pk, row.article.url, row.article.title) if row.article else ""
    row.save()
    citation.evidence, citation.words = row, words


def _record(story: Story, saved: list[Key], removed: list[Key], by: User) -> None:
    told = [f"{what}: {_names(keys)}" for what, keys in (("Saved", saved), ("Removed", removed)) if keys]
    if told:
        record("evidence", f"Evidence. {'. '.join(told)}.", by=by, story=story)


def _names(keys: list[Key]) -> str:
    more = f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
    return ", ".join(f"{key.passage} [{key.number}]" for key in keys[:MOST_NAMED]) + more


def read_typed(fields: Iterable[tuple[str, str]]) -> dict[Key, Typed]:
    """The rows of the posted page: of each citation its fields `quote-s2.3-6`, `locator-…`, `checked-…`, `shown-…`,
    `seen-…`, `report-…`; a row with `remove-…` says nothing any more."""
    rows: dict[Key, dict[str, str]] = {}
    for name, value in fields:
        what, _, rest = name.partition("-")
        passage, _, number = rest.partition("-")
        if PASSAGE.fullmatch(passage) and re.fullmatch(r"[1-9][0-9]{0,2}", number):
            rows.setdefault(Key(passage, int(number)), {})[what] = value
    return dict(_typed(rows))


def _typed(rows: dict[Key, dict[str, str]]) -> Iterator[tuple[Key, Typed]]:
    for key, row in rows.items():
        if "seen" not in row:
            continue
        quote, locator = (row.get(name, "").replace("\r\n", "\n").strip() for name in ("quote", "locator"))
        removed = "remove" in row
        shown = "shown" in row and bool(quote or locator)
        words = Words() if removed else Words(quote, locator, "checked" in row, shown)
        yield key, Typed(words, row["seen"], row.get("report", ""), removed)


def shown_by(citations: list[Citation], which: str) -> list[Citation]:
    """Those of the filter `which` (all, bare, unchecked), and always what was refused."""
    keep: dict[str, Any] = {"bare": lambda words: not any(words), "unchecked": lambda words: not words.checked}
    return [one for one in citations if one.refused or keep.get(which, lambda words: True)(one.stored)]
