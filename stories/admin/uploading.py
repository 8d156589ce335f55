"""Uploading one picture or hundreds: each file is answered alone, and none holds up the others."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from stories.admin.editors import editor_of
from stories.admin.gallery_making import put, tell, told
from stories.admin.picture_form import KINDS, still_needed
from stories.admin.picture_selection import MOST, ids_of, is_id, picture_page, require, selected
from stories.images.library import AlreadyInLibrary, NotKept, add_picture, near_duplicates
from stories.images.limits import MAX_BYTES, UnusableImage
from stories.images.prefilling import prefilled, safe_filename
from stories.models import Image, Story

READ_AT_ONCE = 64 * 1024
NO_STORY = "The story is no longer there. The pictures are in the library."
TOO_MANY = "At most {} files can be sent at once, so none was kept. Choose fewer and send them again."
NOTHING_SENT = "No file arrived. Choose the pictures and send them again."


@dataclass(frozen=True)
class Received:
    """What became of one file. `status` is new, known, refused or failed; `sentence` says why it was not taken."""

    name: str
    status: str
    sentence: str = ""
    image: Image | None = None
    prefilled: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)
    alike: list[Image] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        row = render_to_string("admin/stories/image/_received.html", {"received": self})
        pk = self.image.pk if self.image else None
        return {"status": self.status, "sentence": self.sentence, "image": pk, "row": row}


def receive(upload: UploadedFile, request: HttpRequest) -> Received:
    """Put one file into the library, or say why not."""
    name = upload.name or "a file without a name"
    try:
        image = add_picture(cast(BinaryIO, upload), by=editor_of(request), filename=safe_filename(name))
    except UnusableImage as fault:
        return Received(name, "refused", str(fault))
    except AlreadyInLibrary as known:
        return Received(name, "known", image=known.image)
    except NotKept as fault:
        return Received(name, "failed", str(fault))
    alike = [other for other, _ in near_duplicates(image)]
    return Received(name, "new", image=image, prefilled=prefilled(image), needed=still_needed(image), alike=alike)


@csrf_exempt  # Django's check reads all files first; `_answered` has it after they were counted
def upload_page(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    """The page; a form that is sent without script is answered with what became of each of its files."""
    require(request, "add_image", "view_image")
    sentence = ""
    try:
        request.FILES  # noqa: B018
    except TooManyFilesSent:
        while request.read(READ_AT_ONCE):  # a browser shows no answer before it has sent everything
            pass
        sentence = TOO_MANY.format(settings.DATA_UPLOAD_MAX_NUMBER_FILES)
        return _page(model_admin, request, None, [], sentence)
    return csrf_protect(partial(_answered, model_admin))(request)


def _answered(model_admin: Any, request: HttpRequest) -> HttpResponse:
    story = _story(request)
    files = request.FILES.getlist("files")
    received = [receive(upload, request) for upload in files]
    if story and (images := [one.image for one in received if one.image]):
        tell(request, story, put(story, images, by=editor_of(request)))
    sentence = NOTHING_SENT if request.method == "POST" and not files else ""
    return _page(model_admin, request, story, received, sentence)


def _page(
    model_admin: Any, request: HttpRequest, story: Story | None, received: list[Received], sentence: str
) -> HttpResponse:
    if sentence:
        messages.error(request, sentence)
    ids = ids_of(one.image for one in received if one.image)
    limits = {"most_bytes": MAX_BYTES, "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES, "most": MOST}
    context = {"received": received, "ids": ids, "to_story": story, "kinds": KINDS, **limits}
    status = 422 if sentence else 200
    return picture_page(model_admin, request, "upload", "Upload pictures", status=status, **context)


def upload_file(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """One file, answered as JSON."""
    require(request, "add_image")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"status": "failed", "sentence": NOTHING_SENT}, status=422)
    received = receive(upload, request)
    return JsonResponse(received.as_json(), status=503 if received.status == "failed" else 200)


def to_gallery(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Put what was uploaded into the story's gallery, answered as JSON.

    All at once, when the last file has arrived: one save of the draft, with the pictures in the order of the files.
    """
    require(request, "change_story", "view_image")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    story = _story(request)
    if story is None:
        return JsonResponse({"sentence": NO_STORY}, status=404)
    return JsonResponse({"sentence": told(story, put(story, selected(request), by=editor_of(request)))})


def _story(request: HttpRequest) -> Story | None:
    """The story to whose gallery the pictures go, if they go to one and the person may."""
    pk = request.POST.get("story") or request.GET.get("story") or ""
    if not is_id(pk) or not request.user.has_perm("stories.change_story"):
        return None
    return Story.objects.filter(pk=pk).first()
