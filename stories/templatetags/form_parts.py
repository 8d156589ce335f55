"""The parts of which the story's form has hundreds, written here: the template engine takes five times as long.

What they show passes through `escape`; they say just what the templates of Django's widgets say.
"""

from html import escape
from typing import Any

from django import template
from django.forms import BoundField, Widget
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from stories.rich_text import mark_inert

register = template.Library()
TEXTAREA = "django/forms/widgets/textarea.html"
INPUTS = frozenset(f"django/forms/widgets/{name}.html" for name in ("text", "hidden", "number", "url"))


@register.simple_tag
def control(field: BoundField | str) -> SafeString:
    """The field's input, as `{{ field }}` would write it; nothing where the form of whoever may only look has none."""
    if not isinstance(field, BoundField):
        return mark_inert("")
    widget = field.field.widget
    if not _is_plain(widget) or field.field.localize:
        return SafeString(field)
    ids = {} if "id" in widget.attrs or not field.auto_id else {"id": field.auto_id}
    attrs = _attributes({**widget.attrs, **field.build_widget_attrs({}, widget), **ids})
    value = widget.format_value(field.value())
    if widget.template_name == TEXTAREA:
        return mark_inert(f'<textarea name="{field.html_name}"{attrs}>\n{escape(value or "")}</textarea>')
    shown = "" if value is None else f' value="{escape(value)}"'
    return mark_inert(f'<input type="{widget.input_type}" name="{field.html_name}"{shown}{attrs}>')


def _is_plain(widget: Any) -> bool:
    """Whether a widget is one of Django's that show a value and nothing else, however it is called."""
    context = type(widget).get_context
    if widget.template_name == TEXTAREA:
        return context is Widget.get_context
    return widget.template_name in INPUTS and context is Input.get_context


def _attributes(attrs: dict[str, Any]) -> str:
    told = [(name, value) for name, value in attrs.items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in told)


@register.simple_tag
def cell(field: BoundField, placeholder: str = "", list: str = "") -> SafeString:
    """A field of a row that is one line: its label, its input, and what is wrong with it."""
    errors, name = field.form.errors.get(field.name), field.auto_id
    faulty = f' aria-invalid="true" aria-describedby="{name}_error"' if errors else ""
    more = (f' list="{escape(list)}"' if list else "") + (
        f' placeholder="{escape(placeholder)}"' if placeholder else ""
    )
    return mark_inert(
        f'<div class="cell cell-{field.name}{" has-errors" if errors else ""}"><label for="{name}">'
        f'{escape(str(field.label))}</label><input type="text" name="{field.html_name}" id="{name}"'
        f' value="{_value(field)}"{more}{faulty} autocomplete="off">{errors if errors else ""}</div>'
    )


@register.simple_tag
def row_hidden(form: Any, ordered: bool) -> SafeString:
    """What a row posts unseen: which row it is, its place, and its number for good."""
    prefix, key = form.prefix, _key_of(form)
    place = form["position"] if ordered else None
    shown = f'<input type="hidden" name="{prefix}-id" value="{_value(form["id"])}">'
    if place is not None:
        shown += (
            f'<input type="hidden" class="_reorder_" name="{place.html_name}" id="{place.auto_id}"'
            f' value="{_value(place)}">'
        )
    return mark_inert(shown if key is None else f'{shown}<input type="hidden" name="{prefix}-key" value="{key}">')


def _key_of(form: Any) -> str | None:
    """None for a row that has no key yet."""
    known = getattr(form.instance, "key", None) or getattr(form.instance, "number", None)
    if known:
        return escape(str(known))
    return _value(form["key"]) if getattr(form, "was_stored", False) else None


def _value(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else escape(str(value))
