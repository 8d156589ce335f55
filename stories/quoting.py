"""What readers see of the evidence: the words of a report that carry a citation, as a Version has them."""

from stories.document import EvidenceEntry, SourceEntry, StoryDocument
from stories.models import Article, Evidence, Story
from stories.models.evidence import remembered_as


def with_evidence(document: StoryDocument) -> StoryDocument:
    """The document with what is to be shown of its citations' evidence by now. One query.

    Not of a citation that it does not have, and not where another report stands under the number than was read.
    """
    cited = {(sentence.id, number) for sentence in document.sentences() for number in sentence.cites}
    sources = {source.number: source for source in document.sources}
    rows = Evidence.objects.filter(story__uid=document.uid, is_shown=True).select_related("article")
    shown = [
        EvidenceEntry(passage=row.passage, number=row.number, quote=row.quote, locator=row.locator)
        for row in rows
        if (row.passage, row.number) in cited and _is_of(sources.get(row.number), row)
    ]
    return document.model_copy(update={"evidence": sorted(shown, key=EvidenceEntry.in_order)})


def _is_of(source: SourceEntry | None, row: Evidence) -> bool:
    """Whether the source is the report that was read. One of which nothing was known may have been filled in since."""
    if source is None or row.url in ("", source.url, source.title):
        return source is not None
    known = row.article
    nameless = known is not None and row.url == remembered_as(known.pk, "", "")
    return nameless and known is not None and (known.url, known.title) == (source.url, source.title)


def add_evidence(story: Story, document: StoryDocument) -> None:
    """Store the document's evidence, shown to readers and unchecked, where the citation has none; it replaces none."""
    if not document.evidence:
        return
    known = set(story.evidence.values_list("passage", "number"))
    sources = {row.number: row.article for row in story.sources.select_related("article")}
    Evidence.objects.bulk_create(
        _row(story, entry, sources.get(entry.number))
        for entry in document.evidence
        if (entry.passage, entry.number) not in known and (entry.quote or entry.locator)
    )


def _row(story: Story, entry: EvidenceEntry, article: Article | None) -> Evidence:
    said = {"passage": entry.passage, "number": entry.number, "quote": entry.quote, "locator": entry.locator}
    name = remembered_as(article.pk, article.url, article.title) if article else ""
    return Evidence(story=story, article=article, url=name, is_shown=True, **said)
