"""PictureFile: each file that a picture has or had, and the renditions made of it."""

from django.db import models

from stories.models.image import Image


class PictureFile(models.Model):
    """One file of a picture, known by the hash of its readers' copy. A Version names its pictures by that.

    `renditions` is a list of {"ratio", "width", "height", "format", "file", "bytes"}: `ratio` is "" for the whole
    picture, else such as "16:9"; `file` is the name in the media storage. `rendered_as` tells what they were made
    from, "" while there are none. `superseded` lists [file, ISO moment] of renditions that were replaced: pages and
    feeds that others keep still name them. One row, since a reader's page asks for all of a picture at once.
    """

    image = models.ForeignKey(Image, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64, unique=True)
    original = models.CharField(max_length=200, blank=True)
    renditions = models.JSONField(default=list, blank=True)
    rendered_as = models.CharField(max_length=64, blank=True)
    superseded = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.image}, file {self.sha256[:8]}"
