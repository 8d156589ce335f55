"""The role of Reporter, and what the other roles may do beside what they were given before."""

from importlib import import_module
from typing import Any

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LABELS = ["auth", "stories", "timelines"]
WRITE = ["add", "change", "view"]
REPORTER = {
    "previewlink": ["add", "view"],
    **{
        model: [*WRITE, "delete"] for model in ["section", "source", "galleryitem", "externalresource", "timelineevent"]
    },
    **dict.fromkeys(["story", "article", "outlet", "image"], WRITE),
    **{
        model: ["view"] for model in ["topic", "version", "citation", "placement", "previousslug", "snapshot", "notice"]
    },
}
GIVEN = {
    "Editor": {"snapshot": ["view"], "notice": ["add", "view"], "previewlink": ["add", "view"], "auditentry": ["view"]},
    "Chief": {
        "snapshot": ["view"],
        "notice": ["add", "view"],
        "previewlink": ["add", "view"],
        "auditentry": ["view"],
        "version": ["redact"],
    },
}


def add_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the Reporter, if there is none, and give the others what came with this migration; nothing is taken away."""
    roles = import_module("stories.migrations.0002_roles")
    for label in LABELS:
        roles.create_missing_permissions(apps, label)
    groups = apps.get_model("auth", "Group").objects
    for name, rights in GIVEN.items():
        if group := groups.filter(name=name).first():
            group.permissions.add(*_permissions(apps, rights))
    reporter, new = groups.get_or_create(name="Reporter")
    if new:
        reporter.permissions.set(_permissions(apps, REPORTER))


def _permissions(apps: StateApps, rights: dict[str, list[str]]) -> list[Any]:
    codenames = [f"{act}_{model}" for model, acts in rights.items() for act in acts]
    permissions = apps.get_model("auth", "Permission").objects
    return list(permissions.filter(codename__in=codenames, content_type__app_label__in=LABELS))


def remove_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name="Reporter").delete()


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_snapshots_notices_audit")]
    operations = [migrations.RunPython(add_roles, remove_roles)]
