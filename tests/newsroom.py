"""Members of the newsroom, for tests."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, User

PASSWORD = "a long pass phrase"


def member(role: str) -> User:
    """Somebody who signs in under this role, with PASSWORD. Makes the roles that a test's database has lost."""
    import_module("stories.migrations.0002_roles").create_roles(apps, None)
    if not Group.objects.filter(name="Reporter").exists():
        import_module("stories.migrations.0006_reporters").add_roles(apps, None)
        import_module("stories.migrations.0010_photo_desk").give_rights(apps, None)
        import_module("stories.migrations.0012_error_reports").give_rights(apps, None)
        import_module("stories.migrations.0013_policies").give_rights(apps, None)
    user = User.objects.create_user(role.lower().replace(" ", "-"), password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user
