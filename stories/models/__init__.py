"""The draft (what staff edit) and the Versions (what readers see)."""

from stories.models.article import Article, Outlet, Source
from stories.models.image import GalleryItem, Image
from stories.models.placement import Placement
from stories.models.section import ExternalResource, Section
from stories.models.story import PreviousSlug, Story
from stories.models.topic import Topic
from stories.models.version import Citation, Version

__all__ = [
    "Article",
    "Citation",
    "ExternalResource",
    "GalleryItem",
    "Image",
    "Outlet",
    "Placement",
    "PreviousSlug",
    "Section",
    "Source",
    "Story",
    "Topic",
    "Version",
]
