"""The list of stories: where each one stands, and publishing several together."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from stories import overview
from stories.faulty_reports import needs_resourcing
from stories.models import Section, Source, Story, Version
from timelines.models import TimelineEvent

MOST_WORDS = 12
OF_STORY = Version.objects.filter(story=OuterRef("pk"))


def with_state(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Stories with `live_since`, `is_edited`, `scheduled_for` and `withdrawn_on`, null where they do not apply."""
    now = timezone.now()
    seen = OF_STORY.published(now).order_by("-live_from")
    return stories.annotate(
        live_since=Subquery(OF_STORY.live(now).values("live_from")[:1]),
        is_edited=Case(When(overview.unpublished(now), then=Value(True)), default=Value(False)),
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


class Attention(admin.SimpleListFilter):
    """What the newsroom overview counts."""

    title = "attention"
    parameter_name = "attention"
    conditions: dict[str, tuple[str, Callable[[datetime], Q]]] = {
        "unpublished": ("live with unpublished changes", overview.unpublished),
        "resourcing": ("needs re-sourcing", needs_resourcing),
        "incomplete": ("incomplete sources", lambda at: overview.incomplete_sources()),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        _, condition = self.conditions.get(self.value() or "", ("", lambda at: Q()))
        return queryset.filter(condition(timezone.now()))


class Editor(admin.SimpleListFilter):
    """Who saved the draft last."""

    title = "editor"
    parameter_name = "editor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = User.objects.filter(is_staff=True).order_by("username").values_list("pk", "username")
        return [("me", "me"), *((str(pk), name) for pk, name in people[:100])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        value = str(request.user.pk) if self.value() == "me" else self.value() or ""
        return queryset.filter(modified_by_id=int(value)) if value.isdecimal() and len(value) < 19 else queryset


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
    list_filter = [State, "review_state", "topic", Editor, Attention, Level, ("language", Language)]
    list_select_related = ["topic", "parent", "modified_by"]
    list_per_page = 50
    search_fields = ["headline", "standfirst", "slug"]
    search_help_text = "Words of the headline, the standfirst, the address, the sections, the timeline or the sources."
    ordering = ["-modified_at", "-pk"]
    actions = ["publish_selected"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return with_state(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Story], search_term: str
    ) -> tuple[QuerySet[Story], bool]:
        """Stories that have every word somewhere in their draft. Where a field chooses a story, in its headline."""
        if "autocomplete" in request.path:
            return super().get_search_results(request, queryset, search_term)
        for word in search_term.split()[:MOST_WORDS]:
            queryset = queryset.filter(_has(word))
        return queryset, False

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


def _has(word: str) -> Q:
    of_story = {"story": OuterRef("pk")}
    sections = Section.objects.filter(Q(heading__icontains=word) | Q(body__icontains=word), **of_story)
    events = TimelineEvent.objects.filter(text__icontains=word, **of_story)
    article = (
        Q(article__title__icontains=word) | Q(article__url__icontains=word) | Q(article__outlet__name__icontains=word)
    )
    sources = Source.objects.filter(article, **of_story)
    head = Q(headline__icontains=word) | Q(standfirst__icontains=word) | Q(slug__icontains=word)
    return head | Q(Exists(sections)) | Q(Exists(events)) | Q(Exists(sources))


def when(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d %b %Y, %H:%M").lstrip("0")


def state_words(story: Any) -> tuple[str, str]:
    """The state of a story from `with_state`: a name for the stylesheet, and words."""
    ahead = f", scheduled for {when(story.scheduled_for)}" if story.scheduled_for else ""
    if story.live_since:
        edited = ", edited since" if story.is_edited else ""
        return "live", f"live since {when(story.live_since)}{edited}{ahead}"
    if story.withdrawn_on:
        return "withdrawn", f"withdrawn {when(story.withdrawn_on)}{ahead}"
    return ("scheduled", ahead.removeprefix(", ")) if ahead else ("draft", "never published")
