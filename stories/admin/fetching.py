"""Fetching an article's details, in the admin: asked for by a button or for several at once, and told how it stands."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stories.fetching.asking import OFF, request_details
from stories.models import Article, Fetch
from stories.shared_rows import hold_shared_rows

NOTHING_TO_ASK = "Nothing is asked for: it has no address, lacks neither title, outlet nor date, or is waiting already."
ASKED = "The details are being fetched from the page. Load this page again in a moment."


def fetch_of(article: Article | None) -> Fetch | None:
    """What became of fetching the article's details, if anybody asked for them."""
    return getattr(article, "fetch", None)


class FilledMeanwhile(forms.ModelForm):
    """A form of an Article that was opened before its details were fetched does not blank them again."""

    were_blank = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["were_blank"].initial = " ".join(name for name in self.fields if not self.initial.get(name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        fetch = fetch_of(self.instance)
        if fetch and cleaned.get("url") == self.instance.url:
            were_blank = cleaned.get("were_blank", "").split()
            blank = [name for name in fetch.filled if name in were_blank and not cleaned.get(name, True)]
            cleaned.update({name: getattr(self.instance, name) for name in blank})
        return cleaned


class FetchesDetails(admin.ModelAdmin):
    """Mixed into the admin of articles."""

    change_form_template = "admin/stories/article/change_form.html"
    actions = ["fetch_details"]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Held before it is read, so that nothing is filled in between reading and saving it."""
        if request.method == "POST":
            hold_shared_rows()
        return super().get_object(request, object_id, from_field)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj: Any = kwargs.get("obj")
        may_change = obj is not None and self.has_change_permission(request, obj)
        context["may_fetch"] = may_change and settings.FETCH_ARTICLES and bool(obj.url)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        has_moved = obj.url != form.initial.get("url") and "_fetch" not in request.POST
        if has_moved or not change:
            request_details([obj])

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_fetch" not in request.POST:
            return super().response_change(request, obj)
        asked = request_details([obj])
        sentence = (ASKED if asked else NOTHING_TO_ASK) if settings.FETCH_ARTICLES else OFF
        self.message_user(request, f"The article is saved. {sentence}", messages.INFO if asked else messages.WARNING)
        return redirect("admin:stories_article_change", obj.pk)

    @admin.action(description="Fetch details", permissions=["change"])
    def fetch_details(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        chosen = list(queryset)
        asked = request_details(chosen)
        if not settings.FETCH_ARTICLES:
            self.message_user(request, OFF, messages.WARNING)
            return
        left = len(chosen) - len(asked)
        said = f"Details are being fetched for {len(asked)} article{'' if len(asked) == 1 else 's'}."
        if left:
            said += f" {left} more: without address, lacking neither title, outlet nor date, or waiting already."
        self.message_user(request, said, messages.INFO if asked else messages.WARNING)

    @admin.display(description="details from the page")
    def fetched(self, obj: Article) -> str:
        fetch = fetch_of(obj)
        if fetch is not None:
            return f"{fetch.said} ({fetch.at:%Y-%m-%d})" if fetch.state != Fetch.State.QUEUED else fetch.said
        return "Not asked for." if settings.FETCH_ARTICLES else OFF
