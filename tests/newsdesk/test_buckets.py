import os
import subprocess
import sys

import pytest
from django.conf import settings

from newsdesk import checks
from newsdesk.buckets import buckets
from newsdesk.environment import BadSetting
from tests.newsdesk.test_environment import OWN, PRODUCTION, settings_with  # noqa: F401 - a fixture

BOTH = {"MEDIA_STORAGE": "s3://pictures/news", "ORIGINALS_STORAGE": "s3://originals", "S3_REGION": "eu-west-1"}
LOCAL = {"S3_ENDPOINT_URL": "http://127.0.0.1:9000", "S3_REGION": ""}
REFUSED = [
    ({"MEDIA_STORAGE": "pictures"}, "MEDIA_STORAGE is “pictures”; write s3://BUCKET"),
    ({"MEDIA_STORAGE": "s3://"}, "MEDIA_STORAGE is “s3://”"),
    ({"MEDIA_STORAGE": "s3://Pictures"}, "MEDIA_STORAGE is “s3://Pictures”"),
    ({"MEDIA_STORAGE": "s3://key:secret@pictures"}, "MEDIA_STORAGE is “s3://key:secret@pictures”"),
    ({"MEDIA_STORAGE": "s3://pictures/../news"}, "MEDIA_STORAGE is “s3://pictures/../news”"),
    ({"ORIGINALS_STORAGE": "https://originals"}, "ORIGINALS_STORAGE is “https://originals”"),
    ({"ORIGINALS_STORAGE": ""}, "ORIGINALS_STORAGE is not set, but MEDIA_STORAGE is"),
    ({"MEDIA_STORAGE": ""}, "MEDIA_STORAGE is not set, but ORIGINALS_STORAGE is"),
    ({"ORIGINALS_STORAGE": "s3://pictures/news/"}, "ORIGINALS_STORAGE is the place of MEDIA_STORAGE, or"),
    ({"ORIGINALS_STORAGE": "s3://pictures/news/originals"}, "ORIGINALS_STORAGE is the place of MEDIA_STORAGE, or"),
    ({"ORIGINALS_STORAGE": "s3://pictures"}, "ORIGINALS_STORAGE is the place of MEDIA_STORAGE, or"),
    ({"S3_REGION": ""}, "S3_REGION is “”; write the region"),
    ({"S3_REGION": "Paris, France"}, "S3_REGION is “Paris, France”"),
    ({"S3_ENDPOINT_URL": "s3.example.org"}, "S3_ENDPOINT_URL cannot be used"),
    ({"S3_ENDPOINT_URL": "https://s3.example.org/bucket"}, "S3_ENDPOINT_URL cannot be used"),
    ({"S3_ADDRESSING_STYLE": "auto"}, "S3_ADDRESSING_STYLE is “auto”; write virtual or path"),
    ({"MEDIA_URL": "media.example.org"}, "MEDIA_URL is “media.example.org”"),
    ({"MEDIA_URL": "https://media.example.org/?a=1"}, "MEDIA_URL is “https://media.example.org/?a=1”"),
    ({"MEDIA_URL": "https://media.example.org/; script-src *"}, "MEDIA_URL is “https://media.example.org/; script"),
    ({"MEDIA_STORAGE": "", "ORIGINALS_STORAGE": "", "MEDIA_URL": "https://m.example.org"}, "MEDIA_URL is set, but"),
]
ADDRESSES = [
    ({}, "https://pictures.s3.eu-west-1.amazonaws.com/news/"),
    ({"S3_ADDRESSING_STYLE": "path"}, "https://s3.eu-west-1.amazonaws.com/pictures/news/"),
    ({"MEDIA_STORAGE": "s3://pictures"}, "https://pictures.s3.eu-west-1.amazonaws.com/"),
    (LOCAL, "http://127.0.0.1:9000/pictures/news/"),
    ({"S3_ENDPOINT_URL": "https://s3.example.org", "S3_ADDRESSING_STYLE": "virtual"},
     "https://pictures.s3.example.org/news/"),
    ({"MEDIA_URL": "https://media.example.org"}, "https://media.example.org/"),
]  # fmt: skip


