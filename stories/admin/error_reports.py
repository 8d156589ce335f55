"""What readers report as wrong: the list, and a report beside what readers have now."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stories.admin.editors import editor_of
from stories.error_reports import handle
from stories.models import ErrorReport, Version
from stories.touching import words_of


class OpenFirst(admin.SimpleListFilter):
    """Open ones unless others are asked for."""

    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(state.value), state.label) for state in ErrorReport.State), ("all", "all")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        return [{**first, "display": "open"}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ErrorReport.State.values:
            return queryset.filter(state=self.value())
        return queryset if self.value() == "all" else queryset.filter(state__in=ErrorReport.OPEN)


class HandlingForm(forms.ModelForm):
    class Meta:
        model = ErrorReport
        fields = ["state", "note"]
        help_texts = {
            "state": "Once it is mended, without fault or spam, the reader's e-mail is removed: answer before that.",
            "note": "For the desk; readers do not see it.",
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    form = HandlingForm
    list_display = ["words", "about", "state", "sent_at", "handled_by"]
    list_filter = [OpenFirst]
    list_select_related = ["story", "version", "handled_by"]
    list_per_page = 50
    search_fields = ["text", "passage_text", "story__headline"]
    readonly_fields = ["reported", "read", "stands", "source", "email", "ways", "sent_at", "handled"]
    fields = ["reported", "read", "stands", "source", "email", "ways", "sent_at", "state", "note", "handled"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        return super().get_queryset(request).defer("version__document")

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        handle(obj, state=form.cleaned_data["state"], note=form.cleaned_data["note"], by=editor_of(request))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None  # the verb writes it into the audit trail

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, "The report is saved.")
        return self.response_post_save_change(request, obj)

    @admin.display(description="what is wrong", ordering="text")
    def words(self, obj: ErrorReport) -> str:
        return obj.text if len(obj.text) <= 120 else f"{obj.text[:119]}…"

    @admin.display(description="about")
    def about(self, obj: ErrorReport) -> str:
        if obj.version is None:
            return str(obj.story or obj.page or "not said")
        name = obj.version.headline or "a removed version"
        return f"{name}, version {obj.version.number}{f', {obj.passage}' if obj.passage else ''}"

    @admin.display(description="what is wrong")
    def reported(self, obj: ErrorReport) -> str:
        return obj.text

    @admin.display(description="as it was read")
    def read(self, obj: ErrorReport) -> str:
        return obj.passage_text or "–"

    @admin.display(description="as readers have it now")
    def stands(self, obj: ErrorReport) -> str:
        live = Version.objects.live(timezone.now()).filter(story=obj.story_id).first() if obj.passage else None
        if live is None:
            return "–" if not obj.passage else "Readers do not have the story now."
        now = words_of(live.document).get(obj.passage)
        if now is None:
            return f"The passage is not in version {live.number}, which readers have now."
        return f"{'The same' if now == obj.passage_text else now} (version {live.number})"

    @admin.display(description="where that can be read")
    def source(self, obj: ErrorReport) -> SafeString | str:
        link = '<a href="{}" rel="noopener noreferrer nofollow">{}</a>'
        return format_html(link, obj.address, obj.address) if obj.address else "–"

    @admin.display(description="go to")
    def ways(self, obj: ErrorReport) -> SafeString | str:
        if obj.story is None:
            return format_html('<a href="{}">{}</a>', obj.page, obj.page) if obj.page else "–"
        draft = reverse("admin:stories_story_change", args=[obj.story_id])
        if obj.version is None:
            return format_html('<a href="{}">The draft</a>', draft)
        anchor = f"#{obj.passage}" if obj.passage else ""
        notice = reverse("admin:stories_story_notice", args=[obj.story_id, obj.version.number])
        ways = [
            (f"{draft}{anchor.partition('.')[0]}", "The draft"),
            (f"{obj.version.get_absolute_url()}{anchor}", "What the reader read"),
            (f"{notice}?passage={obj.passage}", "Issue a notice"),
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', ways)

    @admin.display(description="handled")
    def handled(self, obj: ErrorReport) -> str:
        if obj.handled_at is None:
            return "not yet"
        return f"{obj.handled_by or 'somebody'}, {timezone.localtime(obj.handled_at):%-d %b %Y, %H:%M}"
