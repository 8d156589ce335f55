"""What a document itself shows to be amiss, each finding with the line that it comes from. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stories.document import SentenceEntry, StoryDocument
from stories.importing.lines import Line
from stories.importing.report import Code, Report


@dataclass(frozen=True)
class Places:
    """The lines of a document's parts: by passage id, by source number, by position in the gallery; else `default`."""

    default: int = 1
    passages: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    alt_texts: list[int] = field(default_factory=list)

    def of_sentence(self, passage_id: str, sentence: SentenceEntry) -> int:
        """The line of the passage in which the sentence stands."""
        lines = self.passages.get(passage_id, ())
        holding = next((line.number for line in lines if sentence.text in line.text), None)
        return holding or (lines[0].number if lines else self.default)

    def of_source(self, number: int) -> int:
        return self.sources.get(number, self.default)

    def of_picture(self, index: int) -> int:
        return self.pictures[index] if index < len(self.pictures) else self.default

    def of_alt_text(self, index: int) -> int:
        return self.alt_texts[index] if index < len(self.alt_texts) else self.of_picture(index)


def find(document: StoryDocument, places: Places, report: Report) -> None:
    """Report the document's unresolved markers, its sources' gaps, its pictures' gaps and its conflicting names."""
    _find_unresolved(document, places, report)
    _find_gaps_of_sources(document, places, report)
    _find_gaps_of_pictures(document, places, report)


def _sentences(document: StoryDocument) -> Iterator[tuple[str, SentenceEntry]]:
    """Each sentence with the passage in which it stands."""
    for passage in document.passages():
        for sentence in passage.sentences:
            yield passage.id, sentence


def _find_unresolved(document: StoryDocument, places: Places, report: Report) -> None:
    known = {source.number for source in document.sources}
    for passage_id, sentence in _sentences(document):
        for number in sentence.cites:
            if number not in known:
                report.add(
                    places.of_sentence(passage_id, sentence),
                    Code.UNRESOLVED_MARKER,
                    f"[{number}] is cited here, but the story has {_sources(len(known))}. Correct the marker.",
                    number=number,
                )


def _sources(count: int) -> str:
    return f"{count} source{'' if count == 1 else 's'}" if count else "no sources"


def _find_gaps_of_sources(document: StoryDocument, places: Places, report: Report) -> None:
    cited = {number for _, sentence in _sentences(document) for number in sentence.cites}
    for source in document.sources:
        line, number = places.of_source(source.number), source.number
        if not any(source.details()):
            report.add(
                line,
                Code.SOURCE_WITHOUT_DETAILS,
                f"Source {number} has no details. Give its title, outlet and address.",
                number=number,
            )
        if number not in cited:
            report.add(line, Code.NEVER_CITED, f"Source {number} is never cited.", number=number)


def _find_gaps_of_pictures(document: StoryDocument, places: Places, report: Report) -> None:
    for index, picture in enumerate(document.gallery):
        if picture.sha256 is None:
            report.add(
                places.of_picture(index),
                Code.PICTURE_WITHOUT_FILE,
                f"Picture {index + 1} came without its file. Upload it; until then readers do not see the picture.",
                number=index + 1,
            )
