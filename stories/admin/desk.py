"""What the pages behind a story's buttons share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from stories.draft import hold
from stories.models import Story
from stories.parts import Part
from stories.prepublication import Finding
from stories.refusals import NothingChanged, NotReady, Refused, WouldUndo

MOST_TOLD = 12
SAVED_MEANWHILE = "The draft was saved again after this page was opened. Look at it once more, then confirm."

NOT_READY = "Not published. What stands in the way is listed above, each thing with the way to its field."


def tell_cares(request: HttpRequest, cares: list[Finding]) -> None:
    """What must not be missed of pictures that go live later: the page before may not have known the moment."""
    for finding in cares[:MOST_TOLD]:
        messages.warning(request, finding.message)
    if len(cares) > MOST_TOLD:
        messages.warning(request, f"{len(cares) - MOST_TOLD} more such warnings stand beside the draft.")


class Desk:
    """The admin site that a page stands in, the request, and the story it acts on."""

    def __init__(self, model_admin: Any, request: HttpRequest, object_id: int, permission: str) -> None:
        if not request.user.has_perm(f"stories.{permission}"):
            raise PermissionDenied
        self.admin, self.request = model_admin, request
        self.story = get_object_or_404(Story, pk=object_id)
        self.undone: list[tuple[Part, str]] = []

    def page(self, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin.admin_site.each_context(self.request), "opts": self.admin.opts, "story": self.story}
        status = 422 if self.request.method == "POST" else 200
        context = {**shared, "title": title, "zone": timezone.get_current_timezone_name(), **context}
        context["undone"] = self.undone or context.get("undone", [])
        self.request.current_app = self.admin.admin_site.name
        return TemplateResponse(self.request, f"admin/stories/story/{template}.html", context, status=status)

    def act(self, form: forms.Form, verb: Callable[[Story], str], *, with_draft: bool = True) -> HttpResponse | None:
        """Call the verb on the held story; None where the page is to be shown again with the refusal.

        `with_draft` is for verbs by which something of the draft goes out: it must be the one that the page showed.
        """
        if not form.is_valid():
            return None
        try:
            with transaction.atomic():
                story = hold(self.story)
                if with_draft:
                    self._refuse_unseen_draft(story)
                sentence = verb(self.story)
        except NothingChanged as refusal:
            messages.info(self.request, str(refusal))
            return self.back()
        except Refused as refusal:
            self.undone = refusal.undone if isinstance(refusal, WouldUndo) else []
            listed = isinstance(refusal, NotReady) and not refusal.of_scheduled
            form.add_error(None, NOT_READY if listed else str(refusal))
            return None
        messages.success(self.request, sentence)
        return self.back()

    def _refuse_unseen_draft(self, story: Story) -> None:
        seen = self.request.POST.get("lock_version")
        if seen is not None and seen != str(story.lock_version):
            raise Refused(SAVED_MEANWHILE)

    def back(self) -> HttpResponse:
        return redirect("admin:stories_story_change", self.story.pk)

    def data(self) -> Any:
        return self.request.POST if self.request.method == "POST" else None
