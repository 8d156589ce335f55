"""What the timeline of an open story form asks while dates are typed: how each is read, and where it stands."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from stories.importing.event_lines import MOST_LINES, EventLine, read_event_lines
from stories.importing.report import Refused
from timelines.dates import WordedDate, place_in_time, split_wording

LONGEST_DATE = 300
LONGEST_PASTE = 2_000_000


def read_dates(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """How each of the posted `dates` (a JSON list of texts) is read: {text: {reads, moment, error}}."""
    refused = _refused(model_admin, request)
    if refused is not None:
        return refused
    try:
        texts = json.loads(request.POST.get("dates", ""))
    except ValueError:
        texts = None
    if not isinstance(texts, list) or len(texts) > MOST_LINES or not all(isinstance(text, str) for text in texts):
        return JsonResponse({"message": f"The page did not send a list of at most {MOST_LINES} dates."}, status=400)
    return JsonResponse({"dates": {text: _as_read(split_wording(text[:LONGEST_DATE])) for text in set(texts)}})


def read_lines(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The events in the posted `text`, lines such as `Feb 24 2022 – what happened [1]`: none of it is stored."""
    refused = _refused(model_admin, request)
    if refused is not None:
        return refused
    text = request.POST.get("text", "").replace("\0", "")
    if len(text) > LONGEST_PASTE:
        return JsonResponse({"message": "That is more than 2 million characters. Paste a part of it."}, status=422)
    try:
        lines = read_event_lines(text)
    except Refused as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse({"events": [_as_row(line) for line in lines]})


def _refused(model_admin: Any, request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not (model_admin.has_change_permission(request) or model_admin.has_add_permission(request)):
        raise PermissionDenied
    return None


def _as_read(date: WordedDate) -> dict[str, Any]:
    """`moment` is a list to sort by; of events without a readable date it is [1], which is behind all others."""
    moment = [int(part) if isinstance(part, bool) else part for part in place_in_time(date.edtf, date.label)]
    return {"reads": date.wording if date.edtf else "", "moment": moment, "error": date.error}


def _as_row(line: EventLine) -> dict[str, Any]:
    return {
        "date": line.written or line.date.wording,
        "text": line.text,
        "problem": line.problem,
        **_as_read(line.date),
    }
