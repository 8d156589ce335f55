"""Sections, timeline, gallery and external resources as rows of the story's form."""

from itertools import pairwise
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.db.models import QuerySet
from django.forms.widgets import Media
from django.http import HttpRequest
from django.templatetags.static import static

from stories.admin.form_fields import AddressField
from stories.admin.picture_choice import KnownPicture
from stories.admin.rows import (
    KeyedFormSet,
    OrderedPart,
    Posted,
    RowForm,
    RowFormSet,
    is_as_shown,
    without_shortcuts,
)
from stories.models import ExternalResource, GalleryItem, Section
from timelines.dates import WordedDate, split_wording
from timelines.models import TimelineEvent


class FoldedEditor(forms.Textarea):
    """CKEditor that begins when its row is unfolded: a story of 200 sections opens at once."""

    def __init__(self) -> None:
        super().__init__({"data-rich-text": "", "rows": 8})

    @property
    def media(self) -> Media:
        return CKEditorWidget().media


class SectionForm(RowForm):
    body = forms.CharField(label="Body", required=False, max_length=1_000_000, widget=FoldedEditor())

    class Meta:
        model = Section
        fields = ["heading", "body", "position"]

    @classmethod
    def posted_as_shown(cls, instance: Section, posted: Posted) -> bool:
        shown = {"heading": instance.heading, "body": instance.body, "position": instance.position}
        return is_as_shown(posted, shown)

    @property
    def cited(self) -> int:
        return sum(1 for sentence in self.instance.sentences if sentence["cites"])

    @property
    def beginning(self) -> str:
        return self.instance.sentences[0]["text"] if self.instance.sentences else ""


class SectionFormSet(KeyedFormSet):
    counter = "last_section_number"


class SectionInline(OrderedPart):
    model = Section
    form = SectionForm
    formset = SectionFormSet
    template = "admin/stories/story/sections.html"
    max_num = 1000

    @property
    def editor_config(self) -> dict[str, Any]:
        """CKEditor's settings, once for all sections."""
        dress = {"contentsCss": static("admin/newsdesk/rich-text.css"), "language": "en"}
        growth = {
            "extraPlugins": "autogrow,cite",
            "autoGrow_onStartup": True,
            "autoGrow_minHeight": 160,
            "autoGrow_maxHeight": 560,
        }
        return {**CKEditorWidget().config, **dress, **growth}


class EventForm(RowForm):
    class Meta:
        model = TimelineEvent
        fields = ["date", "text", "position"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    @classmethod
    def posted_as_shown(cls, instance: TimelineEvent, posted: Posted) -> bool:
        wording = WordedDate(instance.date, instance.label).wording
        return is_as_shown(posted, {"text": instance.text, "position": instance.position, "date": wording})

    def clean_date(self) -> WordedDate:
        """What was shown and came back as it was stays what it was: a wording beside a date is shown without it."""
        before = self.initial.get("date")
        typed = str(self.data.get(self.add_prefix("date"), "")).strip()
        if isinstance(before, WordedDate) and before.edtf and typed == before.wording:
            return before
        return self.cleaned_data["date"]

    @property
    def unreadable(self) -> str:
        """Why the stored date cannot be read, "" where it can."""
        return why_unreadable(self.instance)


def why_unreadable(event: TimelineEvent) -> str:
    return split_wording(event.label).error if event.label and not event.date else ""


class EventFormSet(KeyedFormSet):
    """Events as readers see them: in the order of their dates; those of one date can be moved among themselves."""

    counter = "last_event_number"
    MOST_IN_A_FIELDSET = 300

    @property
    def is_long(self) -> bool:
        """Whether it has too many fields for a fieldset: a browser asks each for its validity again and again."""
        return self.initial_form_count() > self.MOST_IN_A_FIELDSET

    def get_queryset(self) -> list[TimelineEvent]:
        if not hasattr(self, "_in_order"):
            self._in_order = super().get_queryset().in_time_order()
            for event, following in pairwise(self._in_order):
                if event.place_in_time == following.place_in_time:
                    event.can_move = following.can_move = True
        return self._in_order

    def unreadable(self) -> list[tuple[str, str]]:
        """The id and the reason of each date among the rows that could not be read."""
        found = [(form.instance.passage_id, self._error_of(form)) for form in self.standing_forms]
        return [(passage, error) for passage, error in found if error]

    @staticmethod
    def _error_of(form: Any) -> str:
        if form.is_as_shown:
            return why_unreadable(form.instance)
        date = form.cleaned_data.get("date")
        return date.error if date else ""


class EventInline(OrderedPart):
    model = TimelineEvent
    form = EventForm
    formset = EventFormSet
    verbose_name = "event"
    verbose_name_plural = "timeline"
    template = "admin/stories/story/timeline.html"
    max_num = 10_000


class GalleryForm(RowForm):
    class Meta:
        model = GalleryItem
        fields = ["image", "caption", "alt_text", "position"]
        widgets = {"caption": forms.Textarea(attrs={"rows": 2}), "alt_text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        related: Any = self.fields["image"].widget
        related.widget = KnownPicture(related.widget, self.instance)

    @classmethod
    def posted_as_shown(cls, instance: GalleryItem, posted: Posted) -> bool:
        texts = {"caption": instance.caption or "", "alt_text": instance.alt_text or ""}
        return is_as_shown(posted, {"image": instance.image_id, "position": instance.position, **texts})

    def clean_caption(self) -> str | None:
        return self.cleaned_data["caption"] or None

    def clean_alt_text(self) -> str | None:
        return self.cleaned_data["alt_text"] or None


class GalleryFormSet(RowFormSet):
    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.standing_forms:
            image = form.instance.image if form.is_as_shown else form.cleaned_data.get("image")
            if image and image.pk in seen:
                form.add_error("image", "This picture is in the gallery already. Remove one of the two.")
            seen.add(image.pk if image else 0)


class GalleryInline(OrderedPart):
    model = GalleryItem
    form = GalleryForm
    formset = GalleryFormSet
    verbose_name = "picture"
    verbose_name_plural = "gallery"
    autocomplete_fields = ["image"]
    template = "admin/stories/story/gallery.html"
    max_num = 200

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_queryset(self, request: HttpRequest) -> QuerySet[GalleryItem]:
        return super().get_queryset(request).select_related("image")


class ResourceForm(RowForm):
    url = AddressField(label="Address", required=True)

    class Meta:
        model = ExternalResource
        fields = ["url", "title", "publisher", "position"]

    @classmethod
    def posted_as_shown(cls, instance: ExternalResource, posted: Posted) -> bool:
        names = ("url", "title", "publisher", "position")
        return is_as_shown(posted, {name: getattr(instance, name) for name in names})


class ResourceInline(OrderedPart):
    model = ExternalResource
    form = ResourceForm
    verbose_name = "external resource"
    verbose_name_plural = "external resources"
    template = "admin/stories/story/resources.html"
    max_num = 500
