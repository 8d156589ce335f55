"""A sign-in for each role of the demo newsroom, with a password that stays the same from run to run."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

ROLES = {"reporter": "Reporter", "editor": "Editor", "photo": "Photo desk", "chief": "Chief"}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another


@dataclass(frozen=True)
class SignIn:
    """One account; `password` is "" when somebody has set another one than was generated."""

    role: str
    name: str
    password: str


class NoRoles(Exception):
    """The groups of the roles are not in the database."""


@transaction.atomic
def create_sign_ins(kept_in: Path, *, anew: bool = False) -> list[SignIn]:
    """Make the accounts that are missing, and tell each one's generated password.

    A password that somebody changed is left alone, unless all are to be set `anew`. Passwords are kept in a file that
    only its owner can read. Raises NoRoles before migrations have run.
    """
    groups = {group.name: group for group in Group.objects.filter(name__in=ROLES.values())}
    if len(groups) < len(ROLES):
        raise NoRoles
    known = {} if anew else _read(kept_in)
    passwords = {name: known.get(name) or _generated() for name in ROLES}
    _write(kept_in, passwords)
    return [_sign_in(name, groups[role], passwords[name], anew=anew) for name, role in ROLES.items()]


def _sign_in(name: str, group: Group, password: str, *, anew: bool) -> SignIn:
    user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    if is_new:
        user.groups.add(group)
    if is_new or anew:
        user.set_password(password)
        user.save(update_fields=["password"])
    return SignIn(group.name, name, password if user.check_password(password) else "")


def _generated() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: word for name, word in kept.items() if isinstance(word, str)} if isinstance(kept, dict) else {}


def _write(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # so that the file is made anew, with this mode from its first moment
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(passwords, file, indent=2)
