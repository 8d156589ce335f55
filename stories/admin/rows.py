"""The rows of a story's parts on its form: made for thousands, and never dropped without a word."""

from collections.abc import Callable
from typing import Any

from adminsortable2.admin import CustomInlineFormSet, SortableInlineAdminMixin
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.formsets import ManagementForm
from django.forms.models import construct_instance
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from stories.admin.form_fields import tell_instead_of_cutting
from stories.draft import Rows
from stories.models import Story
from stories.rich_text import mark_inert
from stories.templatetags.form_parts import control

Posted = Callable[[str], str | None]  # what was posted of a row, by the name of the field


class RowForm(forms.ModelForm):
    """One row. What the database holds unique its formset checks, all rows at once instead of a query each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_instead_of_cutting(self.fields)

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Django's own, without its queries for the constraints of each row."""
        excluded = self._get_validation_exclusions()  # type: ignore[attr-defined]
        try:
            construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            self.instance.clean_fields(exclude=excluded | {"story"})
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    @cached_property
    def changed_data(self) -> list[str]:
        """A new row that has a place but nothing else is an empty row."""
        changed = super().changed_data
        return [] if self.instance._state.adding and changed == ["position"] else changed

    @classmethod
    def posted_as_shown(cls, instance: Any, posted: Posted) -> bool:
        """Whether the fields of a stored row came back to the letter as a page shows them; `posted` gives a field's
        value. Where a form cannot tell, the row is read."""
        return False

    @property
    def vanished(self) -> bool:
        """The row was there when the page was opened and has been deleted since."""
        return bool(getattr(self, "was_stored", False) and self.instance._state.adding)

    is_as_shown = False

    @property
    def removed(self) -> bool:
        return self.is_bound and bool(self["DELETE"].value()) if "DELETE" in self.fields else False


class StoredRow:
    """A posted row that says just what is stored: nothing of it is read, checked or saved.

    A story has a hundred rows, of which a save changes one or two. Whoever asks for more than the answers here gets
    them from the row's whole form, which is made then.
    """

    was_stored, is_as_shown = True, True
    vanished, removed = False, False

    def __init__(self, formset: Any, number: int, instance: Any) -> None:
        self._formset, self._number, self.instance = formset, number, instance
        self.prefix = formset.add_prefix(number)
        self.changed_data: list[str] = []

    @cached_property
    def _whole(self) -> Any:
        form = self._formset.whole_form(self._number)
        form.full_clean()
        return form

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._whole, name)

    def __getitem__(self, name: str) -> Any:
        return self._whole[name]

    @property
    def errors(self) -> Any:
        return self._whole.errors if "_whole" in self.__dict__ else {}

    def has_changed(self) -> bool:
        return False

    def is_valid(self) -> bool:
        return not self.errors


