"""The index, kept in step with what readers have."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stories.models import SearchEntry, SearchOutlet, Story, Version
from stories.models.version import VersionQuerySet
from stories.search.backends import Fields, backend
from stories.search.folding import index_words, words_in

BATCH = 200


def keep_in_step(story: Story, at: datetime) -> None:
    """Have the index hold what readers have of the story, and what is scheduled; part of each verb's transaction."""
    wanted = list(to_be_found(story.versions.all(), at).select_related("search_entry"))
    fresh = [version.pk for version in wanted if _is_told(version)]
    SearchEntry.objects.filter(version__story=story).exclude(version__in=fresh).delete()
    put_in([version for version in wanted if version.pk not in fresh])


def to_be_found(versions: VersionQuerySet, at: datetime) -> VersionQuerySet:
    """Those of the Versions that readers have, or are to have."""
    standing = versions.filter(Q(live_until=None) | Q(live_until__gt=at))
    return standing.filter(withdrawn_at=None, taken_back_at=None, redacted_at=None)


def _is_told(version: Version) -> bool:
    entry = getattr(version, "search_entry", None)
    return entry is not None and entry.document_sha256 == version.document_sha256


def put_in(versions: Iterable[Version]) -> None:
    """Index Versions that the index does not hold."""
    told = {version.pk: version for version in versions}
    if not told:
        return
    entries = [SearchEntry(version_id=pk, document_sha256=one.document_sha256) for pk, one in told.items()]
    SearchEntry.objects.bulk_create(entries)
    documents = {entry.pk: told[entry.version_id].document for entry in entries}
    backend().write({key: fields_of(document) for key, document in documents.items()})
    SearchOutlet.objects.bulk_create(
        SearchOutlet(entry_id=key, name=name) for key, document in documents.items() for name in outlets_in(document)
    )


def is_behind(at: datetime) -> bool:
    """Whether something that readers have is not in the index, as after the update that brought search."""
    return to_be_found(Version.objects.live(at), at).filter(search_entry=None).exists()


def rebuild() -> Iterator[int]:
    """Index all anew, in batches that each stand at once; gives how many Versions each batch had.

    A story is held while its words are written, so what is published meanwhile is not written over.
    """
    stories = Story.objects.filter(pk__in=to_be_found(Version.objects.all(), timezone.now()).values("story"))
    keys = list(stories.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        SearchEntry.objects.exclude(version__story__in=keys).delete()
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            held = Story.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).order_by("pk")
            yield _write_anew([story.pk for story in held])


def _write_anew(stories: list[int]) -> int:
    SearchEntry.objects.filter(version__story__in=stories).delete()
    versions = list(to_be_found(Version.objects.filter(story__in=stories), timezone.now()))
    put_in(versions)
    return len(versions)


def fields_of(document: dict[str, Any]) -> Fields:
    """The words of a document, of whatever format: what it lacks has none."""
    language = document.get("language", "en")

    def stemmed(texts: Iterable[str]) -> list[str]:
        return [word for text in texts if text for word in index_words(text, language)]

    headline = document.get("headline", "")
    headings = [section.get("heading", "") for section in document.get("sections", [])]
    return Fields(
        stemmed([headline]),
        stemmed([document.get("standfirst", ""), *headings]),
        stemmed(body_of(document)),
        stemmed(sources_of(document)),
        [word.form for word in words_in(headline)],
    )


def body_of(document: dict[str, Any]) -> Iterator[str]:
    for passage in (*document.get("sections", []), *document.get("timeline", [])):
        yield passage.get("label", "")
        yield from (sentence["text"] for sentence in passage.get("sentences", []))


def sources_of(document: dict[str, Any]) -> Iterator[str]:
    for source in document.get("sources", []):
        yield from (source.get("title", ""), source.get("outlet", ""), *source.get("authors", []))


def outlets_in(document: dict[str, Any]) -> list[str]:
    names = (source.get("outlet", "") for source in document.get("sources", []))
    return sorted({name for name in names if name})
