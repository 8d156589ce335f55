"""Pictures in S3-compatible storage: a public bucket for what readers get, a private one for what was uploaded.

Loaded only where settings name buckets: it takes the packages of requirements/s3.txt. docs/decisions/s3-storage.md
says why it is as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from stories.images.files import MEDIA_TYPES

UNKNOWN = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
NOT_THERE = 404


@contextmanager
def as_a_disk_fails() -> Iterator[None]:
    """Turns what boto3 raises into the OSError that a disk would raise; also a decorator."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as fault:
        raise OSError(f"The S3 storage failed: {fault}") from fault


class Bucket(S3Storage):
    """A place in a bucket. Files are named by content, so a name that is taken has the same bytes and is kept as it is.

    Objects get no ACL: buckets refuse them unless told otherwise, and who may read is for the bucket's policy.
    """

    default_acl = None
    file_overwrite = True
    querystring_expire = 300

    def __init__(self, *, addressing_style: str, **options: Any) -> None:
        config = Config(
            s3={"addressing_style": addressing_style},
            signature_version="s3v4",
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 2},
            request_checksum_calculation="when_required",  # other servers refuse the newer checksums
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, **options)

    @as_a_disk_fails()
    def answers(self) -> None:
        """Raise OSError where the bucket is not there, or not for these credentials."""
        self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    exists = as_a_disk_fails()(S3Storage.exists)
    size = as_a_disk_fails()(S3Storage.size)
    delete = as_a_disk_fails()(S3Storage.delete)
    _save = as_a_disk_fails()(S3Storage._save)

    @as_a_disk_fails()
    def _open(self, name: str, mode: str = "rb") -> File:
        """The file, read as a whole now: a reader of parts would fail later, and not as a disk does."""
        try:
            return File(BytesIO(self.bucket.Object(self._normalize_name(name)).get()["Body"].read()), name)
        except ClientError as fault:
            if fault.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_THERE:
                raise FileNotFoundError(f"There is no file {name}.") from fault
            raise


class PublicBucket(Bucket):
    """What readers get, at `base_url` without signature: the bucket's own address, or that of a CDN before it."""

    def __init__(self, *, base_url: str, **options: Any) -> None:
        super().__init__(**options)
        self.base_url = base_url

    def get_object_parameters(self, name: str) -> dict[str, str]:
        return {"ContentType": MEDIA_TYPES.get(name.rpartition(".")[2], UNKNOWN), "CacheControl": FOR_EVER}

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{self.base_url}{filepath_to_uri(name)}"


class PrivateBucket(Bucket):
    """Uploads as they came: reached by signed addresses alone, which end after `querystring_expire` seconds."""

    def get_object_parameters(self, name: str) -> dict[str, str]:
        return {"ContentType": UNKNOWN, "ContentDisposition": "attachment", "CacheControl": "private, no-store"}

    @as_a_disk_fails()
    def download_url(self, name: str, filename: str) -> str:
        """A signed address that saves the file under `filename`, which must need no quoting."""
        disposition = f'attachment; filename="{filename}"'
        return self.url(name, parameters={"ResponseContentDisposition": disposition, "ResponseContentType": UNKNOWN})
