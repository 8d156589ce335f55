"""What the photo desk filters its list by."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from stories.admin.lists import Choice
from stories.images.rights import WARNED_BEFORE
from stories.images.wanting import (
    ALT_TEXT_IS_THE_CAPTION,
    AWAITING,
    WITHOUT_ALT_TEXT,
    WITHOUT_CREDIT,
    WITHOUT_WORDS,
)
from stories.models import GalleryItem, Image, PictureFile, VersionPicture


class Needs(Choice):
    title = "what is still needed"
    parameter_name = "needs"
    conditions = {
        "anything": ("anything", AWAITING | WITHOUT_ALT_TEXT | WITHOUT_CREDIT),
        "words": ("alt text or credit line", WITHOUT_WORDS),
        "file": ("its file", AWAITING),
        "alt_text": ("alt text", WITHOUT_ALT_TEXT),
        "credit": ("credit line", WITHOUT_CREDIT),
        "other_alt_text": ("alt text other than the caption", ALT_TEXT_IS_THE_CAPTION),
    }


class Rights(admin.SimpleListFilter):
    """By what may be shown at the moment that it is asked."""

    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        words = {"held": "held now", "ending": "end within a week", "ended": "ended", "ahead": "begin later"}
        return [*words.items(), ("killed", "killed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        now = timezone.now()
        ended, ahead, killed = Q(rights_until__lte=now), Q(rights_from__gt=now), ~Q(killed_at=None)
        conditions = {
            "held": ~ended & ~ahead & ~killed,
            "ending": Q(rights_until__gt=now, rights_until__lte=now + WARNED_BEFORE) & ~killed,
            "ended": ended,
            "ahead": ahead,
            "killed": killed,
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


IN_A_DRAFT = Exists(GalleryItem.objects.filter(image=OuterRef("pk")))
SHOWN = Exists(VersionPicture.objects.filter(sha256=OuterRef("sha256")))
IN_A_VERSION = Exists(PictureFile.objects.filter(SHOWN, image=OuterRef("pk")))


class Used(Choice):
    """By drafts and by Versions, past and scheduled ones too, also under a file that was replaced."""

    title = "use"
    parameter_name = "used"
    conditions = {
        "yes": ("in a draft or a version", Q(IN_A_DRAFT) | Q(IN_A_VERSION)),
        "no": ("unused", ~Q(IN_A_DRAFT) & ~Q(IN_A_VERSION)),
    }
