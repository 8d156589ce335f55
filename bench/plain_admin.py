"""The plain ModelAdmin beside which the story's form is measured: Django's own pages for the same rows.

It is as quick as plain configuration makes it. No row beyond those that are there (`extra = 0`), permissions as they
come, and an Article or a picture is named by its id in a text input: a select would list every Article in each row,
`raw_id_fields` and `autocomplete_fields` ask the database for the name behind each id, one query a row. So it shows of
a source only number and id, where the story's form shows seven fields of the report. A body has the field that its
model gives it, CKEditor's own. The templates are Django's, none of the newsroom's.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import TextInput
from django.http import HttpRequest

from stories.models import ExternalResource, GalleryItem, Section, Source, Story
from timelines.models import TimelineEvent

BY_ID = {models.ForeignKey: {"widget": TextInput}}


class SectionInline(admin.StackedInline):
    model = Section
    extra = 0


class SourceInline(admin.TabularInline):
    model = Source
    extra = 0
    readonly_fields = ["number"]
    fields = ["number", "article"]
    formfield_overrides = BY_ID

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).select_related("article")


class EventInline(admin.TabularInline):
    model = TimelineEvent
    fields = ["date", "text", "position"]
    extra = 0


class GalleryInline(admin.TabularInline):
    model = GalleryItem
    extra = 0
    formfield_overrides = BY_ID

    def get_queryset(self, request: HttpRequest) -> QuerySet[GalleryItem]:
        return super().get_queryset(request).select_related("image")


class ResourceInline(admin.TabularInline):
    model = ExternalResource
    extra = 0


class PlainStoryAdmin(admin.ModelAdmin):
    fields = ["headline", "standfirst", "byline", "slug", "topic", "parent", "language"]
    formfield_overrides = BY_ID
    inlines = [SectionInline, SourceInline, EventInline, GalleryInline, ResourceInline]

    def render_change_form(self, *args: Any, **kwargs: Any) -> Any:
        response = super().render_change_form(*args, **kwargs)
        response.using = "plain"
        return response


site = admin.AdminSite("plain")
site.register(Story, PlainStoryAdmin)
