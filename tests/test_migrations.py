"""The tables can be made, unmade and made again, and hold what the models say."""

import pytest
from django.core.management import call_command
from django.db import connection

TABLES = {
    "stories_story",
    "stories_previousslug",
    "stories_section",
    "stories_source",
    "stories_article",
    "stories_outlet",
    "stories_image",
    "stories_galleryitem",
    "stories_externalresource",
    "stories_topic",
    "stories_placement",
    "stories_version",
    "stories_citation",
    "stories_versionpicture",
    "stories_evidence",
    "stories_standingcheck",
    "timelines_timelineevent",
}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_migrations_run_backwards_and_forwards_again():
    assert set(connection.introspection.table_names()) >= TABLES
    try:
        call_command("migrate", "timelines", "zero", verbosity=0)
        call_command("migrate", "stories", "zero", verbosity=0)
        assert not set(connection.introspection.table_names()) & TABLES
    finally:
        call_command("migrate", verbosity=0)
    assert set(connection.introspection.table_names()) >= TABLES


@pytest.mark.django_db
def test_no_model_has_changed_since_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
