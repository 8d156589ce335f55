"""Checks of what the settings point at; each finding names the variable to change."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.cache import cache
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.files.storage import storages
from django.db import DatabaseError, connections

TAG = "newsdesk"
BUCKET_OF = (("MEDIA_STORAGE", "default"), ("ORIGINALS_STORAGE", "originals"))


@register(TAG)
def check_directories(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Everything that Newsdesk writes can be written."""
    roots = [("MEDIA_ROOT", settings.MEDIA_ROOT), ("ORIGINALS_ROOT", settings.ORIGINALS_ROOT)]
    places = [] if settings.BUCKETS else roots
    database = settings.DATABASES["default"]
    problems = [_unwritable(name, Path(path)) for name, path in places if not _can_write(Path(path))]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        file = Path(database["NAME"])
        if not file.parent.is_dir() or not _can_write(file.parent):
            problems.append(_unwritable("DATABASE_URL", file.parent))
        elif file.is_dir():
            message = f"DATABASE_URL names {file}, which is a directory. Name a file in it."
            problems.append(Error(message, id="newsdesk.E001"))
    return problems


@register(TAG)
def check_originals_are_apart(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """No original lies where pictures are served from; of buckets, the settings see to that."""
    if settings.BUCKETS:
        return []
    originals = Path(settings.ORIGINALS_ROOT).resolve()
    if not any(originals.is_relative_to(Path(root).resolve()) for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT)):
        return []
    message = f"ORIGINALS_ROOT is {originals}, within a directory that is served. Set it elsewhere."
    return [Error(message, id="newsdesk.E002")]


@register("database")
def check_database_answers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The database of DATABASE_URL accepts a connection; asked by commands that are about to change it."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias].copy()
        options = connection.settings_dict["OPTIONS"]
        if options.pop("pool", None):  # a pool tries for long, and then does not say why
            options.setdefault("connect_timeout", 10)
        try:
            with connection.wrap_database_errors:
                connection.connect()
        except DatabaseError as error:
            reason = str(error).strip().split("\n")[0]
            errors.append(Error(f"The database that DATABASE_URL names does not answer: {reason}", id="newsdesk.E003"))
        finally:
            connection.close()
    return errors


def serving_problems() -> list[str]:
    """What keeps this process from serving others, a sentence each: beside the checks, what only a server needs."""
    return [*starting_problems(), *_cache_problems(), *_static_problems()]


def starting_problems() -> list[str]:
    """What keeps Newsdesk from starting: places that cannot be written, a database or bucket that does not answer."""
    found = [*run_checks(tags=[TAG]), *run_checks(tags=["database"], databases=["default"])]
    return [*(error.msg for error in found if error.is_serious()), *_bucket_problems()]


def _bucket_problems() -> list[str]:
    problems = []
    for name, alias in BUCKET_OF if settings.BUCKETS else ():
        try:
            storages[alias].answers()  # type: ignore[attr-defined]
        except OSError as error:
            problems.append(f"The bucket that {name} names does not answer: {error}")
    return problems


def _cache_problems() -> list[str]:
    try:
        cache.get("newsdesk-is-there")
    except Exception as error:  # each kind of cache has exceptions of its own
        return [f"The cache that CACHE_URL names does not answer: {error}"]
    return []


def _static_problems() -> list[str]:
    """Without the list that collectstatic writes, every page is an error."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin) or staticfiles_storage.hashed_files:
        return []
    return [f"STATIC_ROOT, {settings.STATIC_ROOT}, holds no collected files. Run “manage.py collectstatic” first."]


def _can_write(path: Path) -> bool:
    """Whether files can be made in the directory, or the directory itself, when it is first needed."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def _unwritable(name: str, path: Path) -> CheckMessage:
    message = f"{name} needs the directory {path}, which cannot be written. Set {name} to another."
    return Error(message, id="newsdesk.E001")
