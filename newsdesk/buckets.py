"""Buckets in place of directories: MEDIA_STORAGE, ORIGINALS_STORAGE and what goes with them, from the environment."""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from newsdesk.environment import BadSetting, text

PLACE = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?P<prefix>(/\w[\w.-]*)*)/?", re.ASCII)
ORIGIN = re.compile(r"https?://[\w.-]+(:[0-9]+)?|https?://\[[0-9A-Fa-f:.]+\](:[0-9]+)?", re.ASCII)
BASE = re.compile(rf"({ORIGIN.pattern})(/[\w.~%-]+)*/?", re.ASCII)
REGION = re.compile(r"[a-z0-9-]+")
STYLES = ("virtual", "path")


@dataclass(frozen=True)
class Place:
    """Where in which bucket: `prefix` is "" or such as `news/pictures`."""

    bucket: str
    prefix: str

    def holds(self, other: "Place") -> bool:
        """Whether the other place is this one, or lies within it."""
        within = not self.prefix or f"{other.prefix}/".startswith(f"{self.prefix}/")
        return self.bucket == other.bucket and within


@dataclass(frozen=True)
class Buckets:
    """`media_url` is the public address of `media`, with / at its end; `endpoint` is "" for Amazon's own."""

    media: Place
    originals: Place
    endpoint: str
    region: str
    style: str
    media_url: str

    def storages(self) -> dict[str, Any]:
        """The two entries for Django's STORAGES."""
        public = {**self._options(self.media), "base_url": self.media_url}
        return {
            "default": {"BACKEND": "stories.images.buckets.PublicBucket", "OPTIONS": public},
            "originals": {"BACKEND": "stories.images.buckets.PrivateBucket", "OPTIONS": self._options(self.originals)},
        }

    def _options(self, place: Place) -> dict[str, Any]:
        return {
            "bucket_name": place.bucket,
            "location": place.prefix,
            "endpoint_url": self.endpoint or None,
            "region_name": self.region,
            "addressing_style": self.style,
        }


def buckets(*, debug: bool) -> Buckets | None:
    """The buckets that the environment names, None where files lie on the disk. Raises BadSetting."""
    media, originals = _place("MEDIA_STORAGE"), _place("ORIGINALS_STORAGE")
    if media is None and originals is None:
        if text("MEDIA_URL"):
            raise BadSetting("MEDIA_URL is set, but pictures lie on the disk; set MEDIA_STORAGE too, or leave it out.")
        return None
    if media is None or originals is None:
        missing, given = sorted(("MEDIA_STORAGE", "ORIGINALS_STORAGE"), key=lambda name: bool(text(name)))
        raise BadSetting(f"{missing} is not set, but {given} is; set both, or neither.")
    if media.holds(originals) or originals.holds(media):
        raise BadSetting("ORIGINALS_STORAGE is the place of MEDIA_STORAGE, or one holds the other; keep them apart.")
    if not (find_spec("storages") and find_spec("boto3")):
        raise BadSetting("MEDIA_STORAGE names a bucket, which takes more packages; install requirements/s3.txt.")
    endpoint, region, style = _endpoint("S3_ENDPOINT_URL"), _region("S3_REGION"), _style("S3_ADDRESSING_STYLE")
    derived = _address(media, endpoint or f"https://s3.{region}.amazonaws.com", style)
    return Buckets(media, originals, endpoint, region, style, _media_url("MEDIA_URL", derived, debug=debug))


def _place(name: str) -> Place | None:
    address = text(name)
    if not address:
        return None
    found = PLACE.fullmatch(address)
    if not found:
        raise BadSetting(
            f"{name} is “{address}”; write s3://BUCKET or s3://BUCKET/PREFIX, the bucket's name of lower-case letters, "
            "digits and hyphens."
        )
    return Place(found["bucket"], found["prefix"].strip("/"))


def _endpoint(name: str) -> str:
    address = text(name).rstrip("/")
    if address and not ORIGIN.fullmatch(address):
        raise BadSetting(f"{name} cannot be used; write scheme and host, such as https://s3.example.org.")
    return address


def _region(name: str) -> str:
    """The region; servers that are not Amazon's have none, and take the oldest one's name in signatures."""
    region = text(name) or ("us-east-1" if text("S3_ENDPOINT_URL") else "")
    if not REGION.fullmatch(region):
        raise BadSetting(f"{name} is “{region}”; write the region of the buckets, such as eu-west-1.")
    return region


def _style(name: str) -> str:
    """Whether the bucket is named in the path or in the host; few servers besides Amazon's have a host for each."""
    style = text(name) or ("path" if text("S3_ENDPOINT_URL") else "virtual")
    if style not in STYLES:
        raise BadSetting(f"{name} is “{style}”; write {' or '.join(STYLES)}.")
    return style


def _address(place: Place, origin: str, style: str) -> str:
    """The address of a place without signature, as the S3 API has it (“Virtual hosting of general purpose buckets”)."""
    scheme, host = origin.split("://")
    base = f"{scheme}://{place.bucket}.{host}" if style == "virtual" else f"{origin}/{place.bucket}"
    return f"{base}/{place.prefix}".rstrip("/") + "/"


def _media_url(name: str, default: str, *, debug: bool) -> str:
    address = text(name, default)
    if not BASE.fullmatch(address):
        raise BadSetting(
            f"{name} is “{address}”; write where readers find pictures, such as https://media.example.org/."
        )
    if not debug and not address.startswith("https://"):
        raise BadSetting(f"{name} is “{address}”; pages are https, so browsers want pictures from https:// too.")
    return address.rstrip("/") + "/"
