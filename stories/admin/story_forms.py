"""The head of a story's form: what is typed, what is refused, and the newer draft that is never overwritten unseen."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.text import slugify

from stories.admin.form_fields import tell_instead_of_cutting
from stories.admin.recovering import RECOVERED
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


class LockField(forms.IntegerField):
    """A `lock_version`; what is none counts as not said."""

    def clean(self, value: Any) -> int | None:
        text = str(value or 0)
        return int(text) if text.isdecimal() and len(text) < 10 else None


def was_published(story: Any) -> bool:
    """Whether the story has Versions: asked of the database once for the object that a request has."""
    if story.pk is not None and not hasattr(story, "has_versions"):
        story.has_versions = story.versions.exists()
    return story.pk is not None and story.has_versions


class StoryForm(forms.ModelForm):
    """With `is_kept_only`, what is typed is read to be kept beside the draft, and nobody is held up for it."""

    is_kept_only = False
    may_rename = True
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
    sitting = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen_lock = LockField(required=False, widget=forms.HiddenInput)
    made_as = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Story
        fields = ["headline", "standfirst", "byline", "slug", "topic", "parent", "language"]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "class": "headline-input"}),
            "standfirst": forms.Textarea(attrs={"rows": 3}),
            "byline": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = was_published(self.instance)
        self.address_before = self.instance.slug
        self.initial["seen_lock"] = self.instance.lock_version
        self.initial["sitting"] = uuid.uuid4()
        if "sitting" in self.fields:
            self.fields["sitting"].has_changed = lambda initial, data: False  # type: ignore[method-assign]
        if self.instance.pk is None:
            self.initial["made_as"] = uuid.uuid4()
        tell_instead_of_cutting(self.fields)
        if "standfirst" in self.fields:
            self.fields["standfirst"].validators.append(MaxLengthValidator(20_000))

    def clean_headline(self) -> str:
        """The headline on one line, its narrow and protected spaces kept."""
        return " ".join(line.strip() for line in self.cleaned_data["headline"].splitlines())

    @property
    def began_with(self) -> int | None:
        """The `lock_version` of the draft that the page was opened with, None where it does not say."""
        return self.cleaned_data.get("seen_lock")

    @property
    def is_recovered(self) -> bool:
        return RECOVERED in self.data

    @property
    def is_outrun(self) -> bool:
        """Whether somebody has saved the story since the page was opened: then the save merges."""
        return self.instance.pk is not None and self.began_with != self.instance.lock_version

    def clean_slug(self) -> str:
        typed = self.cleaned_data["slug"].strip()
        if self.is_kept_only:
            return typed
        if not typed:
            return self.address_before if self.published else ""
        if typed == self.address_before:
            return typed
        if self.published and not self.may_rename:
            raise ValidationError(
                "The address of a published story changes at once for readers. Ask somebody who may publish.",
                code="may_not_rename",
            )
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
        if self.is_kept_only:
            return cleaned
        if RECOVERED in self.data:
            raise ValidationError("This is what was typed. It is not saved yet.", code="recovered")
        if "parent" in self.changed_data:
            hold_shared_rows()  # before the model looks for a cycle
        made_as = cleaned.get("made_as") if self.instance.pk is None else None
        self.instance.uid = made_as or self.instance.uid
        self._give_slug(cleaned)
        self._validate_unique = self._has_new_place(cleaned)
        if made_as:
            self._refuse_second_copy(made_as)
        self.instance.is_outrun = self.is_outrun  # for the rows, which are read after the head
        return cleaned

    def _has_new_place(self, cleaned: dict[str, Any]) -> bool:
        """Whether anything has changed that the database holds unique: address and parent."""
        return cleaned.get("slug") != self.address_before or "parent" in self.changed_data

    def _get_validation_exclusions(self) -> set[str]:
        """Topic and parent that stay were looked for when they were chosen, and are never deleted while they are."""
        unchanged = {"topic", "parent"} - set(self.changed_data)
        return super()._get_validation_exclusions() | unchanged  # type: ignore[misc]

    def _refuse_second_copy(self, made_as: uuid.UUID) -> None:
        there = Story.objects.filter(uid=made_as).first()
        if there is None:
            return
        if there.lock_version:
            words = "This story was saved a moment ago: the form was sent twice. It is in the list of stories."
            raise ValidationError(words, code="sent_twice")
        raise ValidationError("The story was just being begun. Save it once more.", code="just_begun")

    def _give_slug(self, cleaned: dict[str, Any]) -> None:
        """An address from the headline, where there is none or one that stood in for it."""
        slug = cleaned.get("slug")
        if slug == "" or (slug and not self.published and self._is_stopgap(slug)):
            named = Story(uid=self.instance.uid, headline=cleaned.get("headline", ""))
            cleaned["slug"] = free_slug(named.own_slug(), self.instance)

    def _is_stopgap(self, slug: str) -> bool:
        """The address that stood in while there was no headline to take one from."""
        return slug == f"story-{self.instance.uid.hex[:8]}" and slug == self.address_before
