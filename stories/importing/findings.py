"""What a document itself shows to be amiss, each finding with the line that it comes from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stories.citations import checking
from stories.citations.markers import cited_in
from stories.citations.names import name_conflicts as conflicts_in
from stories.document import SentenceEntry, StoryDocument
from stories.importing.lines import Line
from stories.importing.report import Code, Report

CHECKED = frozenset({Code.UNRESOLVED_MARKER, Code.NEVER_CITED, Code.ALT_EQUALS_CAPTION})


@dataclass(frozen=True)
class Places:
    """The lines of a document's parts: by passage id, by source number, by position in the gallery; else `default`."""

    default: int = 1
    passages: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    sources: dict[int, int] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    alt_texts: list[int] = field(default_factory=list)
    standfirst: Sequence[Line] = ()

    def of_sentence(self, passage_id: str, sentence: SentenceEntry) -> int:
        """The line of the passage in which the sentence stands."""
        lines = self.passages.get(passage_id, ())
        holding = next((line.number for line in lines if sentence.text in line.text), None)
        return holding or (lines[0].number if lines else self.default)

    def of_standfirst(self, number: int) -> int:
        """The line of the standfirst that has the number in brackets."""
        holding = next((line.number for line in self.standfirst if number in cited_in(line.text)), None)
        return holding or (self.standfirst[0].number if self.standfirst else self.default)

    def of_source(self, number: int) -> int:
        return self.sources.get(number, self.default)

    def of_picture(self, index: int) -> int:
        return self.pictures[index] if index < len(self.pictures) else self.default

    def of_alt_text(self, index: int) -> int:
        return self.alt_texts[index] if index < len(self.alt_texts) else self.of_picture(index)


def find(document: StoryDocument, places: Places, report: Report) -> None:
    """Report unresolved markers, gaps of sources and pictures, alt texts that repeat captions, conflicting names."""
    sentences = {sentence.id: sentence for sentence in document.sentences()}
    for check in (checking.unresolved_markers, checking.never_cited, checking.pictures):
        for found in check(document):
            if found.code in CHECKED:
                line, number = _line(found, places, sentences), _number(found)
                report.add(line, Code(found.code), found.message, number=number)
    _find_name_conflicts(document, places, report)
    _find_sources_without_details(document, places, report)
    _find_pictures_without_files(document, places, report)


def _line(found: checking.Finding, places: Places, sentences: Mapping[str, SentenceEntry]) -> int:
    place = found.place
    if place.kind == "source":
        return places.of_source(int(place.id))
    if place.kind == "picture":
        return places.of_alt_text(int(place.id) - 1)
    if place.kind == "story":
        return places.of_standfirst(_number(found) or 0)
    return places.of_sentence(place.id, sentences[place.sentence])


def _number(found: checking.Finding) -> int | None:
    """The source that the finding is about: the one never cited, or the one that is cited but not there."""
    if found.place.kind == "source":
        return int(found.place.id)
    return int(found.about.rpartition(" ")[2]) if found.code == Code.UNRESOLVED_MARKER else None


def _find_name_conflicts(document: StoryDocument, places: Places, report: Report) -> None:
    """One surname with two first names: both lines where lines tell them apart, else both passages."""
    lines = {
        sentence.id: places.of_sentence(passage.id, sentence)
        for passage in document.passages()
        for sentence in passage.sentences
    }
    texts = [(sentence.id, sentence.text) for sentence in document.sentences()]
    for conflict in conflicts_in(texts, document.language):
        (one, other), (first, second) = conflict.first_names, [lines[place] for place in conflict.places]
        places_told = ("line", first, second) if first != second else ("passage", *conflict.places)
        message = f"“{conflict.surname}” is {one} in {places_told[0]} {places_told[1]} and {other} in {places_told[2]}."
        report.add(second, Code.NAME_CONFLICT, f"{message} Check whether that is one person.")


def _find_sources_without_details(document: StoryDocument, places: Places, report: Report) -> None:
    for source in document.sources:
        if not any(source.details()):
            report.add(
                places.of_source(source.number),
                Code.SOURCE_WITHOUT_DETAILS,
                f"Source {source.number} has no details. Give its title, outlet and address.",
                number=source.number,
            )


def _find_pictures_without_files(document: StoryDocument, places: Places, report: Report) -> None:
    for number, picture in enumerate(document.gallery, 1):
        if picture.sha256 is None:
            report.add(
                places.of_picture(number - 1),
                Code.PICTURE_WITHOUT_FILE,
                f"Picture {number} came without its file. Upload it; until then readers do not see the picture.",
                number=number,
            )
