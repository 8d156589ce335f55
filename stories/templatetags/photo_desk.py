"""What the photo desk's pages show of a picture."""

from django import template

from stories.admin.picture_list import marks_of
from stories.images.library import thumbnail_url

register = template.Library()
register.filter("thumbnail_url", thumbnail_url)
register.filter("marks", marks_of)
