"""Pictures chosen in the list, for the pages that do something with several."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from stories.models import Image

MOST = 500
LONGEST_ID = 18  # digits that every database holds


def chosen(request: HttpRequest) -> list[Image]:
    """The pictures that `ids` names, “3,1,2”, in its order; those that are gone are left out."""
    given = (request.POST.get("ids") or request.GET.get("ids") or "").split(",")[:MOST]
    pks = list(dict.fromkeys(int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < LONGEST_ID))
    images = Image.objects.in_bulk(pks)
    return [images[pk] for pk in pks if pk in images]


def ids_of(images: Iterable[Image]) -> str:
    return ",".join(str(image.pk) for image in images)


def page_for(name: str, pks: Iterable[Any]) -> str:
    """The address of a page for these pictures."""
    return f"{reverse(f'admin:stories_image_{name}')}?ids={','.join(map(str, pks))}"


def open_page(name: str, queryset: Any) -> HttpResponse:
    return redirect(page_for(name, queryset.values_list("pk", flat=True)[:MOST]))


def require(request: HttpRequest, *permissions: str) -> None:
    """Raises PermissionDenied."""
    if not request.user.has_perms([f"stories.{permission}" for permission in permissions]):
        raise PermissionDenied


def image_page(model_admin: Any, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    shared = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title}
    request.current_app = model_admin.admin_site.name
    status = context.pop("status", 200)
    return TemplateResponse(request, f"admin/stories/image/{template}.html", {**shared, **context}, status=status)
