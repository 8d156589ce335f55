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


def _(english: str) -> str:
    """Mark the words for translation. They are translated where a page tells them: what reads files needs no Django."""
    return english


SOURCE_TYPES = {
    kind.term: kind
    for kind in [
        SourceType("digitalCapture", _("Taken with a digital camera")),
        SourceType("computationalCapture", _("Taken with a camera that computes from several exposures")),
        SourceType("negativeFilm", _("Scanned from a negative")),
        SourceType("positiveFilm", _("Scanned from a slide")),
        SourceType("print", _("Scanned from a print")),
        SourceType("humanEdits", _("Edited by a person, without generative tools")),
        SourceType("algorithmicallyEnhanced", _("Enhanced by a program"), _("Enhanced by a program")),
        SourceType("compositeCapture", _("Composed of several photographs"), _("Composed of several photographs")),
        SourceType("composite", _("Composed of several elements"), _("Composed of several elements")),
        SourceType(
            "compositeWithTrainedAlgorithmicMedia", _("Edited or composed with generative AI"), _("Partly made with AI")
        ),
        SourceType("compositeSynthetic", _("Composed with synthetic elements"), _("Partly synthetic")),
        SourceType("trainedAlgorithmicMedia", _("Made with generative AI"), _("Made with AI")),
        SourceType("algorithmicMedia", _("Made by a program, without training data"), _("Made by a program")),
        SourceType("digitalCreation", _("Drawn by a person with a program"), _("Illustration")),
        SourceType("dataDrivenMedia", _("Made from data, such as a chart or a map")),
        SourceType("screenCapture", _("Captured from a screen"), _("Screen capture")),
        SourceType("virtualRecording", _("Recorded in a virtual scene"), _("Virtual scene")),
    ]
}


def term_of(uri: str) -> str:
    """The term that a URI of the vocabulary ends with, "" for another URI."""
    return uri.removeprefix(VOCABULARY) if uri.startswith(VOCABULARY) else ""


def told_to_readers(uri: str) -> str:
    """What readers are told of a picture of this type, "" where nothing needs telling or the type is not known."""
    kind = SOURCE_TYPES.get(term_of(uri))
    return kind.told if kind else ""
