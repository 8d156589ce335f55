import os

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from redis.exceptions import ConnectionError as NoAnswer

from tests.missing import missing

REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")


@pytest.fixture
def shared_cache(settings):
    """Sessions as they are with CACHE_URL=redis://…"""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    try:
        caches["default"].set("newsdesk-test", 1, timeout=10)
    except NoAnswer:
        missing("Redis on 127.0.0.1:6379, or at REDIS_URL")
    return caches["default"]


@pytest.mark.django_db
def test_sign_out_ends_the_session_for_all_processes(shared_cache, client):
    client.force_login(User.objects.create_superuser("chief"))
    cookie = client.cookies["sessionid"].value
    assert client.get("/admin/").status_code == 200
    assert shared_cache.get(f"django.contrib.sessions.cached_db{cookie}")
    client.post("/admin/logout/")
    assert not shared_cache.get(f"django.contrib.sessions.cached_db{cookie}")
    client.cookies["sessionid"] = cookie
    assert client.get("/admin/").status_code == 302
