"""The page on which a draft is sent for review, found ready, or taken back into work."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from stories import reviewing
from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.form_fields import TellingForm
from stories.admin.state import state_of
from stories.models import Story

STATES = {
    Story.ReviewState.IN_REVIEW: "In review: somebody who may publish is to read it.",
    Story.ReviewState.READY: "Ready: it can be published as it is.",
    Story.ReviewState.IN_PROGRESS: "In progress: it is still being worked on.",
}


class ReviewForm(TellingForm):
    state = forms.ChoiceField(widget=forms.RadioSelect, label="Where the draft stands")
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Note to colleagues",
        help_text="What to look at, what is missing, what to change. Readers never see it.",
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [state for state in STATES if may_publish or state != Story.ReviewState.READY]
        self.fields["state"].choices = [(state, STATES[state]) for state in states]  # type: ignore[attr-defined]


def review_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    desk = Desk(model_admin, request, object_id, "change_story")
    may_publish = request.user.has_perm("stories.publish_story")
    form = ReviewForm(desk.data(), may_publish=may_publish, initial={"state": _next(desk.story, may_publish)})
    if request.method == "POST" and (done := desk.act(form, lambda story: _review(story, request, form.cleaned_data))):
        return done
    return desk.page("review", f"Review of “{desk.story}”", form=form, state=state_of(desk.story))


def _next(story: Story, may_publish: bool) -> str:
    if story.review_state == Story.ReviewState.IN_PROGRESS:
        return Story.ReviewState.IN_REVIEW
    return Story.ReviewState.READY if may_publish else Story.ReviewState.IN_PROGRESS


def _review(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    moved = reviewing.move(story, asked["state"], by=editor_of(request), note=asked["note"])
    return reviewing.SENTENCES[Story.ReviewState(moved.review_state)]
