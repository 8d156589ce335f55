"""The page of a story's evidence: every citation, with what in the report carries it."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.document import StoryDocument
from stories.evidence import (
    Citation,
    Key,
    Known,
    Outcome,
    citations_of,
    evidence_of,
    read_typed,
    save_evidence,
    shown_by,
)
from stories.models import Story

FILTERS = {"": "All", "bare": "Without evidence", "unchecked": "Unchecked"}


def evidence_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Every citation of the saved draft in reading order; what is typed is saved as a whole."""
    desk = Desk(model_admin, request, object_id, "change_story" if request.method == "POST" else "view_story")
    which = request.GET.get("show", "")
    if request.method != "POST":
        return _page(desk, which, citations_of(desk.story))
    fields = ((name, values[-1]) for name, values in request.POST.lists())
    outcome = save_evidence(desk.story, read_typed(fields), by=editor_of(request))
    if outcome.refused:
        return _page(desk, which, outcome.citations, outcome)
    messages.success(request, _said(outcome))
    query = f"?show={which}" if which in FILTERS and which else ""
    return redirect(f"{reverse('admin:stories_story_evidence', args=[desk.story.pk])}{query}")


def _said(outcome: Outcome) -> str:
    parts = [(len(outcome.saved), "saved"), (len(outcome.removed), "removed")]
    told = [f"{count} {'row' if count == 1 else 'rows'} {what}" for count, what in parts if count]
    return f"Evidence: {', '.join(told)}." if told else "Nothing was changed, so nothing was saved."


def _page(desk: Desk, which: str, citations: list[Citation], outcome: Outcome | None = None) -> HttpResponse:
    shown = shown_by(citations, which)
    cited = [citation for citation in shown if citation.passage is not None]
    return desk.page(
        "evidence",
        f"Evidence of “{desk.story}”",
        places=[_place(rows) for _, rows in groupby(cited, key=_where)],
        gone=[citation for citation in shown if citation.passage is None],
        count=len(citations),
        checked=sum(1 for citation in citations if citation.passage and citation.stored.checked),
        cited=sum(1 for citation in citations if citation.passage),
        filters=[(name, label, name == which) for name, label in FILTERS.items()],
        which=which,
        refused=outcome.refused if outcome else [],
        done=_said(outcome) if outcome and (outcome.saved or outcome.removed) else "",
        may_change=desk.request.user.has_perm("stories.change_story"),
    )


def _where(citation: Citation) -> tuple[str, str]:
    """The section or event in which it stands: its key and its name."""
    assert citation.passage is not None
    return citation.passage.anchor, citation.passage.place


def _place(rows: Any) -> dict[str, Any]:
    """A section or an event with its sentences, each with its citations."""
    citations = list(rows)
    anchor, name = _where(citations[0])
    sentences = [list(some) for _, some in groupby(citations, key=lambda citation: citation.key.passage)]
    return {"anchor": anchor, "name": name, "sentences": sentences}


def evidence_for_preview(story: Story, draft: StoryDocument) -> list[dict[str, Any]]:
    """What the form shows beside a marker: {passage: "s1" or "t4", number, quote, locator, checked}.

    The passage is the one in which the sentence stands in the draft, whichever gave it its id.
    """
    known = evidence_of(story)
    return [
        _shown(passage.id, key.number, known[key])
        for passage in draft.passages()
        for sentence in passage.sentences
        for key in (Key(sentence.id, number) for number in sentence.cites)
        if key in known
    ]


def _shown(passage: str, number: int, known: Known) -> dict[str, Any]:
    checked = f"checked by {known['checked_by'] or 'somebody'}" if known["is_checked"] else ""
    words = {"quote": known["quote"], "locator": known["locator"], "checked": checked}
    return {"passage": passage, "number": number, **words}
