"""What rests on an article: its own page, and what its form says of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.admin.where_used import where_used
from stories.impact import impact_of, published_count
from stories.models import Article
from stories.where_used import uses_of_article

NO_NOTE = "Say in its note what was corrected or why it was retracted: whoever looks at the stories will ask."


def impact_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Every passage that rests on the article, story by story; those that rest on it alone stand first."""
    if not request.user.has_perms(["stories.view_article", "stories.view_story"]):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=object_id)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"What rests on “{article}”",
        "article": article,
        "impact": impact_of(article),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/stories/article/impact.html", context)


def rests_on_it(article: Article) -> SafeString:
    """The stories that use the article, with the way to every passage."""
    used = where_used(uses_of_article(article), "No draft has it as a source, and no version cites it.")
    context = {"article": article, "count": published_count(article), "used": used}
    return render_to_string("admin/stories/article/_rests.html", context)


def say_what_rests(request: HttpRequest, article: Article) -> None:
    """Tell the editor who has just marked the article what rests on it."""
    marked = article.get_status_display()
    messages.warning(request, f"“{article}” is marked as {marked}. {impact_of(article).sentence()}")
    if not article.status_note:
        page = reverse("admin:stories_article_change", args=[article.pk])
        messages.warning(request, format_html('{} <a href="{}#id_status_note">Add the note</a>', NO_NOTE, page))
