"""Topics: the parts of the news, in the order in which readers find them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from stories.admin.deletion import KeptWhileUsed
from stories.admin.lists import count_of
from stories.models import Story, Topic, Version


@admin.register(Topic)
class TopicAdmin(KeptWhileUsed):
    list_display = ["name", "slug", "position", "stories"]
    list_editable = ["position"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(story_count=count_of(Story.objects.all(), by="topic"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, Any]:
        """Only for a new topic: the address of a known one does not follow its name."""
        return {} if obj else self.prepopulated_fields

    @admin.display(description="stories", ordering="story_count")
    def stories(self, obj: Topic) -> int:
        return obj.story_count  # type: ignore[attr-defined]

    def uses(self, obj: Topic) -> list[str]:
        return [f"the story “{story}”" for story in obj.stories.order_by("headline", "pk")]

    def published_in(self, obj: Topic) -> QuerySet[Version]:
        return obj.versions.defer("document").order_by("story", "-number")
