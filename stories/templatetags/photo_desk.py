"""What the photo desk's pages show of a picture."""

from django import template

from stories.admin.picture_form import still_needed
from stories.images.library import large_url, thumbnail_url

register = template.Library()
register.filter("large_url", large_url)
register.filter("thumbnail_url", thumbnail_url)
register.filter("still_needed", still_needed)
