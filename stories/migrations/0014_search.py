"""The index of search: what is in it, and the words, in what each database has for that.

On SQLite a trigger drops an entry's words with the entry. Django makes a table anew when it alters one there, and
triggers go with the old one: a later change of SearchEntry has to make this one again.
"""

import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE stories_search_words USING fts5("
        "headline, standfirst, body, sources, beginnings, tokenize='ascii')",
        "CREATE TRIGGER stories_search_words_go AFTER DELETE ON stories_searchentry "
        "BEGIN DELETE FROM stories_search_words WHERE rowid = old.id; END",
    ],
    "postgresql": [
        "ALTER TABLE stories_searchentry ADD COLUMN words tsvector NOT NULL DEFAULT '', "
        "ADD COLUMN beginnings tsvector NOT NULL DEFAULT ''",
        "CREATE INDEX search_by_words ON stories_searchentry USING gin (words)",
        "CREATE INDEX search_by_beginnings ON stories_searchentry USING gin (beginnings)",
    ],
}
DROP = {"sqlite": ["DROP TRIGGER stories_search_words_go", "DROP TABLE stories_search_words"], "postgresql": []}


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("stories", "0013_policies")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_sha256", models.CharField(max_length=64)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search_entry", to="stories.version"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SearchOutlet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outlets", to="stories.searchentry"
                    ),
                ),
            ],
            options={
                "ordering": ["entry", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name", "entry"), name="an_outlet_is_told_once_in_an_entry")
                ],
            },
        ),
        migrations.RunPython(make, drop),
    ]
