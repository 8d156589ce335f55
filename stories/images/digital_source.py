"""The IPTC's digital source types: how a picture came to be, and which of them readers have to be told. Pure.

The terms are those of https://cv.iptc.org/newscodes/digitalsourcetype/; the words are ours.
"""

from dataclasses import dataclass

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@dataclass(frozen=True)
class SourceType:
    """`label` is for editors. `told` is what readers are told beside the picture, "" where nothing needs telling."""

    term: str
    label: str
    told: str = ""

    @property
    def uri(self) -> str:
        return VOCABULARY + self.term


SOURCE_TYPES = {
    kind.term: kind
    for kind in [
        SourceType("digitalCapture", "Taken with a digital camera"),
        SourceType("computationalCapture", "Taken with a camera that computes from several exposures"),
        SourceType("negativeFilm", "Scanned from a negative"),
        SourceType("positiveFilm", "Scanned from a slide"),
        SourceType("print", "Scanned from a print"),
        SourceType("humanEdits", "Edited by a person, without generative tools"),
        SourceType("algorithmicallyEnhanced", "Enhanced by a program", "Enhanced by a program"),
        SourceType("compositeCapture", "Composed of several photographs", "Composed of several photographs"),
        SourceType("composite", "Composed of several elements", "Composed of several elements"),
        SourceType(
            "compositeWithTrainedAlgorithmicMedia",
            "Edited or composed with generative AI",
            "Partly made with AI",
        ),
        SourceType("compositeSynthetic", "Composed with synthetic elements", "Partly synthetic"),
        SourceType("trainedAlgorithmicMedia", "Made with generative AI", "Made with AI"),
        SourceType("algorithmicMedia", "Made by a program, without training data", "Made by a program"),
        SourceType("digitalCreation", "Drawn by a person with a program", "Illustration"),
        SourceType("dataDrivenMedia", "Made from data, such as a chart or a map"),
        SourceType("screenCapture", "Captured from a screen", "Screen capture"),
        SourceType("virtualRecording", "Recorded in a virtual scene", "Virtual scene"),
    ]
}


def term_of(uri: str) -> str:
    """The term that a URI of the vocabulary ends with, "" for another URI."""
    return uri.removeprefix(VOCABULARY) if uri.startswith(VOCABULARY) else ""


def told_to_readers(uri: str) -> str:
    """What readers are told of a picture of this type, "" where nothing needs telling or the type is not known."""
    kind = SOURCE_TYPES.get(term_of(uri))
    return kind.told if kind else ""
