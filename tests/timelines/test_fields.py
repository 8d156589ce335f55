import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps

from timelines.dates import UnreadableDate, WordedDate
from timelines.fields import EventDateField, EventDateFormField

with isolate_apps("timelines"):

    class Happening(models.Model):
        date = EventDateField()
        label = models.CharField(max_length=300, blank=True)
        earliest = models.DateField(null=True, editable=False)
        latest = models.DateField(null=True, editable=False)

        class Meta:
            app_label = "timelines"

        def __str__(self) -> str:
            return self.label or self.date


class HappeningForm(forms.ModelForm):
    class Meta:
        model = Happening
        fields = ["date"]


@pytest.fixture
def happenings(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Happening)
    yield Happening.objects
    with connection.schema_editor() as editor:
        editor.delete_model(Happening)


def bounds(happening: Happening) -> tuple[dt.date | None, dt.date | None]:
    return happening.earliest, happening.latest


@pytest.mark.parametrize("make", ["create", "bulk_create"])
def test_saving_sets_the_bounds(happenings, make):
    if make == "create":
        happenings.create(date="2024-02")
    else:
        happenings.bulk_create([Happening(date="2024-02")])
    assert bounds(happenings.get()) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_bounds_follow_a_change_of_the_date(happenings):
    happening = happenings.create(date="2024-02")
    for edtf, expected in (("2014/..", (dt.date(2014, 1, 1), None)), ("../1944", (None, dt.date(1944, 12, 31)))):
        happening.date = edtf
        happening.save()
        assert bounds(happenings.get()) == expected


def test_unreadable_date_has_no_bounds(happenings):
    happening = happenings.create(date="2024")
    happening.date = ""
    happening.save()
    assert (happenings.get().date, *bounds(happenings.get())) == ("", None, None)


def test_what_is_not_edtf_is_never_stored(happenings):
    with pytest.raises(UnreadableDate):
        happenings.create(date="Feb 24 2022")
    assert not happenings.exists()


def test_validation_refuses_what_is_not_edtf():
    with pytest.raises(ValidationError, match="is not an EDTF date") as caught:
        Happening(date="Feb 24 2022").full_clean()
    assert caught.value.error_dict["date"][0].code == "edtf"
    Happening(date="2022-02-24").full_clean()
    Happening(date="").full_clean()


@isolate_apps("timelines")
def test_bounds_that_are_saved_before_the_date_are_an_error():
    class Early(models.Model):  # noqa: DJ008
        earliest = models.DateField(null=True)
        date = EventDateField()
        latest = models.DateField(null=True)

        class Meta:
            app_label = "timelines"

    assert [error.id for error in Early._meta.get_field("date").check()] == ["timelines.E001"]
    assert Happening._meta.get_field("date").check() == []


def test_field_is_the_same_after_a_migration():
    field = EventDateField(earliest_field="first", label_field="wording")
    _, _, args, kwargs = field.deconstruct()
    again = EventDateField(*args, **kwargs)
    assert (again.earliest_field, again.latest_field, again.label_field) == ("first", "latest", "wording")
    assert "latest_field" not in kwargs


def test_form_shows_a_stored_date_as_it_is_printed():
    assert HappeningForm(instance=Happening(date="2025-12-06/2025-12-07"))["date"].value() == "Dec 6–7 2025"
    assert HappeningForm(instance=Happening(date="2026", label="Early 2026"))["date"].value() == "Early 2026"
    assert HappeningForm(instance=Happening(label="the other day"))["date"].value() == "the other day"
    assert HappeningForm(instance=Happening())["date"].value() == ""
    assert EventDateFormField().prepare_value("2022-02-24") == "Feb 24 2022"


def test_form_shows_a_typed_date_as_it_was_typed():
    for typed in ("2022-02-24", "2007-08", "2021-22", "Feb 30 2024"):
        assert HappeningForm({"date": typed})["date"].value() == typed


TYPED = [
    ("Feb 24, 2022", "2022-02-24", "", ""),
    ("Early 2026", "2026", "Early 2026", ""),
    ("Feb 30 2024", "", "Feb 30 2024", "29 days"),
    ("", "", "", ""),
]


@pytest.mark.parametrize(("typed", "edtf", "label", "error"), TYPED)
def test_form_always_keeps_what_was_typed(typed, edtf, label, error):
    form = HappeningForm({"date": typed}, instance=Happening(date="1999", label="Late 1999"))
    assert form.is_valid(), form.errors
    assert (form.instance.date, form.instance.label) == (edtf, label)
    assert error in form.cleaned_data["date"].error


def test_form_refuses_a_whole_text_as_a_date():
    form = HappeningForm({"date": "x" * 301})
    assert form.errors["date"] == ["A date has at most 300 characters. Put the rest into the event's text."]


@pytest.mark.parametrize(
    ("date", "label", "typed", "changed"),
    [
        ("2022-02-24", "", "Feb 24 2022", False),
        ("2022-02-24", "", "24 February 2022", False),
        ("2022-02-24", "", "Feb 25 2022", True),
        ("2026", "Early 2026", "Early 2026", False),
        ("2026", "Early 2026", "2026", True),
        ("", "the other day", "the other day", False),
        ("", "", "", False),
        ("2022", "", "", True),
    ],
)
def test_form_has_changed_when_what_is_stored_would(date, label, typed, changed):
    assert HappeningForm({"date": typed}, instance=Happening(date=date, label=label)).has_changed() is changed


def test_disabled_date_stays():
    form = HappeningForm({"date": "2023"}, instance=Happening(date="2026", label="Early 2026"))
    form.fields["date"].disabled = True
    assert form.is_valid()
    assert (form.instance.date, form.instance.label) == ("2026", "Early 2026")


def test_required_date_is_asked_for():
    with pytest.raises(ValidationError):
        EventDateFormField().clean(" ")
    assert EventDateFormField().clean("2022") == WordedDate("2022")
