"""Where on the story's form something stands: faults and findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stories.prepublication import Finding


@dataclass(frozen=True)
class Fault:
    """A field that the form refuses."""

    anchor: str
    label: str
    message: str


def anchor_of(finding: Finding) -> str:
    """The id on the form of the place that a finding names, "" where it names none."""
    place = finding.place
    return f"id_{place.field}" if place.kind == "story" and place.field else str(place)


def faults(form: Any, formsets: list[Any]) -> list[Fault]:
    """Every fault of the form and its rows, in the order of the page; the whole form's own are not among them."""
    found = list(_of_fields(form, ""))
    for formset in formsets:
        found += [
            Fault(f"{formset.prefix}-part", formset.title.capitalize(), str(e)) for e in formset.non_form_errors()
        ]
        for number, row in enumerate(formset.forms, 1):
            name = name_of(row, formset, number)
            found += _of_fields(row, f"{name}, ")
            found += [Fault(row_anchor(row, formset), name, str(e)) for e in row.non_field_errors()]
    return found


def _of_fields(form: Any, prefix: str) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        if name in form.fields:
            field = form[name]
            label = f"{prefix}{str(field.label).lower() if prefix else field.label}"
            yield from (Fault(field.auto_id, label, str(error)) for error in errors)


def row_anchor(row: Any, formset: Any) -> str:
    first = next(iter(row.fields))
    return (
        row[first].auto_id
        if row.instance._state.adding
        else (getattr(row.instance, "passage_id", "") or row[first].auto_id)
    )


def name_of(row: Any, formset: Any, number: int) -> str:
    what = {"sections": "Section", "timeline": "Event", "sources": "Source", "gallery": "Picture"}.get(
        formset.prefix, "Resource"
    )
    if row.vanished:
        return f"{what} in row {number}"
    if row.instance._state.adding:
        return f"New {what.lower()}"
    key = {"sections": "passage_id", "timeline": "passage_id", "sources": "number"}.get(formset.prefix)
    return f"{what} {getattr(row.instance, key) if key else number}"
