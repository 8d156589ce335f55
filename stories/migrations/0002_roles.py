"""The roles of a newsroom, as groups. Their permissions can be changed in the admin afterwards."""

from django.apps.registry import Apps as StateApps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DRAFT = ["section", "source", "galleryitem", "externalresource", "timelineevent"]
SHARED = ["story", "article", "outlet", "topic", "image"]
SEEN = ["version", "citation", "placement", "previousslug"]

WRITE = ["add", "change", "view"]
EDITOR = {
    **{model: [*WRITE, "delete"] for model in DRAFT},
    **dict.fromkeys(SHARED, WRITE),
    **{model: ["view"] for model in SEEN},
    "story": [*WRITE, "publish", "withdraw", "place"],
}
CHIEF = {
    **EDITOR,
    **{model: [*WRITE, "delete"] for model in ["article", "outlet", "topic", "image"]},
    "story": [*EDITOR["story"], "delete"],
    "user": WRITE,
}
ROLES = {"Editor": EDITOR, "Photo desk": {"image": WRITE}, "Chief": CHIEF}


def create_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the groups that are missing; those there are keep what they were given."""
    for label in ("auth", "stories", "timelines"):
        create_missing_permissions(apps, label)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group, new = Group.objects.get_or_create(name=name)
        if new:
            codenames = [f"{act}_{model}" for model, acts in rights.items() for act in acts]
            group.permissions.set(
                Permission.objects.filter(
                    codename__in=codenames, content_type__app_label__in=["auth", "stories", "timelines"]
                )
            )


def create_missing_permissions(apps: StateApps, label: str) -> None:
    """Permissions are otherwise made when all migrations are done, which is too late to give them."""
    app_config = apps.get_app_config(label)
    # Without a models module an app counts as having no models.
    app_config.models_module = getattr(app_config, "models_module", True)  # type: ignore[assignment]
    create_permissions(app_config, apps=apps, verbosity=0)


def remove_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0001_initial"),
        ("timelines", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_roles, remove_roles)]
