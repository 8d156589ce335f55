import contextlib
import os
import runpy
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler

from newsdesk import environment
from newsdesk.environment import BadSetting

PRODUCTION = {
    "DEBUG": "false",
    "ALLOWED_HOSTS": "news.example.org",
    "SECRET_KEY": "T0aQ7-5mY2_vH8xK1cJ4bN9wR3eZ6uL0pS5dF8gA2iO7qW4tX1",
}
OWN = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "CACHE_URL", "TIME_ZONE"}
OWN |= {"LANGUAGE_CODE", "MEDIA_ROOT", "ORIGINALS_ROOT", "STATIC_ROOT", "TRUST_X_FORWARDED_PROTO"}
OWN |= {"MEDIA_STORAGE", "ORIGINALS_STORAGE", "MEDIA_URL", "S3_ENDPOINT_URL", "S3_REGION", "S3_ADDRESSING_STYLE"}

REFUSED = [
    ({"DEBUG": "maybe"}, "DEBUG is “maybe”"),
    ({"DEBUG": "false"}, "SECRET_KEY is not set"),
    ({**PRODUCTION, "SECRET_KEY": "short"}, "SECRET_KEY is too easily guessed"),
    ({**PRODUCTION, "SECRET_KEY": "x" * 60}, "SECRET_KEY is too easily guessed"),
    ({**PRODUCTION, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
    ({**PRODUCTION, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds “*”"),
    ({**PRODUCTION, "ALLOWED_HOSTS": "https://news.example.org"}, "ALLOWED_HOSTS holds “https://news.example.org”"),
    ({"ALLOWED_HOSTS": "localhost, news.example.org"}, "ALLOWED_HOSTS holds “news.example.org”, but debug mode"),
    ({"CSRF_TRUSTED_ORIGINS": "news.example.org"}, "CSRF_TRUSTED_ORIGINS holds “news.example.org”"),
    ({"DATABASE_URL": "mysql://news@db/news"}, "DATABASE_URL begins with “mysql”"),
    ({"DATABASE_URL": "news.sqlite3"}, "DATABASE_URL begins with “news.sqlite3”"),
    ({"DATABASE_URL": "postgres://news@db:port/news"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://news@[::1/news"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://db"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": "sqlite:///news.sqlite3"}, "DATABASE_URL names no whole path"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL names no whole path"),
    ({"CACHE_URL": "memcached://cache"}, "CACHE_URL begins with “memcached”"),
    ({"CACHE_URL": "redis://cache:port/1"}, "CACHE_URL cannot be read"),
    ({"CACHE_URL": "redis://cache:6379/news"}, "CACHE_URL ends in no database number"),
    ({"CACHE_URL": "redis://cache:6379/1?db=2"}, "CACHE_URL ends in no database number"),
    ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE is “Mars/Olympus”"),
    ({"LANGUAGE_CODE": "de"}, "LANGUAGE_CODE is “de”, to which the interface is not translated"),
    ({"TIME_ZONE": "../../etc/passwd"}, "TIME_ZONE is “../../etc/passwd”"),
    ({"TIME_ZONE": "Europe"}, "TIME_ZONE is “Europe”"),
    ({"MEDIA_ROOT": "media"}, "MEDIA_ROOT is “media”"),
    ({"ORIGINALS_ROOT": "originals"}, "ORIGINALS_ROOT is “originals”"),
    ({"STATIC_ROOT": "static"}, "STATIC_ROOT is “static”"),
    ({**PRODUCTION, "TRUST_X_FORWARDED_PROTO": "https"}, "TRUST_X_FORWARDED_PROTO is “https”"),
]
UNUSABLE = [
    ({"MEDIA_ROOT": "/dev/null/media"}, "MEDIA_ROOT needs the directory /dev/null/media"),
    ({"DATABASE_URL": "sqlite:////dev/null/news.sqlite3"}, "DATABASE_URL needs the directory /dev/null"),
    ({"MEDIA_ROOT": "/srv/media", "ORIGINALS_ROOT": "/srv/media/originals"}, "ORIGINALS_ROOT is /srv/media/originals"),
]


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A Python process with these of our variables and no others."""
    bare = {name: value for name, value in os.environ.items() if name not in OWN | {"DJANGO_ALLOW_ASYNC_UNSAFE"}}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env={**bare, **variables}, capture_output=True, text=True)


def said(process: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in process.stderr.splitlines() if line]


@pytest.fixture
def settings_with(monkeypatch):
    """Reads newsdesk/settings.py anew, with these of our variables and no others."""

    def read(**variables: str) -> SimpleNamespace:
        for name in OWN:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return SimpleNamespace(**runpy.run_path(str(settings.BASE_DIR / "newsdesk" / "settings.py")))

    return read


@pytest.mark.parametrize(("variables", "sentence"), REFUSED)
def test_bad_setting_is_refused_with_a_sentence_that_names_it(settings_with, variables, sentence):
    with pytest.raises(BadSetting) as refused:
        settings_with(**variables)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "migrate", "runserver", "help"])
def test_bad_setting_stops_every_command_with_that_sentence_alone(command):
    process = run("manage.py", command, TIME_ZONE="Mars/Olympus")
    assert process.returncode == 1
    sentence = "TIME_ZONE is “Mars/Olympus”, which is no known time zone; write one such as Europe/Paris."
    assert said(process) == [f"Newsdesk does not start: {sentence}"]


@pytest.mark.slow
@pytest.mark.parametrize(("variables", "sentence"), [REFUSED[0], *UNUSABLE])
def test_bad_setting_stops_the_server_for_good(variables, sentence):
    process = run("-W", "ignore", "-c", "import newsdesk.wsgi", **variables)
    assert process.returncode == 3
    assert any(line.startswith(f"Newsdesk does not start: {sentence}") for line in said(process))
    assert "Traceback" not in process.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DATABASE_URL": "postgres://news@127.0.0.1:1/news"}, "The database that DATABASE_URL names does not answer"),
        ({"CACHE_URL": "redis://127.0.0.1:1/0"}, "The cache that CACHE_URL names does not answer"),
        ({}, "STATIC_ROOT, "),
    ],
)
def test_server_does_not_start_without_what_its_pages_need(tmp_path, variables, sentence):
    places = {name: str(tmp_path / name) for name in ("STATIC_ROOT", "MEDIA_ROOT", "ORIGINALS_ROOT")}
    process = run("-W", "ignore", "-c", "import newsdesk.wsgi", **PRODUCTION, **places, **variables)
    assert process.returncode == 3
    assert any(line.startswith(f"Newsdesk does not start: {sentence}") for line in said(process))
    assert "Traceback" not in process.stderr


def test_a_checkout_may_lie_at_any_path(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    path = tmp_path / "a#b?c%41" / "newsdesk.sqlite3"
    path.parent.mkdir()
    assert environment.database("DATABASE_URL", path)["NAME"] == str(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "url", ["sqlite:////tmp", "sqlite:////nowhere/deep/news.sqlite3", "postgres://x@127.0.0.1:1/x"]
)
@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_database_that_cannot_be_is_said_in_a_sentence(url, command):
    process = run("manage.py", command, DATABASE_URL=url)
    assert process.returncode == 1
    assert "DATABASE_URL" in process.stderr
    assert "Traceback" not in process.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("variables", "sentence"), UNUSABLE)
def test_directory_that_cannot_be_used_stops_commands(variables, sentence):
    process = run("manage.py", "check", **variables)
    assert process.returncode == 1
    assert sentence in process.stderr
    assert "Traceback" not in process.stderr


@pytest.mark.slow
def test_database_that_is_away_is_named_before_anything_is_changed():
    process = run("manage.py", "migrate", DATABASE_URL="postgres://news:s3cret@127.0.0.1:1/news")
    assert process.returncode == 1
    assert "The database that DATABASE_URL names does not answer" in process.stderr
    assert "Traceback" not in process.stderr
    assert "s3cret" not in process.stderr


@pytest.mark.parametrize("url", ["postgres://news:s3cret@[db/news", "redis://:s3cret@cache:port/1"])
def test_sentence_does_not_tell_a_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("AN_ADDRESS", url)
    with pytest.raises(BadSetting) as refused:
        environment.cache("AN_ADDRESS") if url.startswith("redis") else environment.database("AN_ADDRESS", tmp_path)
    assert "s3cret" not in str(refused.value)


def test_nothing_set_is_right_for_one_machine(settings_with):
    read = settings_with()
    assert read.DEBUG is True
    assert read.TIME_ZONE == "UTC"
    assert read.DATABASES["default"]["NAME"] == str(settings.BASE_DIR / "var" / "newsdesk.sqlite3")
    assert read.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert sorted(read.ALLOWED_HOSTS) == ["127.0.0.1", "[::1]", "localhost"]


def test_empty_variable_counts_as_not_set(settings_with):
    read = settings_with(TIME_ZONE="", DEBUG=" ", DATABASE_URL="", ALLOWED_HOSTS=",")
    assert (read.TIME_ZONE, read.DEBUG, len(read.ALLOWED_HOSTS)) == ("UTC", True, 3)


def test_postgresql_comes_with_a_pool(settings_with):
    url = "postgres://news:a%40b@db.example.org:5433/news?sslmode=require"
    database = settings_with(DATABASE_URL=url).DATABASES["default"]
    read = [database[name] for name in ("NAME", "HOST", "PORT", "PASSWORD", "CONN_MAX_AGE")]
    assert read == ["news", "db.example.org", 5433, "a@b", 0]
    assert sorted(database["OPTIONS"]) == ["pool", "sslmode"]


def test_sessions_are_cached_only_where_all_processes_see_the_cache(settings_with):
    assert settings_with(CACHE_URL="redis://cache:6379/1").SESSION_ENGINE.endswith(".cached_db")
    assert settings_with(CACHE_URL="locmem://").SESSION_ENGINE.endswith(".db")


def test_originals_lie_beside_the_served_pictures(settings_with):
    read = settings_with(MEDIA_ROOT="/srv/newsdesk/media")
    assert str(read.ORIGINALS_ROOT) == "/srv/newsdesk/originals"


def test_production_sends_everything_over_https(settings_with):
    read = settings_with(**PRODUCTION)
    assert read.SECURE_SSL_REDIRECT
    assert read.SESSION_COOKIE_SECURE
    assert read.CSRF_COOKIE_SECURE
    assert read.SECURE_HSTS_SECONDS > 0


def test_production_trusts_a_proxy_only_when_told_to(settings_with):
    assert not hasattr(settings_with(**PRODUCTION), "SECURE_PROXY_SSL_HEADER")
    told = settings_with(**PRODUCTION, TRUST_X_FORWARDED_PROTO="true")
    assert told.SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.slow
def test_production_passes_the_deployment_checks():
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert process.returncode == 0, process.stderr


@pytest.mark.django_db
def test_sqlite_is_set_up_for_several_processes(settings_with, tmp_path):
    databases = ConnectionHandler(settings_with(DATABASE_URL=f"sqlite:///{tmp_path}/news.sqlite3").DATABASES)
    with contextlib.closing(databases["default"]) as connection, connection.cursor() as cursor:
        answers = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")]
    assert answers == ["wal", 1]
