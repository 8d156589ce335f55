"""The addresses of a story's pages beside its form."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from stories.admin import (
    audit,
    autosave,
    conflicts,
    evidence,
    importing,
    past_versions,
    pasted_sources,
    previewing,
    publishing,
    publishing_together,
    resourcing,
    reviewing,
    scheduling,
    snapshots,
    timeline_typing,
)
from stories.admin.sources import reserve_number
from stories.models import Story


class StoryUrls(admin.ModelAdmin):
    """Mixed into the story's admin."""

    def get_urls(self) -> list[URLPattern]:
        own = [path(route, self._view(view), name=f"stories_story_{name}") for route, name, view in PAGES]
        return own + super().get_urls()

    def _view(self, view: Callable[..., HttpResponse]) -> Any:
        return self.admin_site.admin_view(update_wrapper(partial(view, self), view))


def signed_in(model_admin: Any, request: HttpRequest) -> JsonResponse:
    """Tell a page that was open for long that its editor is still signed in, and the token it may post with."""
    return JsonResponse({"csrf_token": get_token(request)})


def source_number(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Reserve the story's next source number for a new row."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    story = get_object_or_404(Story, pk=object_id)
    if not model_admin.has_change_permission(request, story):
        raise PermissionDenied
    above = request.POST.get("above", "")
    return reserve_number(story, int(above) if above.isdecimal() and len(above) < 4 else 0)


PAGES: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    ("publish-together/", "publish_together", publishing_together.publish_together_page),
    ("import/", "import", importing.import_page),
    ("signed-in/", "signed_in", signed_in),
    ("read-dates/", "read_dates", timeline_typing.read_dates),
    ("read-lines/", "read_lines", timeline_typing.read_lines),
    ("<int:object_id>/publish/", "publish", publishing.publish_page),
    ("<int:object_id>/withdraw/", "withdraw", publishing.withdraw_page),
    ("<int:object_id>/schedule/", "schedule", scheduling.schedule_page),
    ("<int:object_id>/take-back/", "take_back", past_versions.take_back_page),
    ("<int:object_id>/place/", "place", publishing.place_page),
    ("<int:object_id>/versions/", "versions", past_versions.versions_page),
    ("<int:object_id>/versions/<int:number>/restore/", "restore", past_versions.restore_page),
    ("<int:object_id>/versions/<int:number>/reinstate/", "reinstate", past_versions.reinstate_page),
    ("<int:object_id>/versions/<int:number>/redact/", "redact", past_versions.redact_page),
    ("<int:object_id>/versions/<int:number>/notice/", "notice", past_versions.notice_page),
    ("<int:object_id>/source-number/", "source_number", source_number),
    ("<int:object_id>/paste-sources/", "paste_sources", pasted_sources.paste_sources),
    ("add/paste-sources/", "paste_sources_new", pasted_sources.paste_sources),
    ("add/begin/", "begin", autosave.begin),
    ("<int:object_id>/autosave/", "autosave", autosave.autosave),
    ("<int:object_id>/presence/", "presence", autosave.presence),
    ("<int:object_id>/preview/", "preview", previewing.preview_page),
    ("<int:object_id>/review/", "review", reviewing.review_page),
    ("<int:object_id>/resourcing/", "resourcing", resourcing.resourcing_page),
    ("<int:object_id>/evidence/", "evidence", evidence.evidence_page),
    ("<int:object_id>/conflict/<int:snapshot>/", "conflict", conflicts.conflict_page),
    ("<int:object_id>/history/", "history", audit.story_history),
    ("<int:object_id>/snapshots/", "snapshots", snapshots.snapshots_page),
    ("<int:object_id>/snapshots/<int:snapshot>/", "snapshot", snapshots.snapshot_page),
    ("<int:object_id>/versions/<int:number>/draft/", "version_into_draft", snapshots.version_into_draft_page),
]
