"""Images: the photo desk's list, and the form behind each picture."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from stories.admin.deletion import KeptWhileUsed
from stories.admin.editors import editor_of
from stories.admin.focal_point import focal_point
from stories.admin.image_urls import ImageUrls
from stories.admin.originals import link_to_original
from stories.admin.picture_form import PictureForm, known_picture, still_needed
from stories.admin.picture_list import PictureList, marks_of
from stories.admin.scripts import modules
from stories.admin.where_used import where_used
from stories.audit import record
from stories.images.describing import describe
from stories.images.library import AlreadyInLibrary, IsKilled, NotKept, give_file, near_duplicates
from stories.images.prefilling import what_it_says
from stories.models import Image, Story, Version
from stories.picture_page import files_of
from stories.where_used import uses_of_image, versions_showing

FILE = ("The picture", {"fields": ["upload", "shown"]})
WORDS = ("What readers see", {"fields": ["caption", "alt_text", "decorative", "credit_line"]})
ORIGIN = ("Where it comes from", {"fields": ["source_name", "source_url", "creator"]})
RIGHTS = (
    "Copyright and rights",
    {
        "classes": ["collapse"],
        "fields": [
            "copyright_notice",
            "usage_terms",
            ("rights_from", "rights_until"),
            ("permitted_uses", "refused_uses"),
            "web_statement",
            "licensor_url",
            "digital_source_type",
        ],
    },
)
CONTENT = (
    "For the library: title, description, place, persons",
    {
        "classes": ["collapse"],
        "fields": [
            "headline",
            "extended_description",
            "place",
            "persons",
            ("taken_at", "taken_precision"),
        ],
    },
)
CUT = ("How it is cut", {"fields": ["cut", ("focal_x", "focal_y"), "may_be_cropped"]})
CUT_LATER = ("How it is cut", {"classes": ["collapse"], "fields": CUT[1]["fields"][1:]})
SAID = ("What the file says of itself", {"classes": ["collapse"], "fields": ["said"]})
RECORD = ("In the library", {"fields": ["used_in", "size", "as_uploaded", "fingerprint", "uploader", "uploaded_at"]})


@admin.register(Image)
class ImageAdmin(ImageUrls, PictureList, KeptWhileUsed):
    """Uploads go through `stories.images.library`: files are named by content and never overwritten."""

    form = PictureForm
    readonly_fields = [
        "preview",
        "standing",
        "cut",
        "said",
        "used_in",
        "size",
        "as_uploaded",
        "fingerprint",
        "uploader",
        "uploaded_at",
    ]

    class Media:
        css = {"all": ["admin/images.css", "admin/newsdesk/focal-point.css"]}
        js = modules("focal-point", "said-beside")

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        if obj is None:
            return [FILE, WORDS, ORIGIN, RIGHTS, CONTENT, CUT_LATER]
        may_change = self.has_change_permission(request, obj)
        file = (FILE[0], {"fields": ["preview", "standing", *(["upload"] if may_change else []), "shown"]})
        said = [] if may_change else [SAID]  # else it stands beside each field
        return [file, WORDS, CUT, ORIGIN, RIGHTS, CONTENT, *said, RECORD]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except AlreadyInLibrary as known:  # two uploads of one picture at the same moment: the form saw neither
            self.message_user(request, known_picture(known.image), messages.WARNING)
            return redirect("admin:stories_image_change", known.image.pk)
        except (NotKept, IsKilled) as fault:
            request.not_kept = str(fault)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)  # the form again, with all that was typed

    def get_form(self, request: HttpRequest, obj: Image | None = None, **kwargs: Any) -> Any:  # type: ignore[override]
        form: Any = super().get_form(request, obj, **kwargs)
        form.not_kept = getattr(request, "not_kept", "")
        return form

    def save_model(self, request: HttpRequest, obj: Image, form: PictureForm, change: bool) -> None:
        image = self._described(request, obj, form) if change else obj
        if intake := form.cleaned_data.get("upload"):
            image.uploaded_by = editor_of(request)
            give_file(image, intake)
            if change:
                record("change image", "Replaced the file.", by=editor_of(request), about=f"image {image}")
        if change:
            obj.refresh_from_db()
        if needed := still_needed(obj):
            self.message_user(
                request, f"Before readers see this picture it needs: {', '.join(needed)}.", messages.WARNING
            )

    def _described(self, request: HttpRequest, obj: Image, form: PictureForm) -> Image:
        """The picture with what the writer changed; the form has asked about what somebody else changed too."""
        done = describe(obj.pk, *form.changes(), by=editor_of(request))
        for name in done.theirs:
            label = form.fields[name].label
            sentence = f"{label}: somebody else changed it at this moment; theirs stands."
            self.message_user(request, sentence, messages.ERROR)
        return done.image

    def _record(self, request: HttpRequest, act: str, obj: Any, sentence: str) -> None:
        """Adding and deleting; each change is written down by what makes it."""
        if act != "change":
            super()._record(request, act, obj, sentence)

    def uses(self, obj: Image) -> list[str]:
        galleries = Story.objects.filter(gallery__image=obj).order_by("headline", "pk")
        return [f"the story “{story}”" for story in galleries]

    def published_in(self, obj: Image) -> QuerySet[Version]:
        return versions_showing(obj)

    @admin.display(description="size", empty_value="–")
    def size(self, obj: Image) -> str:
        return f"{obj.width} × {obj.height}" if obj.width else ""

    @admin.display(description="as it was uploaded", empty_value="–")
    def as_uploaded(self, obj: Image) -> str:
        return link_to_original(obj)

    @admin.display(description="uploaded by", empty_value="–")
    def uploader(self, obj: Image) -> str:
        return str(obj.uploaded_by or "")

    @admin.display(description="SHA-256", empty_value="–")
    def fingerprint(self, obj: Image) -> str:
        return obj.sha256

    @admin.display(description="now")
    def preview(self, obj: Image) -> SafeString:
        return render_to_string("admin/stories/image/_preview.html", {"image": obj})

    @admin.display(description="standing")
    def standing(self, obj: Image) -> SafeString:
        """What is to be known before it is used, what looks like it, and the way to a kill."""
        files = files_of(obj, timezone.now())
        context = {"image": obj, "marks": marks_of(obj), "alike": near_duplicates(obj), "files": files}
        return render_to_string("admin/stories/image/_standing.html", context)

    @admin.display(description="focal point")
    def cut(self, obj: Image) -> SafeString:
        return focal_point(obj)

    @admin.display(description="in the file")
    def said(self, obj: Image) -> SafeString:
        return render_to_string("admin/stories/image/_said.html", {"rows": what_it_says(obj), "image": obj})

    @admin.display(description="used in")
    def used_in(self, obj: Image) -> SafeString:
        return where_used(uses_of_image(obj), "No draft and no version shows it.")