class Counts(ManagementForm):
    """How many rows there are: four inputs for each part, written without the template engine."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return mark_inert("".join(control(field) for field in self))

    __str__ = __html__ = render


class RowFormSet(CustomInlineFormSet):
    """Rows in their order; a row that someone deleted meanwhile is stored anew when its writer saves it."""

    _errors: Any

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        return self._stored_row(i) or self.whole_form(i, **kwargs)

    def _stored_row(self, number: int) -> StoredRow | None:
        """The row, where it came back as it is stored."""
        if not self.is_bound or number >= self.initial_form_count():
            return None
        prefix = self.add_prefix(number)
        pk = self.data.get(f"{prefix}-id", "")
        instance = self._existing_object(int(pk)) if pk.isdecimal() and len(pk) < 19 else None
        if instance is None or f"{prefix}-DELETE" in self.data:
            return None
        as_shown = self.form.posted_as_shown(instance, lambda name: self.data.get(f"{prefix}-{name}"))
        return StoredRow(self, number, instance) if as_shown else None

    def _should_delete_form(self, form: Any) -> bool:
        return not form.is_as_shown and bool(super()._should_delete_form(form))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        stored = None if form.instance._state.adding else form.instance.pk
        form.fields["id"] = forms.IntegerField(required=False, initial=stored, widget=forms.HiddenInput)
        form.fields["key"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        for name in ("id", "key"):
            form.fields[name].has_changed = lambda initial, data: False

    def whole_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.was_stored = i < self.initial_form_count()
        form.fields["id"].required = False
        return form

    @cached_property
    def management_form(self) -> Any:
        form = super().management_form
        data = self.data if self.is_bound else None
        counts = Counts(data, auto_id=self.auto_id, prefix=self.prefix, initial=form.initial, renderer=self.renderer)
        counts.full_clean()
        return counts

    @cached_property
    def empty_form(self) -> Any:
        """The row that a new one is copied from; Django's own makes it anew each time that it is asked."""
        return super().empty_form

    def full_clean(self) -> None:
        """With what is found wrong with a stored row beside the others."""
        super().full_clean()
        if self._errors:
            self._errors = [form.errors for form in self.forms if not self._should_delete_form(form)]

    def validate_unique(self) -> None:
        """Left to the subclasses, which say at which row and field something is given twice."""

    def save(self, commit: bool = True) -> Any:
        """Rows that have only moved are stored together: one that comes first moves all the others."""
        self.moved: list[Any] = []
        saved = super().save(commit)
        self.model.objects.bulk_update(self.moved, ["position"], batch_size=500)
        return saved

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        if not commit or form.changed_data != ["position"]:
            return super().save_existing(form, obj, commit)
        self.moved.append(form.instance)
        return form.instance

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        saved = super().save_new_objects(commit)
        for form in self.initial_forms:
            if form.vanished and not self._should_delete_form(form):
                self.new_objects.append(self.save_new(form, commit=commit))
        return saved

    @property
    def standing_forms(self) -> list[Any]:
        """The rows that will be there after the save."""
        return [
            form
            for form in self.forms
            if not self._should_delete_form(form) and (form.was_stored or form.has_changed())
        ]

    @property
    def has_faults(self) -> bool:
        return self.is_bound and (any(self.errors) or bool(self.non_form_errors()))


class KeyedFormSet(RowFormSet):
    """Rows with a key for good: a passage's id. `counter` names the story's count of keys given."""

    counter: str

    def save_new(self, form: Any, commit: bool = True) -> Any:
        key = getattr(self.instance, self.counter) + 1
        setattr(self.instance, self.counter, key)
        form.instance.key = key
        return super().save_new(form, commit=commit)


def is_as_shown(posted: Posted, shown: dict[str, Any]) -> bool:
    """Whether each field was posted just as it is shown; a browser ends lines in its own way."""
    return all(
        (value := posted(name)) is not None and value.replace("\r\n", "\n") == str(text).replace("\r\n", "\n")
        for name, text in shown.items()
    )


def without_shortcuts(field: Any, *actions: str) -> Any:
    """The form field without the buttons beside it that delete or show the related row, nor those for `actions`."""
    for action in ("delete", "view", *actions):
        if hasattr(getattr(field, "widget", None), f"can_{action}_related"):
            setattr(field.widget, f"can_{action}_related", False)
    return field


class PartInline(admin.options.InlineModelAdmin):
    """A part of a story: whoever may change the story may change it."""

    form = RowForm
    formset = RowFormSet
    extra = 0

    def _may(self, request: HttpRequest, *actions: str) -> bool:
        return any(request.user.has_perm(f"stories.{action}_story") for action in actions)

    def has_view_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return self._may(request, "view", "change", "add")

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return self._may(request, "change", *([] if obj else ["add"]))

    def has_add_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        return self.has_change_permission(request, obj)


class OrderedPart(SortableInlineAdminMixin, PartInline):
    """A part whose rows an editor arranges."""

    formset = RowFormSet


class PartRows:
    """What the story's page needs of one part: its inline and its formset, without a wrapper for each row."""

    def __init__(self, inline: PartInline, formset: Any, *, may_change: bool) -> None:
        self.opts = inline
        self.formset = formset
        self.has_add_permission = self.has_change_permission = self.has_delete_permission = may_change
        self.media = inline.media + formset.empty_form.media
        formset.title = inline.verbose_name_plural


def rows_of(formsets: list[Any]) -> Rows:
    """The stored rows that the formsets of an unposted form have read."""
    stored = {formset.prefix: list(formset.get_queryset()) for formset in formsets}
    return Rows(
        gallery=stored["gallery"],
        sections=stored["sections"],
        sources=sorted(stored["sources"], key=lambda source: source.number),  # the form has them as they are arranged
        events=stored["timeline"],
        resources=stored["resources"],
    )
