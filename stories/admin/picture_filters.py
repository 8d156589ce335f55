"""What the photo desk filters its list by."""

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from stories.admin.lists import Choice
from stories.models import Image

AWAITING = Q(file="")
WITHOUT_ALT_TEXT = Q(alt_text="", decorative=False)
WITHOUT_CREDIT = Q(credit_line="")


class Needs(Choice):
    title = "what is still needed"
    parameter_name = "needs"
    conditions = {
        "anything": ("anything", AWAITING | WITHOUT_ALT_TEXT | WITHOUT_CREDIT),
        "file": ("its file", AWAITING),
        "alt_text": ("alt text", WITHOUT_ALT_TEXT),
        "credit": ("credit line", WITHOUT_CREDIT),
        "other_alt_text": ("alt text other than the caption", Q(alt_text=F("caption")) & ~Q(alt_text="")),
    }


class Rights(admin.SimpleListFilter):
    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("held", "held now"), ("ended", "ended"), ("ahead", "begin later")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        now = timezone.now()
        ended, ahead = Q(rights_until__lte=now), Q(rights_from__gt=now)
        conditions = {"held": ~ended & ~ahead, "ended": ended, "ahead": ahead}
        return queryset.filter(conditions.get(self.value() or "", Q()))


class Used(Choice):
    title = "use"
    parameter_name = "used"
    conditions = {
        "yes": ("in a gallery", Q(gallery_items__isnull=False)),
        "no": ("in no gallery", Q(gallery_items=None)),
    }
