"""How much a document holds, as an editor counts it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from stories.document import StoryDocument
from stories.importing.imported import Imported
from stories.importing.report import Code


@dataclass(frozen=True)
class Counts:
    """`sentences` are those of the sections; a source is cited if any sentence or event cites it."""

    sections: int
    sentences: int
    cited_sentences: int
    events: int
    sources: int
    cited_sources: int
    resources: int
    pictures: int
    sub_stories: int = 0
    announced_sub_stories: int = 0
    announced_resources: int = 0

    def in_words(self) -> str:
        """“5 sections, 20 sentences (19 cited), …”; of what is announced, only where that is more than is given."""
        sub_stories = _many(self.sub_stories, "sub-story", "sub-stories")
        parts = [
            _many(self.sections, "section"),
            f"{_many(self.sentences, 'sentence')} ({self.cited_sentences} cited)",
            _many(self.events, "event"),
            f"{_many(self.sources, 'source')} ({self.cited_sources} cited)",
            _many(self.pictures, "picture"),
            _announced(sub_stories, self.sub_stories, self.announced_sub_stories),
            _announced(_many(self.resources, "external resource"), self.resources, self.announced_resources),
        ]
        return ", ".join(parts)


def _many(count: int, name: str, several: str = "") -> str:
    return f"{count:,} {name if count == 1 else several or name + 's'}"


def _announced(told: str, given: int, announced: int) -> str:
    return f"{told} of {announced} announced" if announced > given else told


def counts_of(document: StoryDocument, imported: Imported, sub_stories: Sequence[str]) -> Counts:
    """Of the document as it is by now, with what its text announces."""
    sentences = [sentence for section in document.sections for sentence in section.sentences]
    cited = {number for sentence in document.sentences() for number in sentence.cites}
    announced = {
        entry.code: entry.count or 0
        for entry in imported.report
        if entry.code in {Code.ANNOUNCED_SUB_STORIES, Code.ANNOUNCED_RESOURCES}
    }
    return Counts(
        sections=len(document.sections),
        sentences=len(sentences),
        cited_sentences=sum(bool(sentence.cites) for sentence in sentences),
        events=len(document.timeline),
        sources=len(document.sources),
        cited_sources=sum(source.number in cited for source in document.sources),
        resources=len(document.resources),
        pictures=len(document.gallery),
        sub_stories=len(sub_stories),
        announced_sub_stories=announced.get(Code.ANNOUNCED_SUB_STORIES, 0),
        announced_resources=announced.get(Code.ANNOUNCED_RESOURCES, 0),
    )
