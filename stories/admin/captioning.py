"""Captions and alt texts of many pictures in one list, each row saved alone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from stories.admin.editors import editor_of
from stories.admin.picture_form import MAX_TEXT, still_needed
from stories.admin.picture_selection import MOST, ids_of, picture_page, require
from stories.images.describing import Described, describe
from stories.images.wanting import AWAITING, WITHOUT_WORDS
from stories.models import Image

PER_PAGE = 50
WORDS = ("caption", "alt_text", "credit_line")
FIELDS = (*WORDS, "decorative")


class RowForm(forms.Form):
    """One row; the names carry no prefix, since each row is a form of its own."""

    caption = forms.CharField(required=False, max_length=MAX_TEXT)
    alt_text = forms.CharField(label="Alt text", required=False, max_length=MAX_TEXT)
    credit_line = forms.CharField(label="Credit line", required=False, max_length=300)
    decorative = forms.BooleanField(required=False)


def captions(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The chosen pictures in their order; without a choice those that lack alt text or credit, the newest first."""
    require(request, "change_image", "view_image")
    images = _listed(request)
    page = Paginator(images, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "ids": request.GET.get("ids", ""), "image_fields": FIELDS}
    return picture_page(model_admin, request, "captions", "Captions and alt texts", **context)


def _listed(request: HttpRequest) -> list[Image]:
    known = Image.objects.prefetch_related("files")
    if given := request.GET.get("ids"):
        pks = [int(one) for one in given.split(",")[:MOST] if one.isascii() and one.isdecimal() and len(one) < 18]
        found = known.in_bulk(pks)
        return [found[pk] for pk in dict.fromkeys(pks) if pk in found]
    return list(known.filter(WITHOUT_WORDS).exclude(AWAITING)[:MOST])


def save_row(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Save what one row changed; for a script that asks so as JSON, else the list again."""
    require(request, "change_image")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    image = get_object_or_404(Image, pk=object_id)
    form = RowForm(request.POST)
    if not form.is_valid():
        faults = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()]
        sentence = " ".join(faults)
        return _answer(request, image, {"sentence": f"Not saved. {sentence}"}, status=422)
    base: dict[str, Any] = {name: _lines(request.POST.get(f"base_{name}", "")) for name in WORDS}
    base["decorative"] = request.POST.get("base_decorative") == "true"
    wanted = {name: _lines(value) if name in WORDS else value for name, value in form.cleaned_data.items()}
    done = describe(image.pk, base, wanted, by=editor_of(request))
    return _answer(request, done.image, _told(done), status=409 if done.conflicts else 200)


def _lines(text: str) -> str:
    """With the line breaks that are stored, whatever a browser sends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _told(done: Described) -> dict[str, Any]:
    now = {name: getattr(done.image, name) for name in FIELDS}
    told: dict[str, Any] = {"now": now, "needed": still_needed(done.image)}
    if done.conflicts:
        told["conflicts"] = done.conflicts
        told["sentence"] = "Somebody else changed this picture meanwhile. Choose whose words stand."
    else:
        told["sentence"] = "Saved." if done.saved else "Nothing was changed."
    return told


def _answer(request: HttpRequest, image: Image, told: dict[str, Any], *, status: int) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(told, status=status)
    conflicts = "".join(f" It says now: “{value}”." for value in told.get("conflicts", {}).values())
    level = messages.SUCCESS if status == 200 else messages.ERROR
    messages.add_message(request, level, f"{image}: {told['sentence']}{conflicts}")
    back = request.POST.get("back", "")
    fits = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if fits else reverse("admin:stories_image_captions") + f"?ids={ids_of([image])}")
