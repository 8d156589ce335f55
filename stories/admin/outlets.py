"""Outlets: who published the reports that stories rest on."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.admin.deletion import KeptWhileUsed
from stories.admin.form_fields import AddressField
from stories.admin.lists import count_of
from stories.admin.where_used import where_used
from stories.models import Article, Outlet
from stories.where_used import uses_of_outlet

MOST_ARTICLES = 30


class OutletForm(forms.ModelForm):
    homepage = AddressField()

    class Meta:
        model = Outlet
        fields = ["name", "kind", "country", "homepage", "slug"]

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise ValidationError("Write the country as two letters: CH, UA, …", code="country")
        return country


@admin.register(Outlet)
class OutletAdmin(KeptWhileUsed):
    form = OutletForm
    list_display = ["name", "kind", "country", "home", "articles"]
    list_filter = ["kind", "country"]
    list_per_page = 100
    search_fields = ["name", "slug", "homepage"]
    search_help_text = "Name or address"
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["its_articles", "used_in"]

    class Media:
        css = {"all": ["admin/lists.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        return super().get_queryset(request).annotate(article_count=count_of(Article.objects.all(), by="outlet"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Outlet | None = None) -> dict[str, Any]:
        """Only for a new outlet: the address of a known one does not follow its name."""
        return {} if obj else self.prepopulated_fields

    def get_fieldsets(self, request: HttpRequest, obj: Outlet | None = None) -> Any:
        fieldsets: list[Any] = [(None, {"fields": OutletForm.Meta.fields})]
        return [*fieldsets, ("Where it is used", {"fields": ["its_articles", "used_in"]})] if obj else fieldsets

    @admin.display(description="articles")
    def its_articles(self, obj: Outlet) -> SafeString:
        newest = obj.articles.order_by(F("published").desc(nulls_last=True), "title", "pk")[:MOST_ARTICLES]
        count = obj.article_count  # type: ignore[attr-defined]
        return render_to_string("admin/stories/outlet/_articles.html", {"articles": newest, "count": count, "obj": obj})

    @admin.display(description="stories")
    def used_in(self, obj: Outlet) -> SafeString:
        return where_used(uses_of_outlet(obj), "No draft, and nothing that readers have, rests on its articles.")

    @admin.display(description="homepage", ordering="homepage", empty_value="–")
    def home(self, obj: Outlet) -> SafeString | str:
        return outward(obj.homepage)

    @admin.display(description="articles", ordering="article_count")
    def articles(self, obj: Outlet) -> int:
        return obj.article_count  # type: ignore[attr-defined]

    def uses(self, obj: Outlet) -> list[str]:
        return [f"the article “{article}”" for article in obj.articles.order_by("title", "pk")]


def outward(url: str) -> SafeString | str:
    """A link that leaves the newsroom, shown as the name of the site it leads to."""
    if not url:
        return ""
    shown = (urlsplit(url).hostname or url).removeprefix("www.")
    return format_html('<a class="outward" href="{}" rel="noreferrer" title="{}">{}</a>', url, url, shown)
