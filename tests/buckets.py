"""Pictures in buckets of moto's server, for the tests that ask for it: one server in each process of a run."""

import itertools
import logging
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage, storages

from newsdesk.buckets import Buckets, buckets
from stories.models import Image

numbers = itertools.count(1)
POLICY = re.compile(r"```json\n(.*?ReadersGetPictures.*?)```", re.DOTALL)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server on this machine. Loading it takes a second, hence only here."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # else a line for each request
    server = import_module("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_variables(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a newsroom whose pictures lie in two buckets of its own; the buckets are not made yet."""
    number = next(numbers)
    variables = {
        "MEDIA_STORAGE": f"s3://pictures-{number}/news",
        "ORIGINALS_STORAGE": f"s3://originals-{number}",
        "S3_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "newsdesk",
        "AWS_SECRET_ACCESS_KEY": "known to the test alone",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def in_buckets(s3_variables: dict[str, str], settings: Any, monkeypatch: pytest.MonkeyPatch) -> Buckets:
    """Puts this test's pictures into two empty buckets, as the settings would."""
    settings.BUCKETS = read = buckets(debug=True)
    assert read is not None
    settings.MEDIA_URL = read.media_url
    for alias, parameters in read.storages().items():
        storage = storages.create_storage(parameters)
        storage.connection.meta.client.create_bucket(Bucket=storage.bucket_name)
        monkeypatch.setitem(storages._storages, alias, storage)
    policy = policy_of_the_docs().replace("news-pictures/", f"{read.media.bucket}/{read.media.prefix}/")
    storages["default"].bucket.Policy().put(Policy=policy)
    monkeypatch.setattr(default_storage, "_wrapped", storages["default"])
    monkeypatch.setattr(Image._meta.get_field("original"), "storage", storages["originals"])
    return read


def policy_of_the_docs() -> str:
    """The policy that docs/deployment.md gives to the bucket `news-pictures`."""
    [policy] = POLICY.findall((project.BASE_DIR / "docs" / "deployment.md").read_text(encoding="utf-8"))
    return str(policy)


def names_in_buckets() -> list[list[str]]:
    """The keys of all objects, as they are in the public and in the private bucket."""
    return [sorted(found.key for found in storages[alias].bucket.objects.all()) for alias in ("default", "originals")]
