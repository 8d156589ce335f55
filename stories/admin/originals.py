"""The file of a picture as it was uploaded, for staff: it may tell where and with what it was taken."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from stories.admin.editors import editor_of
from stories.audit import record
from stories.images.decoding import EXTENSIONS
from stories.models import Image

logger = logging.getLogger(__name__)
NEVER_KEPT = "This picture has no original: its file has not been uploaded yet, or came with an import."
LOST = "The original is not in the storage. Please tell whoever runs this site."
NO_ANSWER = "The storage for originals does not answer. Try again later."


def original(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponseBase:
    """The original, to be saved under a name of ours; a page with a sentence where there is none."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    image = get_object_or_404(Image, pk=object_id)
    if not model_admin.has_view_permission(request, image):
        raise PermissionDenied
    if not image.original.name:
        return _page(model_admin, request, image, NEVER_KEPT, status=404)
    try:
        answer = _sent(image.original.name, _safe_name(image))
    except FileNotFoundError:
        return _page(model_admin, request, image, LOST, status=404)
    except OSError as fault:
        logger.error("The original of picture %s cannot be read: %s", image.pk, fault)
        return _page(model_admin, request, image, NO_ANSWER, status=503)
    record("original", "Downloaded the original.", by=editor_of(request), about=f"image {image}")
    return answer


def link_to_original(image: Image) -> str:
    """The link that saves the original, "" where there is none."""
    if not image.original.name:
        return ""
    return format_html(
        '<a href="{}">Download the original</a>', reverse("admin:stories_image_original", args=[image.pk])
    )


def _sent(name: str, filename: str) -> HttpResponseBase:
    """The file from the disk, or the way to it in its bucket, by an address that soon ends."""
    storage = storages["originals"]
    if download_url := getattr(storage, "download_url", None):
        if not storage.exists(name):
            raise FileNotFoundError(name)
        return redirect(download_url(name, filename))
    response = FileResponse(
        storage.open(name), as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _safe_name(image: Image) -> str:
    """Never the name that the upload had: that is anybody's writing."""
    extension = str(image.original.name).rpartition(".")[2]
    return f"picture-{image.pk}.{extension if extension in EXTENSIONS.values() else 'bin'}"


def _page(model_admin: Any, request: HttpRequest, image: Image, sentence: str, *, status: int) -> HttpResponseBase:
    request.current_app = model_admin.admin_site.name
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "The original",
        "image": image,
        "sentence": sentence,
    }
    return TemplateResponse(request, "admin/stories/image/no_original.html", context, status=status)
