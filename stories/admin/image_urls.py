"""The addresses of the photo desk's pages beside the list and the form, and what the list offers for a selection."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from stories.admin import captions, filling, gallery_making, killing, originals, picture_choice, uploading
from stories.admin.picture_selection import go_to
from stories.models import Image


class ImageUrls(admin.ModelAdmin):
    """Mixed into the admin of images."""

    actions = ["describe_selected", "fill_selected", "make_gallery", "kill"]

    def get_urls(self) -> list[URLPattern]:
        own = [path(route, self._view(view), name=f"stories_image_{name}") for route, name, view in PAGES]
        return own + super().get_urls()

    def _view(self, view: Callable[..., HttpResponseBase]) -> Any:
        return self.admin_site.admin_view(update_wrapper(partial(view, self), view))

    def has_story_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stories.change_story")

    def has_kill_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stories.kill_image")

    @admin.action(description="Write captions and alt text", permissions=["change"])
    def describe_selected(self, request: HttpRequest, queryset: QuerySet[Image]) -> HttpResponse:
        return go_to("captions", request, queryset)

    @admin.action(description="Fill empty fields from a template…", permissions=["change"])
    def fill_selected(self, request: HttpRequest, queryset: QuerySet[Image]) -> HttpResponse:
        return go_to("fill", request, queryset)

    @admin.action(description="Put into a story’s gallery…", permissions=["story"])
    def make_gallery(self, request: HttpRequest, queryset: QuerySet[Image]) -> HttpResponse:
        return go_to("make_gallery", request, queryset)

    @admin.action(description="Kill…", permissions=["kill"])
    def kill(self, request: HttpRequest, queryset: QuerySet[Image]) -> HttpResponse:
        return go_to("kill", request, queryset)


PAGES: list[tuple[str, str, Callable[..., HttpResponseBase]]] = [
    ("upload/", "upload", uploading.upload_page),
    ("upload/file/", "upload_file", uploading.upload_file),
    ("upload/to-gallery/", "upload_to_gallery", uploading.to_gallery),
    ("choices/", "choices", picture_choice.choices),
    ("captions/", "captions", captions.captions_page),
    ("fill/", "fill", filling.fill_page),
    ("make-gallery/", "make_gallery", gallery_making.gallery_page),
    ("kill/", "kill", killing.kill),
    ("killed/", "killed", killing.killed),
    ("<int:object_id>/lift-kill/", "lift_kill", killing.lift),
    ("<int:object_id>/original/", "original", originals.original),
]
