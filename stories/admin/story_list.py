"""The list of stories: where each one stands, and publishing several together."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from stories.models import Story, Version

OF_STORY = Version.objects.filter(story=OuterRef("pk"))


def with_state(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Stories with `live_since`, `live_made`, `scheduled_for` and `withdrawn_on`, null where they do not apply."""
    now = timezone.now()
    seen = OF_STORY.published(now).order_by("-live_from")
    return stories.annotate(
        live_since=Subquery(OF_STORY.live(now).values("live_from")[:1]),
        live_made=Subquery(OF_STORY.live(now).values("created_at")[:1]),
        scheduled_for=Subquery(OF_STORY.scheduled(now).values("live_from")[:1]),
        withdrawn_on=Subquery(seen.values("withdrawn_at")[:1]),
    )


class State(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    conditions: dict[str, tuple[str, dict[str, Any]]] = {
        "live": ("live", {"live_since__isnull": False}),
        "scheduled": ("scheduled", {"scheduled_for__isnull": False}),
        "withdrawn": ("withdrawn", {"withdrawn_on__isnull": False}),
        "never": ("never published", {"live_since__isnull": True, "withdrawn_on__isnull": True}),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        _, condition = self.conditions.get(self.value() or "", ("", {}))
        return queryset.filter(**condition)


class Level(admin.SimpleListFilter):
    title = "level"
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("top", "running stories"), ("sub", "sub-stories")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        return queryset.filter(parent__isnull=self.value() == "top") if self.value() in ("top", "sub") else queryset


class Language(admin.AllValuesFieldListFilter):
    """The languages that stories are in."""


class StoryList(admin.ModelAdmin):
    """Mixed into the story's admin: what its list shows."""

    list_display = ["shown_headline", "shown_state", "topic", "shown_review_state", "shown_modified"]
    list_display_links = ["shown_headline"]
    list_filter = [State, "review_state", "topic", Level, ("language", Language)]
    list_select_related = ["topic", "parent", "modified_by"]
    list_per_page = 50
    search_fields = ["headline", "standfirst", "slug"]
    search_help_text = "Words of the headline, the standfirst or the address."
    ordering = ["-modified_at", "-pk"]
    actions = ["publish_selected"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return with_state(super().get_queryset(request))

    @admin.display(description="headline", ordering="headline")
    def shown_headline(self, story: Story) -> str:
        if story.parent is None:
            return str(story)
        return format_html('{}<span class="within">under {}</span>', story, story.parent)

    @admin.display(description="state")
    def shown_state(self, story: Any) -> str:
        return format_html('<span class="state state-{}">{}</span>', *state_words(story))

    @admin.display(description="review", ordering="review_state")
    def shown_review_state(self, story: Story) -> str:
        return story.get_review_state_display()

    @admin.display(description="modified", ordering="modified_at")
    def shown_modified(self, story: Story) -> str:
        by = f" by {story.modified_by}" if story.modified_by else ""
        return when(story.modified_at) + by

    @admin.action(description="Publish selected stories together", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Story]) -> HttpResponseRedirect:
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:500])
        return HttpResponseRedirect(f"{reverse('admin:stories_story_publish_together')}?stories={chosen}")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stories.publish_story")


def when(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d %b %Y, %H:%M").lstrip("0")


def state_words(story: Any) -> tuple[str, str]:
    """The state of a story from `with_state`: a name for the stylesheet, and words."""
    ahead = f", scheduled for {when(story.scheduled_for)}" if story.scheduled_for else ""
    if story.live_since:
        edited = ", edited since" if story.modified_at > story.live_made else ""
        return "live", f"live since {when(story.live_since)}{edited}{ahead}"
    if story.withdrawn_on:
        return "withdrawn", f"withdrawn {when(story.withdrawn_on)}{ahead}"
    return ("scheduled", ahead.removeprefix(", ")) if ahead else ("draft", "never published")
