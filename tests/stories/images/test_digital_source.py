import pytest

from stories.images.digital_source import SOURCE_TYPES, VOCABULARY, term_of, told_to_readers


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        (VOCABULARY + "trainedAlgorithmicMedia", "Made with AI"),
        (VOCABULARY + "digitalCapture", ""),
        (VOCABULARY + "somethingNew", ""),
        ("https://example.org/trainedAlgorithmicMedia", ""),
        ("", ""),
    ],
)
def test_readers_are_told_what_is_synthetic(uri, told):
    assert told_to_readers(uri) == told


def test_each_type_has_its_address():
    assert all(term_of(kind.uri) == term == kind.term for term, kind in SOURCE_TYPES.items())
