"""The settings of production on PostgreSQL, but for static files: they keep their names, so none are collected."""

import os
import secrets
import tempfile

HOST = "newsdesk.example"
directory = tempfile.TemporaryDirectory(prefix="newsdesk-bench-")
os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
os.environ.update(
    DEBUG="false",
    ALLOWED_HOSTS=HOST,
    SECRET_KEY=secrets.token_urlsafe(60),
    STATIC_ROOT=directory.name,
    MEDIA_ROOT=f"{directory.name}/media",
    ORIGINALS_ROOT=f"{directory.name}/originals",
)

from newsdesk.settings import *  # noqa: E402, F403
from newsdesk.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": f"newsdesk_bench_{os.getpid()}"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ROOT_URLCONF = "bench.urls"
TEMPLATES.append({**TEMPLATES[0], "NAME": "plain", "DIRS": []})  # Django's own, for the plain admin
