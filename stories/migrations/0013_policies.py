"""Policies and their editions; who may write and publish them; and the four that readers look for, without a text."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import stories.models.fields

WRITE = ["view_policy", "add_policy", "change_policy"]
GIVEN = {
    "Reporter": ["view_policy"],
    "Editor": [*WRITE, "publish_policy"],
    "Chief": [*WRITE, "delete_policy", "publish_policy"],
}
LOOKED_FOR = {
    "corrections": "Corrections policy",
    "sourcing": "Sourcing policy",
    "ownership": "Ownership and funding",
    "contact": "Contact",
}


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the roles may do with policies; a group that is gone stays so."""
    import_module("stories.migrations.0002_roles").create_missing_permissions(apps, "stories")
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="stories")
    for name, codenames in GIVEN.items():
        if group := apps.get_model("auth", "Group").objects.filter(name=name).first():
            group.permissions.add(*permissions.filter(codename__in=codenames))


def make_drafts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Titles alone: what a newsroom promises its readers is for the newsroom to write."""
    Policy = apps.get_model("stories", "Policy")
    Policy.objects.bulk_create(
        Policy(slug=slug, title=title, position=place) for place, (slug, title) in enumerate(LOOKED_FOR.items(), 1)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0012_error_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("slug", models.SlugField(allow_unicode=True, max_length=120, unique=True)),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="A language tag such as “en” or “pt-BR”.",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*)\\Z",
                                "Write a language tag such as “en” or “pt-BR”.",
                            )
                        ],
                    ),
                ),
                ("body", stories.models.fields.SanitisedRichTextField(blank=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("lock_version", models.PositiveIntegerField(default=0, editable=False)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                (
                    "modified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "policies",
                "ordering": ["position", "title", "pk"],
                "permissions": [("publish_policy", "Can publish a policy and end it")],
            },
        ),
        migrations.CreateModel(
            name="PolicyEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=35)),
                ("body", stories.models.fields.SanitisedRichTextField()),
                ("note", models.TextField(blank=True)),
                ("end_note", models.TextField(blank=True)),
                ("in_force_from", models.DateTimeField()),
                ("in_force_until", models.DateTimeField(blank=True, null=True)),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="stories.policy"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["policy", "-number"],
            },
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="a_policy_has_a_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.UniqueConstraint(
                fields=("policy", "number"), name="an_edition_number_is_given_once_in_a_policy"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_force_until", None)),
                fields=("policy",),
                name="a_policy_has_one_edition_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until", None), ("in_force_until__gt", models.F("in_force_from")), _connector="OR"
                ),
                name="an_edition_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True), name="an_edition_says_something"
            ),
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.RunPython(make_drafts, migrations.RunPython.noop),
    ]
