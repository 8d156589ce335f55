import pytest
from django import forms
from django.contrib.auth.models import User
from lxml import html

from stories.templatetags.form_parts import cell, control
from tests.factories import draft
from tests.stories.admin.story_form import address, opened, save, with_row

TRICKY = """"<b>'&amp; \u202f\n\ntwo"""


class Form(forms.Form):
    line = forms.CharField(
        required=False, max_length=9, widget=forms.TextInput({"class": "vTextField", "hidden": True})
    )
    text = forms.CharField(help_text="Say more.", widget=forms.Textarea({"rows": 2, "data-rich-text": ""}))
    number = forms.IntegerField(required=False, disabled=True)
    place = forms.URLField(assume_scheme="https", widget=forms.URLInput({"id": "of-its-own"}))
    unseen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    chosen = forms.ChoiceField(choices=[("a", "One"), ("b", "<Two>")])
    ticked = forms.BooleanField()


@pytest.mark.parametrize("typed", [None, {}, dict.fromkeys(Form.base_fields, TRICKY)])
@pytest.mark.parametrize("initial", [{}, dict.fromkeys(Form.base_fields, TRICKY), {"number": 1234, "line": ""}])
def test_an_input_is_what_django_writes(typed, initial):
    form = Form(typed, initial=initial, prefix="part-3")
    for field in form:
        assert control(field) == str(field).rstrip()


def test_a_cell_escapes_what_it_shows_and_says_what_is_wrong():
    form = Form({"line": TRICKY, "text": "x"})
    shown = html.fragment_fromstring(cell(form["line"], placeholder='a "b"'))
    assert shown.find("input").get("value") == TRICKY
    assert shown.find("input").get("placeholder") == 'a "b"'
    assert shown.find("input").get("aria-describedby") == "id_line_error"
    assert "at most 9 characters" in shown.text_content()
    assert "aria-invalid" not in cell(form["text"])


@pytest.mark.django_db
def test_rows_post_which_they_are_and_their_place(client):
    client.force_login(User.objects.create_superuser("editor"))
    story = draft()
    save(client, with_row(opened(client, story), "resources", url="https://more.example/", title="More"), story)
    form = opened(client, story)
    section, source, resource = story.sections.get(), story.sources.first(), story.resources.get()
    assert (form["sections-0-id"], form["sections-0-key"], form["sections-0-position"]) == (str(section.pk), "1", "0")
    assert (form["sources-0-id"], form["sources-0-key"]) == (str(source.pk), "1")
    assert form["sources-0-position"] == "0"
    assert form["resources-0-id"] == str(resource.pk)
    assert form["resources-0-key"] == ""
    page = html.fromstring(client.get(address(story)).content.decode())
    assert page.xpath("//template[@data-empty='sections']//input[@name='sections-__prefix__-id']/@value") == [""]