@pytest.fixture
def given(monkeypatch):
    """Sets these of our variables and no others."""

    def set_them(**variables: str) -> None:
        for name in OWN:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_them


@pytest.mark.parametrize(("variables", "sentence"), REFUSED)
def test_bad_setting_is_refused_with_a_sentence_that_names_it(given, variables, sentence):
    given(**BOTH | variables)
    with pytest.raises(BadSetting) as refused:
        buckets(debug=True)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


def test_one_bucket_holds_both_under_prefixes_of_their_own(given):
    given(**BOTH | {"ORIGINALS_STORAGE": "s3://pictures/news-originals"})
    assert buckets(debug=True).originals.prefix == "news-originals"


def test_packages_that_are_missing_are_named_by_the_file_that_has_them(given, monkeypatch):
    monkeypatch.setattr("newsdesk.buckets.find_spec", lambda name: None)
    given(**BOTH)
    with pytest.raises(BadSetting, match=r"^MEDIA_STORAGE names a bucket, .* requirements/s3\.txt\.$"):
        buckets(debug=True)


@pytest.mark.parametrize(("variables", "address"), ADDRESSES)
def test_public_address_is_that_of_the_bucket_unless_another_is_given(given, variables, address):
    given(**BOTH | variables)
    read = buckets(debug=True)
    assert read.media_url == address
    assert read.storages()["default"]["OPTIONS"]["base_url"] == address


def test_pictures_of_https_pages_come_over_https(given):
    given(**BOTH | LOCAL)
    with pytest.raises(BadSetting, match=r"^MEDIA_URL is “http://127\.0\.0\.1:9000/pictures/news/”; pages are https"):
        buckets(debug=False)


def test_nothing_set_leaves_files_on_the_disk(settings_with):  # noqa: F811
    read = settings_with()
    assert read.BUCKETS is None
    assert read.MEDIA_URL == "/media/"
    assert {read.STORAGES[alias]["BACKEND"].rpartition(".")[2] for alias in ("default", "originals")} == {
        "FileSystemStorage"
    }
    assert read.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] == ["'self'"]


def test_policies_allow_pictures_from_the_public_bucket_and_nothing_else(settings_with):  # noqa: F811
    read = settings_with(**BOTH, **PRODUCTION)
    readers, staff = read.CONTENT_SECURITY_POLICY["DIRECTIVES"], read.ADMIN_CONTENT_SECURITY_POLICY
    address = "https://pictures.s3.eu-west-1.amazonaws.com/news/"
    assert readers["img-src"] == ["'self'", address]
    assert staff["img-src"] == ["'self'", address, "data:"]
    assert [name for name, sources in {**readers, **staff}.items() if address in sources] == ["img-src"]


def test_directories_that_are_not_used_need_not_be_writable(settings, in_buckets):
    settings.MEDIA_ROOT = settings.ORIGINALS_ROOT = "/dev/null/media"
    assert checks.check_directories(None) == checks.check_originals_are_apart(None) == []
    settings.BUCKETS = None
    assert len(checks.check_directories(None)) == 2


@pytest.mark.django_db
def test_bucket_that_is_not_there_is_named_at_the_start(settings, in_buckets):
    assert checks.starting_problems() == []
    checks.storages["originals"].bucket.delete()
    [problem] = checks.starting_problems()
    assert problem.startswith("The bucket that ORIGINALS_STORAGE names does not answer: ")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "makemigrations --check --dry-run"])
def test_commands_run_with_pictures_in_buckets(s3_variables, command):
    words = [sys.executable, "manage.py", *command.split()]
    process = subprocess.run(words, cwd=settings.BASE_DIR, env=dict(os.environ), capture_output=True)
    assert process.returncode == 0, process.stderr
