"""The list in which captions, alt text and credit are written: one row a picture, each saved alone."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from stories.admin.editors import editor_of
from stories.admin.form_fields import MAX_TEXT, TellingForm
from stories.admin.picture_form import still_needed
from stories.admin.picture_selection import is_id, picture_page, require, selected
from stories.admin.said_beside import said_beside
from stories.admin.shown_values import in_words
from stories.images.describing import Described, describe
from stories.images.large_thumbnails import large_thumbnails
from stories.images.wanting import WITHOUT_WORDS
from stories.models import Image

ON_A_PAGE = 50
QUESTION = "The alt text is the caption again. Say what can be seen, for those who cannot see it."
MEANWHILE = "Not all is saved: somebody else has changed the same meanwhile. Both are shown; choose."


def area(rows: int) -> forms.CharField:
    limit = MaxLengthValidator(MAX_TEXT)
    return forms.CharField(required=False, validators=[limit], widget=forms.Textarea(attrs={"rows": rows}))


class CaptionForm(TellingForm):
    caption = area(3)
    alt_text = area(2)
    decorative = forms.BooleanField(required=False, label="Decorative: it tells nothing, so it needs no alt text")
    credit_line = forms.CharField(required=False, max_length=300)

    def __init__(self, image: Image, data: Any = None) -> None:
        initial = {name: getattr(image, name) for name in self.base_fields}
        super().__init__(data, initial=initial, auto_id=f"id_{image.pk}_%s")

    def base(self) -> dict[str, str]:
        """What the row showed before it was typed into, as it was posted."""
        return {name: self.data.get(f"base_{name}", "") for name in self.fields}


@dataclass
class Row:
    """One picture of the list; `base` is what its fields are compared with when they come back, `theirs` what somebody
    else wrote meanwhile."""

    image: Image
    form: CaptionForm
    base: dict[str, str]
    state: str = ""
    theirs: dict[str, Any] = field(default_factory=dict)
    large: str = ""

    @property
    def question(self) -> str:
        same = self.image.alt_text.strip() and self.image.alt_text.strip() == self.image.caption.strip()
        return QUESTION if same else ""

    @property
    def facts(self) -> list[str]:
        """What the file and the library say already, for whoever describes it."""
        image = self.image
        facts = [image.creator, image.place, ", ".join(image.persons), image.taken, image.filename]
        return [fact for fact in facts if fact and fact != str(image)]

    @property
    def said(self) -> dict[str, SafeString]:
        """What the file says, by the field beside which it stands."""
        return said_beside(self.form, self.image)

    @property
    def conflicts(self) -> list[tuple[str, str, str]]:
        """Name, label, and theirs in words."""
        return [(name, str(self.form[name].label), in_words(value)) for name, value in self.theirs.items()]


def as_posted(image: Image) -> dict[str, str]:
    """What is stored, as a row posts it."""
    values = {name: getattr(image, name) for name in CaptionForm.base_fields}
    return {**values, "decorative": "on" if image.decorative else ""}


def captions_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The list; a post saves one of its rows, and is answered in JSON where a script asks."""
    require(request, "change_image")
    row = save_row(request) if request.method == "POST" else None
    if row is not None and request.headers.get("Accept") == "application/json":
        return JsonResponse(answer(row), status=200 if row.form.is_valid() else 422)
    if row is not None and row.form.is_valid() and not row.theirs:
        messages.success(request, f"“{row.image}”: {row.state}")
        if row.question:
            messages.warning(request, row.question)
        return redirect(f"{request.get_full_path()}#picture-{row.image.pk}")
    return show(model_admin, request, row)


def save_row(request: HttpRequest) -> Row:
    pk = request.POST.get("picture", "")
    image = Image.objects.filter(pk=pk).first() if is_id(pk) else None
    if image is None:
        raise Http404("This picture is gone.")
    form = CaptionForm(image, request.POST)
    if not form.is_valid():
        faults = " ".join(f"{form[name].label}: {' '.join(map(str, said))}" for name, said in form.errors.items())
        return Row(image, form, form.base(), f"Not saved: {faults}")
    base = {**form.base(), "decorative": bool(form.base()["decorative"])}
    done = describe(image.pk, base, form.cleaned_data, by=editor_of(request))
    stored = as_posted(done.image)
    shown = {**stored, **{name: request.POST.get(name, "") for name in done.theirs}}
    return Row(done.image, CaptionForm(done.image, shown), stored, state_of(done), done.theirs)


def state_of(done: Described) -> str:
    if done.theirs:
        return MEANWHILE
    needed = still_needed(done.image)
    return f"Saved. Still needed: {', '.join(needed)}." if needed else "Saved."


def answer(row: Row) -> dict[str, Any]:
    conflicts = [{"name": name, "label": label, "theirs": theirs} for name, label, theirs in row.conflicts]
    saved = row.form.is_valid() and not row.theirs
    return {"saved": saved, "state": row.state, "question": row.question, "base": row.base, "conflicts": conflicts}


def show(model_admin: Any, request: HttpRequest, posted: Row | None) -> HttpResponse:
    images, count, following = listed(request)
    if posted is not None and posted.image not in images:
        images.insert(0, posted.image)
    rows = [
        posted if posted and posted.image == image else Row(image, CaptionForm(image), as_posted(image))
        for image in images
    ]
    addresses = large_thumbnails(images)
    for row in rows:
        row.large = addresses[row.image.pk]
    context = {"images": images, "rows": rows, "count": count, "following": following, "question": QUESTION}
    response = picture_page(model_admin, request, "captions", "Captions and alt text", **context)
    response.status_code = 409 if posted else 200
    return response


def listed(request: HttpRequest) -> tuple[list[Image], int, str]:
    """The pictures of this page, how many there are in all, and the address of the next page, "" on the last.

    Without a selection it is the queue of those that lack words. A page begins after a picture, not at a number: what
    is described leaves the queue.
    """
    after = request.GET.get("after", "")
    after_pk = int(after) if is_id(after) else None
    found = _selection(request, after_pk) if "ids" in request.GET else _queue(after_pk)
    page, count = found
    more = len(page) > ON_A_PAGE
    page = page[:ON_A_PAGE]
    query = request.GET.copy()
    if more:
        query["after"] = str(page[-1].pk)
    return page, count, f"?{query.urlencode(safe=',')}" if more else ""


def _queue(after: int | None) -> tuple[list[Image], int]:
    wanting: QuerySet[Image] = Image.objects.filter(WITHOUT_WORDS).order_by("-pk")
    page = wanting if after is None else wanting.filter(pk__lt=after)
    return list(page[: ON_A_PAGE + 1]), wanting.count()


def _selection(request: HttpRequest, after: int | None) -> tuple[list[Image], int]:
    images = selected(request)
    begin = next((place + 1 for place, image in enumerate(images) if image.pk == after), 0)
    return images[begin : begin + ON_A_PAGE + 1], len(images)
