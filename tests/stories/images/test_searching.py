import pytest

from stories.images.digital_source import SOURCE_TYPES
from stories.images.searching import SEARCHED, matching
from stories.models import Image

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour():
    Image.objects.create(caption="Somewhere else", persons=["Somebody"], place="A quay of another port")
    return Image.objects.create(
        caption="Ferries in the harbour",
        alt_text="A quay",
        credit_line="Strait Wire",
        creator="A. Photographer",
        place="Östersund",
        persons=["Bo Berg", "Ädele Öst", "Дмитро"],
        digital_source_type=SOURCE_TYPES["trainedAlgorithmicMedia"].uri,
    )


@pytest.mark.parametrize(
    "words",
    [
        "ferries", "FERRIES", "strait harbour", "Bo Berg", "Östersund", "östersund", "ÖSTERSUND", "ostersund", "ädele",
        "adele", "Дмитро", "дМИТРО", "quay Ädele", '"Ferries in"', "generative", "made with ai",
    ],
)  # fmt: skip
def test_a_picture_is_found_by_every_word_whatever_case_and_accents(harbour, words):
    words = words.replace('"Ferries in"', '"Ferries in"')
    assert list(matching(Image.objects.all(), words)) == [harbour]


@pytest.mark.parametrize("words", ["ferries elsewhere", '"harbour Ferries"', "f.rries", "Östër sund x", "österßund"])
def test_a_picture_that_lacks_a_word_is_not_found(harbour, words):
    assert not matching(Image.objects.all(), words)


def test_an_accent_that_was_typed_is_meant(harbour):
    assert not matching(Image.objects.all(), "férries")


@pytest.mark.parametrize("field", SEARCHED)
def test_every_field_is_searched(field):
    image = Image.objects.create(**{field: "https://quagga.example"})
    Image.objects.create()
    assert list(matching(Image.objects.all(), "quagga")) == [image]


def test_nothing_typed_finds_all(harbour):
    assert len(matching(Image.objects.all(), "  ")) == 2
