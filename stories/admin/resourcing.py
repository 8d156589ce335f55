"""The page on which a story's corrected and retracted reports are looked at."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from stories import standing
from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.faulty_reports import Fault, faults_of
from stories.impact import StoryImpact, impact_of
from stories.models import Article, Story

MOST = 20


class Looked(forms.Form):
    """`article` is the report, `seen` what the page said of its standing."""

    article = forms.IntegerField(min_value=1, max_value=2**62)
    seen = forms.CharField(max_length=16, required=False)


def resourcing_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """What of the story rests on each report at fault; of a corrected one an editor says that it still stands."""
    desk = Desk(model_admin, request, object_id, "change_story" if request.method == "POST" else "view_story")
    form = Looked(desk.data())
    if request.method == "POST":
        if not form.is_valid():
            raise Http404("The page was not sent whole.")
        if desk.act(form, lambda story: _act(story, request, form.cleaned_data), with_draft=False):
            return redirect("admin:stories_story_resourcing", desk.story.pk)
    faults = faults_of([desk.story.pk], timezone.now()).get(desk.story.pk, [])
    return desk.page(
        "resourcing",
        f"Re-sourcing “{desk.story}”",
        form=form,
        faults=[(fault, _of(fault, desk.story), standing.standing_of(fault.article)) for fault in faults[:MOST]],
        rest=faults[MOST:],
        open=sum(1 for fault in faults if not fault.is_settled),
        may_change=request.user.has_perm("stories.change_story"),
    )


def _of(fault: Fault, story: Story) -> StoryImpact | None:
    return next(iter(impact_of(fault.article, story=story).stories), None)


def _act(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    article = get_object_or_404(Article, pk=asked["article"])
    if "again" in request.POST:
        standing.unconfirm(story, article, by=editor_of(request))
        return f"“{article}” is to be checked again."
    standing.confirm(story, article, by=editor_of(request), seen=asked["seen"])
    return f"Checked: the story still stands on “{article}”."
