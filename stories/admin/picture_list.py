"""The photo desk's list of the library: a grid of thumbnails or a plain list, searched and filtered."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.admin.picture_filters import Needs, Rights, Used
from stories.admin.picture_form import still_needed
from stories.admin.scripts import modules
from stories.images.digital_source import told_to_readers
from stories.images.library import thumbnail_url
from stories.images.rights import RIGHTS_FIELDS, Withheld
from stories.images.rights import Rights as PictureRights
from stories.images.searching import matching
from stories.models import Image
from stories.where_used import story_counts

LAYOUT, PLAIN = "layout", "list"
IN_WORDS = {Withheld.KILLED: "Killed", Withheld.ENDED: "Rights ended", Withheld.AHEAD: "Rights not begun"}


class PictureChangeList(ChangeList):
    """Knows whether it is shown as a grid, and by how many stories each picture of the page is used."""

    @property
    def is_grid(self) -> bool:
        return self.params.get(LAYOUT) != PLAIN

    @property
    def other_layout(self) -> str:
        """The address of the same list in the other layout."""
        return self.get_query_string({LAYOUT: PLAIN} if self.is_grid else None, None if self.is_grid else [LAYOUT])

    def get_filters_params(self, params: Any = None) -> Any:
        return {name: value for name, value in super().get_filters_params(params).items() if name != LAYOUT}

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = story_counts(self.result_list)
        for image in self.result_list:
            image.story_count = counts[image.pk]


class PictureList(admin.ModelAdmin):
    """Mixed into the pictures' admin."""

    list_display = ["thumbnail", "picture", "credit", "marks", "needs", "stories", "uploaded"]
    list_display_links = ["picture"]
    list_filter = [Needs, Rights, Used, ("uploaded_by", admin.RelatedOnlyFieldListFilter), "uploaded_at"]
    list_select_related = ["uploaded_by"]
    list_per_page = 60
    search_fields = ["caption"]  # what is searched by says `matching`
    search_help_text = "Any words of a picture’s metadata: all of them must be there. “ä” is found by “a” too."
    show_full_result_count = False

    class Media:
        css = {"all": ["admin/picture-list.css"]}
        js = modules("picture-list")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PictureChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        return matching(queryset, search_term), False

    @admin.display(description="picture", empty_value="")
    def thumbnail(self, obj: Image) -> SafeString:
        return render_to_string("admin/stories/image/_thumbnail.html", {"image": obj, "url": thumbnail_url(obj)})

    @admin.display(description="caption", ordering="caption")
    def picture(self, obj: Image) -> str:
        return str(obj)

    @admin.display(description="credit line", ordering="credit_line", empty_value="")
    def credit(self, obj: Image) -> str:
        return obj.credit_line

    @admin.display(description="to know", empty_value="")
    def marks(self, obj: Image) -> SafeString | str:
        told = marks_of(obj)
        return render_to_string("admin/stories/image/_marks.html", {"marks": told}) if told else ""

    @admin.display(description="still needed", empty_value="")
    def needs(self, obj: Image) -> SafeString | str:
        needed = still_needed(obj)
        return format_html('<span class="needed">{}</span>', ", ".join(needed)) if needed else ""

    @admin.display(description="stories")
    def stories(self, obj: Image) -> int:
        return obj.story_count  # type: ignore[attr-defined]

    @admin.display(description="uploaded", ordering="uploaded_at")
    def uploaded(self, obj: Image) -> SafeString:
        return render_to_string("admin/stories/image/_uploaded.html", {"image": obj})


def marks_of(image: Image) -> list[tuple[str, str]]:
    """What is to be known before a picture is used: (a name for the stylesheet, words) each."""
    now = timezone.now()
    rights = PictureRights(*(getattr(image, name) for name in RIGHTS_FIELDS))
    withheld = rights.withheld(now)
    marks = [("fault", IN_WORDS[withheld])] if withheld else []
    if image.rights_until and rights.end_soon(now):
        marks.append(("care", f"Rights end {timezone.localtime(image.rights_until):%-d %b, %H:%M}"))
    if told := told_to_readers(image.digital_source_type):
        marks.append(("told", told))
    return marks
