"""The form of one picture: its file, and what readers, lawyers and searchers are told of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from stories.admin.form_fields import LinesField, RightsForm
from stories.admin.said_beside import tell_beside
from stories.admin.shown_values import as_text, from_text, in_words
from stories.images.digital_source import SOURCE_TYPES
from stories.images.intake import Intake, take_in
from stories.images.library import AlreadyInLibrary, IsKilled, refuse_known
from stories.images.limits import UnusableImage
from stories.models import Image

REPLACED = "Drafts show the new file at once. Versions that are published keep the file they were published with."
MEANWHILE = "Somebody else changed this meanwhile. It says now: “%(theirs)s”. Save again, and yours stands instead."
KINDS = ".jpg,.jpeg,.png,.webp,.avif,.gif,.tif,.tiff,image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff"


DESCRIBED = (
    "caption", "alt_text", "decorative", "credit_line", "source_name", "source_url", "creator", "copyright_notice",
    "usage_terms", "rights_from", "rights_until", "permitted_uses", "refused_uses", "web_statement", "licensor_url",
    "digital_source_type", "headline", "extended_description", "place", "persons", "taken_at", "taken_precision",
    "focal_x", "focal_y", "may_be_cropped",
)  # fmt: skip


class PictureForm(RightsForm):
    """`cleaned_data["upload"]` is the Intake of the file that was sent, if one was.

    `shown` carries what the form showed; `changes()` is what its writer changed of it. `not_kept` is the sentence of a
    storage that failed, "" before it did: the file is refused with it.
    """

    not_kept = ""

    upload = forms.FileField(
        label="Picture file",
        required=False,
        widget=forms.FileInput(attrs={"accept": KINDS}),
        help_text="JPEG, PNG, WebP, AVIF, GIF or TIFF, up to 50 MB. Readers get smaller copies without the camera’s "
        "notes; the file itself is kept privately.",
    )
    persons = LinesField(label="Persons shown", help_text="One a line.")
    permitted_uses = LinesField(help_text="One a line, such as “news reporting”.")
    refused_uses = LinesField(help_text="One a line, such as “advertising”.")
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Image
        fields = DESCRIBED
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3}),
            "alt_text": forms.Textarea(attrs={"rows": 2}),
            "usage_terms": forms.Textarea(attrs={"rows": 2}),
            "extended_description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        base = from_text((data or {}).get("shown", ""), DESCRIBED)
        super().__init__(data, files, **{**kwargs, "initial": {**(kwargs.get("initial") or {}), **base}})
        if "shown" in self.fields:
            self.fields["shown"].initial = as_text({name: self._stored(name) for name in DESCRIBED})
        if "taken_precision" in self.fields:
            self.fields["taken_precision"].required = False
        if "digital_source_type" in self.fields:
            self.fields["digital_source_type"].widget = forms.Select(choices=_source_types(self.instance))
        if "upload" in self.fields and self.instance.file:
            self.fields["upload"].label = "Replace the file"
            self.fields["upload"].help_text = REPLACED
        tell_beside(self, self.instance)

    def _stored(self, name: str) -> Any:
        return Image._meta.get_field(name).value_from_object(self.instance)  # type: ignore[union-attr]

    def changes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the form had shown, and what its writer put there: of the fields that were changed."""
        names = [name for name in self.changed_data if name in DESCRIBED and name in self.cleaned_data]
        return {name: self.initial.get(name) for name in names}, {name: self.cleaned_data[name] for name in names}

    def clean_upload(self) -> Intake | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            if self.instance.pk is None:
                raise ValidationError("Choose the picture’s file.", code="required")
            return None
        if self.instance.killed_at is not None:
            raise ValidationError(str(IsKilled()), code="is_killed")
        if self.not_kept:
            raise ValidationError(self.not_kept, code="not_kept")
        try:
            intake = take_in(upload, filename=upload.name)
            refuse_known(intake, besides=self.instance)
        except UnusableImage as fault:
            raise ValidationError(str(fault), code=fault.code) from fault
        except AlreadyInLibrary as known:
            raise ValidationError(known_picture(known.image), code="already_in_library") from known
        return intake

    def clean_taken_precision(self) -> str:
        return self.cleaned_data["taken_precision"] or self.instance.taken_precision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk:
            self._ask_about_what_two_changed()
        return cleaned

    def _ask_about_what_two_changed(self) -> None:
        """Refuse once, with what stands there by now; sent again, its writer has seen it."""
        base, wanted = self.changes()
        theirs = {name: now for name in wanted if (now := self._stored(name)) not in (base[name], wanted[name])}
        for name, now in theirs.items():
            self.add_error(name, ValidationError(MEANWHILE, code="meanwhile", params={"theirs": in_words(now)}))
        if theirs:
            seen = as_text({name: self.initial.get(name) for name in DESCRIBED} | theirs)
            self.data = {**dict(self.data.items()), "shown": seen}

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors and self.cleaned_data.get("upload"):
            self.add_error("upload", "The file is fine, but please choose it again: browsers do not keep it.")


def _source_types(image: Image) -> list[tuple[str, str]]:
    """How a picture may have come to be; one that the vocabulary has not can stay as it is."""
    told = {kind.uri: f" (readers are told “{kind.told}”)" if kind.told else "" for kind in SOURCE_TYPES.values()}
    known = [(kind.uri, kind.label + told[kind.uri]) for kind in SOURCE_TYPES.values()]
    stored = image.digital_source_type
    said = image.embedded.get("digital_source_type", "")
    other = [(uri, uri) for uri in dict.fromkeys((stored, said)) if uri and uri not in dict(known)]
    return [("", "not known"), *known, *other]


def known_picture(image: Image) -> str:
    """The sentence that leads to a picture which is in the library already."""
    address = reverse("admin:stories_image_change", args=[image.pk])
    return format_html('This picture is already in the library: <a href="{}">{}</a>.', address, image)


def still_needed(image: Image) -> list[str]:
    """What the picture lacks, or should be looked at, before a story shows it to readers: phrases for a list."""
    described = image.decorative or image.alt_text.strip()
    same = image.alt_text.strip() and image.alt_text.strip() == image.caption.strip()
    wanting = {
        "file": not image.file,
        "alt text": not described,
        "credit line": not image.credit_line.strip(),
        "alt text other than the caption": bool(same),
    }
    return [name for name, missing in wanting.items() if missing]
