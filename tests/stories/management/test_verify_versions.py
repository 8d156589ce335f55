from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from stories.models import Version
from tests import factories

pytestmark = pytest.mark.django_db


def verified(*slugs):
    said = StringIO()
    try:
        call_command("verify_versions", *slugs, stdout=said)
    except CommandError as error:
        return said.getvalue(), str(error)
    return said.getvalue(), ""


def test_what_was_published_is_said_to_be_so():
    factories.live()
    factories.live()
    factories.draft()
    assert verified() == ("2 Versions of 2 stories are what was published.\n", "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"change_note": "Other"}, "its checksum does not follow from the Version before it"),
        ({"document_sha256": "0" * 64}, "its document is not the one that was published"),
        ({"headline": "Other"}, "what lists show of it is not what it says"),
        ({"article_count": 9}, "what lists show of it is not what it says"),
    ],
)
def test_a_changed_version_is_named(change, fault):
    story = factories.live(slug="ferry")
    factories.live(slug="other")
    Version.objects.filter(story=story).update(**change)
    said, error = verified()
    assert f"ferry: Version 1: {fault}.\n" in said
    assert "other" not in said
    assert error == "1 of 2 stories are not what was published."
    assert verified("other")[1] == ""


def test_lost_citations_are_found():
    factories.version(factories.live(slug="ferry")).citations.first().delete()
    said, _ = verified("ferry")
    assert said == "ferry: Version 1: what is kept of its citations and pictures is not what it has.\n"


def test_an_address_that_no_story_has_is_said():
    assert verified("unknown") == ("", "There is no story at the address unknown.")
