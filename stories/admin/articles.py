"""Articles: the reports that stories rest on. One Article serves many stories."""

from functools import partial, update_wrapper
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.admin.deletion import KeptWhileUsed
from stories.admin.editors import editor_of
from stories.admin.fetching import FetchesDetails, FilledMeanwhile
from stories.admin.form_fields import AddressField, LinesField
from stories.admin.impact import impact_page, rests_on_it, say_what_rests
from stories.admin.lists import Choice, count_of
from stories.admin.outlets import outward
from stories.document import LANGUAGE
from stories.lines_text import LinesText
from stories.models import Article, Source, Story, Version
from stories.shared_rows import hold_shared_rows
from stories.standing import standing_changed


class ArticleForm(FilledMeanwhile):
    authors = LinesField(help_text="One name a line.")
    archive_url = AddressField(label="Archived copy")

    class Meta:
        model = Article
        fields = ["title", "url", "outlet", "published", "authors", "status", "status_note"]
        fields += ["accessed_on", "language", "archive_url"]
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "url": forms.URLInput(attrs={"class": "vURLField"}),
            "status_note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "url": "Tracking parameters and page anchors are taken off, so that one report is one article.",
            "title": "A change shows in the drafts of all stories that use it. What is published stays as it is.",
            "status": "Corrected or retracted: you are shown what rests on it, and the stories wait for re-sourcing.",
            "status_note": "What was corrected, or why it was retracted, and since when.",
            "language": "A language tag such as “en” or “pt-BR”.",
        }

    def clean_url(self) -> str:
        url = Article._meta.get_field("url").to_python(self.cleaned_data["url"])
        known = Article.objects.filter(url=url).exclude(pk=self.instance.pk or 0).first() if url else None
        if known is not None:
            raise ValidationError(known_article(known), code="known_address")
        return url

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        if language and not LANGUAGE.fullmatch(language):
            raise ValidationError("Write a language tag such as “en” or “pt-BR”.", code="language")
        return language


def known_article(article: Article) -> str:
    """The sentence that leads to an article which has the address already."""
    address = reverse("admin:stories_article_change", args=[article.pk])
    return format_html('Another article already has this address: <a href="{}">{}</a>.', address, article)


class OutletKinds(admin.ChoicesFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "kind of outlet"


class Needs(Choice):
    title = "what is still needed"
    parameter_name = "needs"
    conditions = {
        "anything": ("anything", Q(title="") | Q(url="") | Q(outlet=None) | Q(published=None)),
        "title": ("title", Q(title="")),
        "url": ("address", Q(url="")),
        "outlet": ("outlet", Q(outlet=None)),
        "published": ("date", Q(published=None)),
    }


RESTS: Any = ("What rests on it", {"fields": ["used_in"]})


@admin.register(Article)
class ArticleAdmin(FetchesDetails, KeptWhileUsed):
    form = ArticleForm
    list_display = ["headline", "publisher", "published", "standing", "stories"]
    list_filter = [Needs, "status", ("outlet__kind", OutletKinds), "language"]
    list_select_related = ["outlet"]
    list_per_page = 100
    date_hierarchy = "published"
    search_fields = ["title", "url", "outlet__name", "authors_text"]
    search_help_text = "Title, address, outlet or author"
    autocomplete_fields = ["outlet"]
    readonly_fields = ["used_in", "fetched"]
    fieldsets = [
        (None, {"fields": ["title", "url", "outlet", "published", "authors"]}),
        ("Standing", {"fields": ["status", "status_note"]}),
        RESTS,
        ("Record", {"fields": ["accessed_on", "language", "archive_url", "fetched", "were_blank"]}),
    ]

    class Media:
        css = {"all": ["admin/lists.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        stories = count_of(Source.objects.all(), by="article", distinct="story")
        return super().get_queryset(request).annotate(story_count=stories, authors_text=LinesText("authors"))

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Nothing rests on an article that is being added."""
        return [one for one in self.fieldsets if obj or one[1] != RESTS[1]]

    @admin.display(description="title", ordering="title")
    def headline(self, obj: Article) -> str:
        return str(obj)

    @admin.display(description="outlet", ordering="outlet__name", empty_value="–")
    def publisher(self, obj: Article) -> SafeString | str:
        return format_html("{}<br>{}", obj.outlet or "", outward(obj.url)) if obj.outlet or obj.url else ""

    @admin.display(description="standing", ordering="status", empty_value="–")
    def standing(self, obj: Article) -> str:
        return "" if obj.status == Article.Status.GOOD else obj.get_status_display()

    @admin.display(description="stories", ordering="story_count")
    def stories(self, obj: Article) -> int:
        return obj.story_count  # type: ignore[attr-defined]

    @admin.display(description="used in")
    def used_in(self, obj: Article) -> SafeString:
        return rests_on_it(obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(update_wrapper(partial(impact_page, self), impact_page))
        return [path("<int:object_id>/impact/", view, name="stories_article_impact"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change or not {"status", "status_note"} & set(form.changed_data):
            return super().save_model(request, obj, form, change)
        hold_shared_rows()
        before = Article.objects.values_list("status", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        standing_changed(obj, before, by=editor_of(request))
        obj.has_fallen = before != obj.status and obj.status in Article.Status.faulty()  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Whoever marks an article is shown what rests on it."""
        if not getattr(obj, "has_fallen", False) or "_popup" in request.POST:
            return super().response_change(request, obj)
        say_what_rests(request, obj)
        if not request.user.has_perm("stories.view_story"):
            return super().response_change(request, obj)
        return redirect("admin:stories_article_impact", obj.pk)

    def uses(self, obj: Article) -> list[str]:
        drafts = Story.objects.filter(sources__article=obj).distinct().order_by("headline", "pk")
        return [f"the story “{story}”" for story in drafts]

    def published_in(self, obj: Article) -> QuerySet[Version]:
        return Version.objects.filter(citations__article=obj).defer("document").distinct()
