"""The environment, read: each variable gives a right value, or one sentence that names it."""

import contextlib
import os
import re
import warnings
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]")
KEY_LENGTH = 50


class BadSetting(ImproperlyConfigured):
    """An environment variable that cannot be used; the message is a sentence for whoever set it."""


def text(name: str, default: str = "") -> str:
    """The variable without spaces around it; one that is set but empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if value and value not in YES | NO:
        raise BadSetting(f"{name} is “{value}”; write true or false.")
    return value in YES if value else default


def names(name: str, default: Sequence[str] = ()) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def hosts(name: str, *, debug: bool) -> list[str]:
    """The hosts that are answered: with debug on this machine only, else given by name."""
    given = names(name, sorted(LOOPBACK) if debug else ())
    if not given:
        raise BadSetting(f"{name} is not set; DEBUG=false needs the hosts that readers use, such as news.example.org.")
    for host in given:
        if not HOST.fullmatch(host):
            raise BadSetting(f"{name} holds “{host}”; write host names alone, without scheme, port, path or *.")
    elsewhere = sorted(set(given) - LOOPBACK)
    if debug and elsewhere:
        raise BadSetting(f"{name} holds “{elsewhere[0]}”, but debug mode answers this machine only; set DEBUG=false.")
    return given


def origins(name: str) -> list[str]:
    """Origins such as https://news.example.org."""
    given = names(name)
    for origin in given:
        if not re.fullmatch(r"https?://[\w*.:\[\]-]+", origin):
            raise BadSetting(f"{name} holds “{origin}”; write scheme and host, such as https://news.example.org.")
    return given


def secret_key(name: str, *, debug: bool) -> str:
    """The signing key; only debug mode has one of its own, which anybody can read here."""
    key = text(name)
    if debug:
        return key or "known-to-all-and-therefore-only-for-debug-mode-on-loopback"
    if not key:
        raise BadSetting(f"{name} is not set; DEBUG=false needs {KEY_LENGTH} random characters, kept secret.")
    if len(key) < KEY_LENGTH or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise BadSetting(f"{name} is too easily guessed; set {KEY_LENGTH} random characters or more.")
    return key


def time_zone(name: str, default: str) -> str:
    zone = text(name, default)
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"{name} is “{zone}”, which is no known time zone; write one such as Europe/Paris.") from None
    return zone


def language(name: str, default: str, known: Sequence[tuple[str, str]]) -> str:
    """One of the languages, given by code and name, that the interface is translated to."""
    code = text(name, default).lower()
    if code not in dict(known):
        offered = ", ".join(f"{one} ({called})" for one, called in known)
        raise BadSetting(f"{name} is “{code}”, to which the interface is not translated; write one of {offered}.")
    return code


def directory(name: str, default: Path) -> Path:
    """An absolute path; whether it can be written is for the project checks."""
    path = Path(text(name, str(default)))
    if not path.is_absolute():
        raise BadSetting(f"{name} is “{path}”; write the whole path, beginning with /.")
    return path


def database(name: str, default: Path) -> dict[str, Any]:
    """The database behind sqlite:///PATH or postgres://USER@HOST/NAME, set up as each wants it."""
    url = text(name)
    if not url:
        with contextlib.suppress(OSError):  # the project checks say what is wrong with it
            default.parent.mkdir(exist_ok=True)
        return _sqlite(name, {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)})
    scheme = url.partition(":")[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise BadSetting(
            f"{name} begins with “{scheme[:20]}”; write sqlite:///PATH or postgres://USER:PASSWORD@HOST/NAME."
        )
    config = _parsed(name, url, environ.Env.db_url_config)
    return _sqlite(name, config) if scheme == "sqlite" else _postgresql(name, config)


def _sqlite(name: str, config: dict[str, Any]) -> dict[str, Any]:
    path = Path(config["NAME"])
    if config["NAME"] == ":memory:" or not path.is_absolute():
        raise BadSetting(
            f"{name} names no whole path; write sqlite:/// and the path, as in sqlite:////srv/news.sqlite3."
        )
    config["CONN_MAX_AGE"] = None
    config["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    return config


def _postgresql(name: str, config: dict[str, Any]) -> dict[str, Any]:
    if not config["NAME"]:
        raise BadSetting(f"{name} names no database; write postgres://USER:PASSWORD@HOST:PORT/NAME.")
    config["CONN_MAX_AGE"] = 0  # the pool keeps connections open, and refuses to be set beside any other age
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 16, "timeout": 20}}
    return config


def cache(name: str) -> dict[str, Any]:
    """The cache behind redis://HOST:PORT/NUMBER; without the variable one in each process."""
    url = text(name, "locmem://")
    scheme = url.partition(":")[0]
    if scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if scheme not in {"redis", "rediss"}:
        raise BadSetting(f"{name} begins with “{scheme[:20]}”; write redis://HOST:PORT/NUMBER, or leave it out.")
    config = _parsed(name, url, environ.Env.cache_url_config)
    if not re.fullmatch(r"/?[0-9]{0,3}", urlsplit(url).path) or urlsplit(url).query:
        raise BadSetting(f"{name} ends in no database number; write redis://HOST:PORT/NUMBER, such as …/1.")
    return config


def _parsed(name: str, url: str, parse: Any) -> dict[str, Any]:
    """What django-environ makes of an address; the sentence repeats none of it, for it may hold a password."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            urlsplit(url).port  # noqa: B018 - raises for a port that is no number
            return dict(parse(url))
    except (ValueError, Warning, ImproperlyConfigured):
        message = f"{name} cannot be read; check host and port, and that special characters are %-encoded."
        raise BadSetting(message) from None
