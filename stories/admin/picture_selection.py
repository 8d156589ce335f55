"""The pictures that were ticked in the list, on their way to a page that does something with them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from stories.models import Image

MOST = 400  # a longer address would not reach every server


def go_to(page: str, request: HttpRequest, queryset: QuerySet[Image]) -> HttpResponseRedirect:
    """To the page `stories_image_<page>` with the ticked pictures, in the order in which they were ticked."""
    ticked = [int(pk) for pk in request.POST.get("picked", "").split(",") if is_id(pk)]
    place = {pk: number for number, pk in enumerate(ticked)}
    ids = sorted(queryset.values_list("pk", flat=True), key=lambda pk: place.get(pk, len(place)))
    if len(ids) > MOST:
        messages.warning(request, f"At most {MOST} pictures are taken at once; these are the first of {len(ids)}.")
    return HttpResponseRedirect(address_of(page, ids[:MOST]))


def address_of(page: str, ids: Iterable[int]) -> str:
    """The address of the page `stories_image_<page>` for these pictures."""
    return f"{reverse(f'admin:stories_image_{page}')}?ids={','.join(map(str, ids))}"


def ids_of(images: Iterable[Image]) -> str:
    return ",".join(str(image.pk) for image in images)


def selected(request: HttpRequest) -> list[Image]:
    """The pictures that the form or the address names, in its order; those that are gone are left out."""
    given = request.POST.get("ids") or request.GET.get("ids") or ""
    ids = dict.fromkeys(int(pk) for pk in given.split(",") if is_id(pk))
    images = Image.objects.in_bulk(list(ids)[:MOST])
    return [images[pk] for pk in ids if pk in images]


def picture_page(model_admin: Any, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page beside the list of pictures; `status` is that of the answer, by default 422 where its form is refused."""
    shared = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title}
    request.current_app = model_admin.admin_site.name
    form = context.get("form")
    status = context.pop("status", 422 if form is not None and form.errors else 200)
    return TemplateResponse(request, f"admin/stories/image/{template}.html", {**shared, **context}, status=status)


def require(request: HttpRequest, *permissions: str) -> None:
    """Raises PermissionDenied."""
    if not all(request.user.has_perm(f"stories.{permission}") for permission in permissions):
        raise PermissionDenied


def is_id(text: str) -> bool:
    """Whether the text is a number that every database holds as an id."""
    return text.isascii() and text.isdecimal() and len(text) < 19
