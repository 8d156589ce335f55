"""The audit trail in the admin: what is written down of acts beside the verbs, and the list to read."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.form_fields import tell_instead_of_cutting
from stories.audit import record
from stories.models import AuditEntry

MOST_SHOWN = 500


class Audited(admin.ModelAdmin):
    """Mixed into an admin: what is added, changed and deleted there is in the audit trail, and what is too long is
    refused in words."""

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]
        form: Any = super().get_form(request, obj, **kwargs)
        tell_instead_of_cutting(form.base_fields)
        return form

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, "add", obj, "Added.")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, "change", obj, _changed(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            self._record(request, "delete", obj, "Deleted.")
        return super().log_deletions(request, queryset)

    def _record(self, request: HttpRequest, act: str, obj: Any, sentence: str) -> None:
        about = f"{obj._meta.verbose_name} {obj}"
        record(f"{act} {obj._meta.model_name}", sentence, by=editor_of(request), about=about)


def _changed(message: Any) -> str:
    if isinstance(message, str):
        return message or "Changed."
    fields = [field for part in message for field in part.get("changed", {}).get("fields", [])]
    return f"Changed {', '.join(str(field).lower() for field in fields)}." if fields else "Changed."


class SignInForm(AdminAuthenticationForm):
    """The admin's own, which writes down who signed in, and who tried."""

    def confirm_login_allowed(self, user: Any) -> None:
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            record("sign in", "May not sign in here.", by=user)
            raise
        record("sign in", "Signed in.", by=user)

    def get_invalid_login_error(self) -> ValidationError:
        name = str(self.cleaned_data.get("username", ""))
        record("sign in", "A sign-in failed: wrong name or password.", by=None, about=f"the name “{name[:150]}”")
        return super().get_invalid_login_error()


admin.site.login_form = SignInForm


class Who(admin.SimpleListFilter):
    title = "person"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = User.objects.filter(is_staff=True).order_by("username").values_list("pk", "username")
        return [(str(pk), name) for pk, name in people[:100]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        return queryset.filter(by_id=value) if value.isdecimal() and len(value) < 19 else queryset


@admin.register(AuditEntry)
class AuditTrail(admin.ModelAdmin):
    """To be read only: nobody adds, changes or deletes an entry here."""

    list_display = ["shown_at", "by_name", "act", "shown_about", "sentence", "address"]
    list_display_links = None
    list_filter = [Who, "act"]
    list_select_related = ["story"]
    search_fields = ["sentence", "about", "by_name", "address"]
    search_help_text = "Words of the act, its story, a person's name or a network address."
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False
    actions = None

    @admin.display(description="when", ordering="at")
    def shown_at(self, entry: AuditEntry) -> str:
        return timezone.localtime(entry.at).strftime("%d %b %Y, %H:%M:%S").lstrip("0")

    @admin.display(description="about")
    def shown_about(self, entry: AuditEntry) -> str:
        if entry.story is None:
            return entry.about
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:stories_story_change", args=[entry.story.pk]), entry.story
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def story_history(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Who did what with a story, the newest first."""
    desk = Desk(model_admin, request, object_id, "view_story")
    entries = desk.story.audit_entries.all()[:MOST_SHOWN]
    return desk.page("history", f"History of “{desk.story}”", entries=entries, most=MOST_SHOWN)
