"""The story's form: every part of a running story on one page."""

from contextlib import suppress
from typing import Any

from adminsortable2.admin import SortableAdminBase
from django.conf import settings
from django.contrib import admin, messages
from django.forms.widgets import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html

from stories import publishing, reviewing
from stories.admin.autosave import keep_refused, others_at
from stories.admin.editors import editor_of
from stories.admin.evidence import evidence_for_preview
from stories.admin.inlines import EventInline, GalleryInline, ResourceInline, SectionInline
from stories.admin.merging import merge_or_keep
from stories.admin.places import faults
from stories.admin.recovering import brought_back, offers, recover
from stories.admin.rows import PartRows, rows_of, without_shortcuts
from stories.admin.scripts import modules
from stories.admin.sources import SourceInline
from stories.admin.state import state_of
from stories.admin.story_forms import StoryForm, was_published
from stories.admin.story_list import StoryList
from stories.admin.story_urls import StoryUrls
from stories.admin.sub_stories import add_sub_stories, arrange_sub_stories
from stories.admin.typed import sitting_of
from stories.audit import record
from stories.draft import finish_save, hold, keep_base, read_draft
from stories.draft.snapshots import settle
from stories.models import Outlet, Story

HEAD: Any = ("Head", {"fields": ["headline", "standfirst", "byline"]})
SUB_STORIES: Any = ("Sub-stories", {"fields": ["new_sub_stories"]})
FILING: Any = (
    "Filing",
    {"fields": ["slug", "topic", "parent", "language", "sitting", "seen_lock", "made_as"]},
)


