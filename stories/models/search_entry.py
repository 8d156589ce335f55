"""SearchEntry: a Version in the index of search; its words lie in what the database has for that."""

from django.db import models

from stories.models.version import Version


class SearchEntry(models.Model):
    """A Version that readers have, or will have. Its words are written and searched by `stories.search.backends`."""

    version = models.OneToOneField(Version, models.CASCADE, related_name="search_entry")
    document_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.version)


class SearchOutlet(models.Model):
    """An outlet among the sources of a Version that is in the index, by the name it has there."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="outlets")
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [models.UniqueConstraint(fields=["name", "entry"], name="an_outlet_is_told_once_in_an_entry")]

    def __str__(self) -> str:
        return self.name
