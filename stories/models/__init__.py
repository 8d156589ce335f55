"""The draft (what staff edit) and the Versions (what readers see)."""

from stories.models.article import Article, Outlet, Source
from stories.models.audit_entry import AuditEntry
from stories.models.error_report import ErrorReport
from stories.models.evidence import Evidence, StandingCheck
from stories.models.fetch import Fetch
from stories.models.image import GalleryItem, Image
from stories.models.metadata_template import MetadataTemplate
from stories.models.notice import Notice
from stories.models.picture_file import PictureFile
from stories.models.placement import Placement
from stories.models.policy import Policy, PolicyEdition
from stories.models.preview_link import PreviewLink
from stories.models.search_entry import SearchEntry, SearchOutlet
from stories.models.section import ExternalResource, Section
from stories.models.snapshot import Presence, Snapshot
from stories.models.story import PreviousSlug, Story
from stories.models.topic import Topic
from stories.models.version import Citation, Version, VersionPicture

__all__ = [
    "Article",
    "AuditEntry",
    "Citation",
    "ErrorReport",
    "Evidence",
    "ExternalResource",
    "Fetch",
    "GalleryItem",
    "Image",
    "MetadataTemplate",
    "Notice",
    "Outlet",
    "PictureFile",
    "Placement",
    "Policy",
    "PolicyEdition",
    "Presence",
    "PreviewLink",
    "PreviousSlug",
    "SearchEntry",
    "SearchOutlet",
    "Section",
    "Snapshot",
    "Source",
    "StandingCheck",
    "Story",
    "Topic",
    "Version",
    "VersionPicture",
]
