"""Each file of a picture becomes a row, templates and kills come; and who may do what with them."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps as StateApps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KILL, LIFT = "kill_image", "lift_kill_image"
TEMPLATES = ["add_metadatatemplate", "change_metadatatemplate", "delete_metadatatemplate", "view_metadatatemplate"]
GIVEN = {
    "Reporter": ["view_metadatatemplate"],
    "Editor": [KILL, *TEMPLATES],
    "Photo desk": [KILL, *TEMPLATES],
    "Chief": [KILL, LIFT, *TEMPLATES],
}


def note_files(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The files that pictures have come first: what is one picture's file now and was another's is the first's."""
    PictureFile = apps.get_model("stories", "PictureFile")
    Image: Any = apps.get_model("stories", "Image")
    images = Image.objects.exclude(sha256="", earlier_sha256=[]).order_by("pk")
    columns = list(images.values_list("pk", "sha256", "original", "earlier_sha256"))
    files = {sha256: (pk, original) for pk, sha256, original, _ in columns if sha256}
    for pk, _, _, earlier in columns:
        for sha256 in earlier:
            files.setdefault(sha256, (pk, ""))
    PictureFile.objects.bulk_create(
        PictureFile(image_id=pk, sha256=sha256, original=original) for sha256, (pk, original) in files.items()
    )


def put_back_earlier_files(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Image: Any = apps.get_model("stories", "Image")
    for image in Image.objects.prefetch_related("files"):
        image.earlier_sha256 = [file.sha256 for file in image.files.all() if file.sha256 != image.sha256]
        image.save(update_fields=["earlier_sha256"])


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the roles may do that came with this migration; a group that is gone stays so."""
    import_module("stories.migrations.0002_roles").create_missing_permissions(apps, "stories")
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="stories")
    for name, codenames in GIVEN.items():
        if group := apps.get_model("auth", "Group").objects.filter(name=name).first():
            group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0009_source_positions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="image",
            options={
                "ordering": ["-uploaded_at", "-pk"],
                "permissions": [
                    ("kill_image", "Can kill a picture"),
                    ("lift_kill_image", "Can lift the kill of a picture"),
                ],
            },
        ),
        migrations.AddField(
            model_name="image",
            name="embedded",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="filename",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="name of the upload"),
        ),
        migrations.AddField(
            model_name="image",
            name="has_content_credentials",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="kill_reason",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="killed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="killed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="likeness",
            field=models.CharField(blank=True, editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name="image",
            name="may_be_cropped",
            field=models.BooleanField(
                default=True,
                help_text="Not for maps and charts, nor where the licence forbids it: they are shown whole everywhere.",
                verbose_name="may be cropped",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="taken_precision",
            field=models.CharField(
                choices=[("time", "to the minute"), ("day", "the day"), ("month", "the month"), ("year", "the year")],
                default="time",
                max_length=5,
                verbose_name="what is known of it",
            ),
        ),
        migrations.CreateModel(
            name="MetadataTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("caption", models.TextField(blank=True, verbose_name="general caption")),
                ("creator", models.CharField(blank=True, max_length=300)),
                ("credit_line", models.CharField(blank=True, max_length=300)),
                ("copyright_notice", models.CharField(blank=True, max_length=300)),
                ("source_name", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source address")),
                ("usage_terms", models.TextField(blank=True)),
                ("web_statement", models.URLField(blank=True, max_length=2000, verbose_name="web statement of rights")),
                ("licensor_url", models.URLField(blank=True, max_length=2000, verbose_name="licensor's address")),
                ("place", models.CharField(blank=True, max_length=300)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "taken_precision",
                    models.CharField(
                        choices=[
                            ("time", "to the minute"),
                            ("day", "the day"),
                            ("month", "the month"),
                            ("year", "the year"),
                        ],
                        default="day",
                        max_length=5,
                        verbose_name="what is known of it",
                    ),
                ),
                ("rights_from", models.DateTimeField(blank=True, null=True)),
                ("rights_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rights_until", None),
                            ("rights_from", None),
                            ("rights_until__gt", models.F("rights_from")),
                            _connector="OR",
                        ),
                        name="template_rights_end_after_they_begin",
                        violation_error_message="The rights end before they begin.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PictureFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("original", models.CharField(blank=True, max_length=200)),
                ("renditions", models.JSONField(blank=True, default=list)),
                ("rendered_as", models.CharField(blank=True, max_length=64)),
                ("superseded", models.JSONField(blank=True, default=list)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="stories.image"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(note_files, put_back_earlier_files),
        migrations.RemoveField(model_name="image", name="earlier_sha256"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
