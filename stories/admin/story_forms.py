"""The head of a story's form: what is typed, what is refused, and the newer draft that is never overwritten unseen."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.text import slugify

from stories.draft import DraftRefused, free_slug, refuse_taken_slug
from stories.models import Story
from stories.models.story import SLUG_LENGTH
from stories.shared_rows import hold_shared_rows

HEADLINE_LENGTH = 300
MOST_SUB_STORIES = 200


class HeadlinesField(forms.CharField):
    """Headlines, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))

    def validate(self, value: Any) -> None:
        for headline in value:
            if len(headline) > HEADLINE_LENGTH:
                raise ValidationError(
                    "“%(beginning)s…” has %(length)d characters; a headline has at most %(limit)d. Write one a line.",
                    code="long_headline",
                    params={"beginning": headline[:40], "length": len(headline), "limit": HEADLINE_LENGTH},
                )
        if len(value) > MOST_SUB_STORIES:
            raise ValidationError(f"At most {MOST_SUB_STORIES} headlines at a time.", code="too_many")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data))


class StoryForm(forms.ModelForm):
    slug = forms.CharField(
        label="Address",
        required=False,
        help_text="The last part of the story's address. Leave it empty to take it from the headline. "
        "Once the story was published, a change leaves a redirect behind.",
    )
    new_sub_stories = HeadlinesField(
        label="Add sub-stories",
        required=False,
        help_text="One headline a line. Each becomes a draft under “Dive deeper” of this story.",
    )
    seen_lock = forms.IntegerField(required=False, widget=forms.HiddenInput)
    made_as = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Story
        fields = ["headline", "standfirst", "byline", "slug", "topic", "parent", "language", "review_state"]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "class": "headline-input"}),
            "standfirst": forms.Textarea(attrs={"rows": 3}),
            "byline": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = bool(self.instance.pk) and self.instance.versions.exists()
        self.address_before, self.conflict = self.instance.slug, False
        self.initial["seen_lock"] = self.instance.lock_version
        if self.instance.pk is None:
            self.initial["made_as"] = uuid.uuid4()
        if "standfirst" in self.fields:
            self.fields["standfirst"].validators.append(MaxLengthValidator(20_000))

    def clean_headline(self) -> str:
        """The headline on one line, its narrow and protected spaces kept."""
        return " ".join(line.strip() for line in self.cleaned_data["headline"].splitlines())

    def clean_slug(self) -> str:
        typed = self.cleaned_data["slug"].strip()
        if not typed:
            return self.address_before if self.published else ""
        if typed == self.address_before:
            return typed
        slug = slugify(typed, allow_unicode=True)
        if not slug or len(slug) > SLUG_LENGTH:
            raise ValidationError(f"Use up to {SLUG_LENGTH} letters, digits and hyphens.", code="bad_slug")
        try:
            refuse_taken_slug(slug, self.instance)
        except DraftRefused as error:
            raise ValidationError(f"{error.messages[0]} Choose a different one.", code="taken_slug") from error
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "parent" in self.changed_data:
            hold_shared_rows()  # before the model looks for a cycle
        if self.instance.pk is None:
            self._refuse_second_copy(cleaned.get("made_as"))
        self._give_slug(cleaned)
        if self.instance.pk is not None and cleaned.get("seen_lock") != self.instance.lock_version:
            self._refuse_overwriting()
        return cleaned

    def _refuse_overwriting(self) -> None:
        """Refuse to save over a newer draft, unless the editor, having seen that it is there, chose to."""
        if self.data.get("overwrite") == str(self.instance.lock_version):
            return
        self.conflict = True
        raise ValidationError(
            "%(who)s saved this story at %(when)s, after you opened it. What you typed is not saved yet, and not lost.",
            code="newer_draft",
            params={"who": self.instance.modified_by or "Someone", "when": in_newsroom_time(self.instance.modified_at)},
        )

    def _refuse_second_copy(self, made_as: uuid.UUID | None) -> None:
        if made_as is None:
            return
        if Story.objects.filter(uid=made_as).exists():
            raise ValidationError(
                "This story was saved a moment ago: the form was sent twice. It is in the list of stories.",
                code="sent_twice",
            )
        self.instance.uid = made_as

    def _give_slug(self, cleaned: dict[str, Any]) -> None:
        """An address from the headline, where there is none or one that stood in for it."""
        slug = cleaned.get("slug")
        if slug == "" or (slug and not self.published and self._is_stopgap(slug)):
            named = Story(uid=self.instance.uid, headline=cleaned.get("headline", ""))
            cleaned["slug"] = free_slug(named.own_slug(), self.instance)

    def _is_stopgap(self, slug: str) -> bool:
        """The address that stood in while there was no headline to take one from."""
        return slug == f"story-{self.instance.uid.hex[:8]}" and slug == self.address_before


def in_newsroom_time(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%d %b, %H:%M:%S %Z").lstrip("0")
