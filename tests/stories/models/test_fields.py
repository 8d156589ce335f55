import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from stories.models import Section
from stories.models.fields import SanitisedRichTextField


def test_body_is_sanitised_before_it_is_saved():
    section = Section(body="<h2 class=x>Head</h2><script>x</script>")
    assert Section._meta.get_field("body").pre_save(section, True) == "<p>Head</p>"
    assert section.body == "<p>Head</p>"


def test_value_of_a_bulk_write_is_sanitised():
    field = Section._meta.get_field("body")
    assert field.get_db_prep_save("<p onclick=x>a</p>", connection) == "<p>a</p>"


def test_field_can_be_rebuilt_by_a_migration():
    _name, path, args, kwargs = Section._meta.get_field("body").deconstruct()
    assert path == "stories.models.fields.SanitisedRichTextField"
    assert SanitisedRichTextField(*args, **kwargs).deconstruct()[1:] == (path, args, kwargs)


def test_text_that_no_document_holds_is_refused():
    field = Section._meta.get_field("body")
    field.run_validators("<p>One.</p>")
    with pytest.raises(ValidationError, match="Divide it"):
        field.run_validators("&" * 250_000)