@admin.register(Story)
class StoryAdmin(StoryList, StoryUrls, SortableAdminBase, admin.ModelAdmin):
    form = StoryForm
    fieldsets = [HEAD, SUB_STORIES, FILING]
    inlines = [SectionInline, SourceInline, EventInline, GalleryInline, ResourceInline]
    autocomplete_fields = ["parent"]
    change_form_template = "admin/stories/story/change_form.html"

    @property
    def media(self) -> Media:
        return super().media + Media(
            css={"all": [f"admin/newsdesk/{name}.css" for name in ("story", "citing", "dialogs", "picture-choice")]},
            js=modules("story-desk"),
        )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Topics and stories are kept on pages of their own, not from beside the field."""
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs), "add", "change")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Story | None:
        """A story that is to be saved is held before anything of the request is read against it."""
        if from_field is not None:
            return super().get_object(request, object_id, from_field)
        number = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        if request.method == "POST":
            with suppress(Story.DoesNotExist):
                return hold(Story(pk=number))
        return Story.objects.select_related("topic", "parent").filter(pk=number).first()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        recover(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.may_rename = request.user.has_perm("stories.publish_story")
        return form

    def bound_form(self, request: HttpRequest, story: Story) -> tuple[Any, list[Any]]:
        """The posted form with its rows, read and not to be saved."""
        form: Any = self.get_form(request, story, change=True)(request.POST, instance=story)
        form.is_kept_only = True
        form.is_valid()
        formsets, _ = self._create_formsets(request, story, change=True)
        for formset in formsets:
            formset.is_valid()
        return form, formsets

    def get_formset_kwargs(self, request: HttpRequest, obj: Story, inline: Any, prefix: str) -> dict[str, Any]:
        """Django's own would copy the whole request once for each part."""
        kwargs = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        if hasattr(inline, "default_order_field"):
            kwargs["default_order_direction"] = inline.default_order_direction
            kwargs["default_order_field"] = inline.default_order_field
        return {**kwargs, "data": request.POST, "files": request.FILES} if request.method == "POST" else kwargs

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Story | None = None, **kwargs: Any
    ) -> Any:
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        pairs = zip(inline_instances, formsets, strict=True)
        return [PartRows(inline, formset, may_change=may_change) for inline, formset in pairs]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        story = kwargs.get("obj")
        form, formsets = context["adminform"].form, [rows.formset for rows in context["inline_admin_formsets"]]
        context["outlets"] = Outlet.objects.values_list("name", flat=True)[:3000]
        context["may_save"] = self.has_change_permission(request, story) if story else self.has_add_permission(request)
        context["most_fields"] = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        context["most_bytes"] = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        context["may_publish"] = request.user.has_perm("stories.publish_story")
        if context["errors"]:
            context["faults"] = faults(form, formsets)
            context["fault_count"] = len(context["faults"]) + len(form.non_field_errors())
            if story is not None and not form.is_recovered:
                keep_refused(request, form, formsets)
        if story is not None:
            context.update(self._standing(request, story, formsets))
        return super().render_change_form(request, context, *args, **kwargs)

    def _standing(self, request: HttpRequest, story: Story, formsets: list[Any]) -> dict[str, Any]:
        """The saved story, whatever the form holds, and what this editor may do with it."""
        is_typed = request.method == "POST"  # then the form has written into the story and the rows that it was given
        saved = Story.objects.get(pk=story.pk) if is_typed else story
        draft = read_draft(saved, None if is_typed else rows_of(formsets))
        return {
            "original": saved,
            "state": state_of(saved, draft=draft),
            "sub_stories": self.get_queryset(request).filter(parent=saved).order_by("position", "pk"),
            "previous_slugs": saved.previous_slugs.values_list("slug", flat=True),
            "offers": offers(saved, request),
            "brought_back": brought_back(request),
            "evidence": evidence_for_preview(saved, draft),
            "others": others_at(saved, request),
            "may_delete": self.has_delete_permission(request, saved),
            **{f"may_{verb}": request.user.has_perm(f"stories.{verb}_story") for verb in ("withdraw", "place")},
        }

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        if change and form.is_outrun:
            return  # what is stored is newer than what the form began with: see save_related
        if change:
            keep_base(obj)
        if change and obj.slug != form.address_before:
            wanted, obj.slug = obj.slug, form.address_before
            obj.slug = publishing.rename(obj, by=editor_of(request), slug=wanted).slug
        if not change:
            obj.created_by = obj.modified_by = editor_of(request)
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        story, outrun = form.instance, change and form.is_outrun  # told now: the save makes the draft newer itself
        if outrun:
            story = Story.objects.get(pk=story.pk)
            outcome = merge_or_keep(request, story, form, formsets)
            form.instance.conflict = outcome.conflict
            if outcome.refusal:
                self.message_user(request, outcome.refusal, messages.ERROR)
            if outcome.conflict:
                self._add_sub_stories(request, story, form)
                return
            self.message_user(request, outcome.sentence, messages.INFO)
            for sentence in outcome.left_alone:
                self.message_user(request, sentence, messages.WARNING)
        else:
            super().save_related(request, form, formsets, change)
            changed = not change or form.has_changed() or any(formset.has_changed() for formset in formsets)
            finish_save(story, by=editor_of(request), changed=changed)
            by = editor_of(request)
            settle(story, sitting=sitting_of(request), by=by, brought_back=brought_back(request))
        self._after_rows(request, story, form)
        if not outrun:
            self._say_what_was_done(request, formsets)

    def _after_rows(self, request: HttpRequest, story: Story, form: Any) -> None:
        reviewing.note_edit(story, by=editor_of(request))
        arrange_sub_stories(story, request)
        self._add_sub_stories(request, story, form)

    def _add_sub_stories(self, request: HttpRequest, story: Story, form: Any) -> None:
        headlines = form.cleaned_data["new_sub_stories"] if self.has_add_permission(request) else []
        added = add_sub_stories(story, headlines, by=editor_of(request))
        if added:
            said = f"{len(added)} sub-stor{'y' if len(added) == 1 else 'ies'} added."
            self.message_user(request, said, messages.INFO)

    def _say_what_was_done(self, request: HttpRequest, formsets: Any) -> None:
        for formset in formsets:
            for sentence in getattr(formset, "said", []):
                self.message_user(request, sentence, messages.INFO)
            for passage, error in formset.unreadable() if formset.prefix == "timeline" else []:
                link = format_html(
                    '<a href="#{}">Event {}</a>: the date was kept as typed. {}', passage, passage, error
                )
                self.message_user(request, link, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Story, post_url_continue: str | None = None) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._after_save(request, obj)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        return self._after_save(request, obj)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Nothing: the audit trail says what a save changed, written with the save."""
        return ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Left to the audit trail."""

    log_change = log_addition

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for story in queryset:
            record("delete", "The draft, which was never published, is deleted.", by=editor_of(request), about=story)

    def _after_save(self, request: HttpRequest, story: Any) -> HttpResponseRedirect:
        """An editor goes on with the story, or to its publication, or to a conflict that came up."""
        if conflict := getattr(story, "conflict", None):
            return redirect("admin:stories_story_conflict", story.pk, conflict.pk)
        if "_publish" in request.POST:
            return redirect("admin:stories_story_publish", story.pk)
        self.message_user(request, "The draft is saved.", messages.SUCCESS)
        return redirect("admin:stories_story_change", story.pk)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Stories are deleted one by one, and only those that were never published."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and was_published(obj))
