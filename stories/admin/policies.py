"""Policies: what the newsroom promises its readers, edition by edition."""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stories import publishing
from stories.admin.deletion import KeptWhileUsed
from stories.admin.editors import editor_of
from stories.admin.story_forms import LockField
from stories.models import Policy, PolicyEdition
from stories.refusals import NothingChanged, Refused
from stories.rich_text import show
from stories.versions import LONGEST_NOTE

MEANWHILE = (
    "%(who)s saved this policy after you had opened it. What it says now stands above; yours is still in the fields. "
    "Take over what you need and save again: then yours stands."
)
WHAT_READERS_LOOK_FOR = {
    "corrections": "How you mend a mistake, where readers see that you did, how quickly, and how they tell you of one.",
    "sourcing": "What you take as a source, when you leave one unnamed, what one report alone may carry, and how "
    "translated, agency and machine-made material is used.",
    "ownership": "Who owns and who pays for the newsroom, who decides what is published, and how interests that touch "
    "a story are told.",
    "contact": "How to reach the newsroom, for corrections, for confidential matters and for legal ones, and by when "
    "it answers.",
}


class PolicyForm(forms.ModelForm):
    """`theirs` is what somebody else saved since the page was opened, None where nobody did."""

    theirs: Policy | None = None
    note = forms.CharField(
        label="What changes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[MaxLengthValidator(LONGEST_NOTE)],
        help_text="A sentence to readers, shown with the edition that you publish, or with the end of the policy.",
    )
    seen_lock = LockField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Policy
        fields = ["title", "slug", "language", "position", "body"]
        labels = {"slug": "Address", "body": "Text"}
        help_texts = {
            "slug": "The last part of its address on the site; it stays what it is once an edition is published.",
            "position": "Policies are listed in this order, the lowest number first. It holds at once.",
            "body": "Readers see it once you publish it, as a new edition with its date; former ones stay readable.",
        }
        widgets = {"body": CKEditorWidget()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_lock"] = self.instance.lock_version
        if "body" in self.fields:
            self.fields["body"].widget.config |= {"contentsCss": static("admin/newsdesk/rich-text.css"), "height": 420}
            if asked := WHAT_READERS_LOOK_FOR.get(self.instance.slug):
                self.fields["body"].help_text = f"Readers look for: {asked} {self.fields['body'].help_text}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stored = Policy.objects.filter(pk=self.instance.pk).select_related("modified_by").first()
        if stored and self.cleaned_data.get("seen_lock") != stored.lock_version:
            self.theirs = stored
            self.data = {**dict(self.data.items()), "seen_lock": str(stored.lock_version)}
            self.add_error(None, ValidationError(MEANWHILE, "meanwhile", {"who": stored.modified_by or "Somebody"}))
        return cleaned

    @property
    def their_text(self) -> SafeString:
        return show(self.theirs.body) if self.theirs else SafeString("")


@admin.register(Policy)
class PolicyAdmin(KeptWhileUsed):
    form = PolicyForm
    change_form_template = "admin/stories/policy/change_form.html"
    list_display = ["title", "standing", "position"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    actions = None
    view_on_site = False  # its editions lead there

    class Media:
        css = {"all": ["admin/policies.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("editions", PolicyEdition.objects.order_by("-number")))
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Policy | None:
        """Held where something is sent, so that two who save follow one another."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        return Policy.objects.select_for_update().filter(pk=found.pk).first()

    def get_readonly_fields(self, request: HttpRequest, obj: Policy | None = None) -> list[str]:
        return ["editions", *(["slug"] if obj and obj.editions.exists() else [])] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Policy | None = None) -> dict[str, Any]:
        """Only for a new policy: the address of a known one does not follow its title."""
        return {} if obj else self.prepopulated_fields

    def get_fields(self, request: HttpRequest, obj: Policy | None = None) -> Any:
        fields = ["title", "slug", "language", "position", "body"]
        if obj is None:
            return fields
        may_change = self.has_change_permission(request, obj)
        typed = [
            *(["note"] if may_change and self.may_publish(request) else []),
            *(["seen_lock"] if may_change else []),
        ]
        return [*fields, *typed, "editions"]

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stories.publish_policy")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        policy = kwargs.get("obj")
        may = bool(policy) and self.may_publish(request) and self.has_change_permission(request, policy)
        standing = may and PolicyEdition.objects.in_force(timezone.now()).filter(policy=policy).exists()
        context |= {"may_publish": may, "may_end": standing, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        obj.lock_version += 1
        obj.modified_by = editor_of(request)
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Policy) -> HttpResponse:
        verbs = {"_publish": publishing.publish_policy, "_end": publishing.end_policy}
        asked = next((verb for name, verb in verbs.items() if name in request.POST), None)
        if asked is None or not self.may_publish(request):
            return super().response_change(request, obj)
        try:
            edition = asked(obj, by=editor_of(request), note=request.POST.get("note", ""))
        except Refused as refusal:
            level = messages.INFO if isinstance(refusal, NothingChanged) else messages.ERROR
            self.message_user(request, f"The text is saved. {refusal}", level)
        else:
            done = "is in force" if edition.in_force_until is None else "ended; readers are told so"
            self.message_user(request, f"Edition {edition.number} of “{obj}” {done}.", messages.SUCCESS)
        return redirect("admin:stories_policy_change", obj.pk)

    @admin.display(description="for readers")
    def standing(self, obj: Policy) -> str:
        newest = next(iter(obj.editions.all()), None)
        if newest is None:
            return "not published"
        if newest.in_force_until:
            return f"ended {_day(newest.in_force_until)}"
        waiting = (obj.title, obj.language, obj.body) != (newest.title, newest.language, newest.body)
        return f"edition {newest.number}, {_day(newest.in_force_from)}{'; changes not published' if waiting else ''}"

    @admin.display(description="editions")
    def editions(self, obj: Policy) -> SafeString | str:
        rows = obj.editions.defer("body").order_by("-number")
        told = ((one.get_absolute_url(), one.number, _day(one.in_force_from), one.note) for one in rows)
        listed = format_html_join("", '<li><a href="{}">Edition {}</a>, {} {}</li>', told)
        return format_html("<ul>{}</ul>", listed) if listed else "Readers have had none."

    def uses(self, obj: Policy) -> list[str]:
        return []

    def why_kept(self, obj: Any) -> str:
        editions = obj.editions.count()
        return f"“{obj}” stays, since readers were shown it; end it instead." if editions else ""


def _day(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%d %b %Y").lstrip("0")
