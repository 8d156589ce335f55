"""The story's form as a browser fills it in: opened, typed into, sent."""

from typing import Any

from django.test import Client
from lxml import html

from stories.models import Story

ADD = "/admin/stories/story/add/"


def address(story: Story, page: str = "change") -> str:
    return f"/admin/stories/story/{story.pk}/{page}/"


def fields(response: Any) -> dict[str, str]:
    """What the page's form would send if nothing was typed."""
    form = html.fromstring(response.content.decode()).get_element_by_id("story_form")
    for area in form.iter("textarea"):
        area.text = (area.text or "").removeprefix("\n")  # as a browser reads it
    return dict(form.form_values())


def opened(client: Client, story: Story | None = None) -> dict[str, str]:
    return fields(client.get(address(story) if story else ADD))


def with_row(form: dict[str, str], part: str, **values: str) -> dict[str, str]:
    """The form with one more row in the part."""
    number = int(form[f"{part}-TOTAL_FORMS"])
    row = {f"{part}-{number}-{name}": value for name, value in values.items()}
    return {**form, **row, f"{part}-TOTAL_FORMS": str(number + 1)}


def save(client: Client, form: dict[str, str], story: Story | None = None, **typed: str) -> Any:
    return client.post(address(story) if story else ADD, {**form, **typed, "_save": "1"}, follow=True)


def press(client: Client, story: Story, page: str, **typed: Any) -> Any:
    """Fill in the page of a verb as it is now and press its button."""
    story.refresh_from_db()
    return client.post(address(story, page), {"lock_version": story.lock_version, **typed}, follow=True)


def messages(response: Any) -> list[str]:
    return [html.fromstring(str(message)).text_content() for message in response.context["messages"]]


def text(response: Any) -> str:
    """What the page says, with its spaces made single."""
    return " ".join(html.fromstring(response.content.decode()).text_content().split())
