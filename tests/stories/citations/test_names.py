import pytest

from stories.citations.names import Conflict, name_conflicts


def conflicts(*texts, language="en"):
    found = name_conflicts([(f"s1.{count}", text) for count, text in enumerate(texts, 1)], language)
    return [(conflict.surname, *conflict.first_names) for conflict in found]


def test_a_surname_with_two_first_names_is_found_with_both_places():
    texts = [
        ("s1.1", "The harbour master Orla Vantrel spoke first."),
        ("s1.2", "Vantrel left early."),
        ("t4.1", "Negotiator Imra Vantrel’s plan was read out."),
    ]
    assert name_conflicts(texts) == [Conflict("Vantrel", ("Orla", "Imra"), ("s1.1", "t4.1"))]


@pytest.mark.parametrize(
    "text",
    [
        "Orla Vantrel met President Vantrel and Mrs. Vantrel.",
        "Former Defence Minister Orla Vantrel met Dr. Orla Vantrel.",
        "Orla M. Vantrel met Orla Maria Vantrel. O. Vantrel left.",
        "Alex Vantrel, or Alexander Vantrel, left.",
        "Later Orla Vantrel left. But Vantrel came back.",
        "Orla Vantrel’s plan. While Vantrel waited.",
        "North Vantrel and South Vantrel are towns.",
        "In March Orla Vantrel left; in Early March nobody did.",
        "The Ansel Strait and the Orrin Strait. The Ansel Line and the Orrin Line.",
        "Harbour Courier and Island Courier reported it.",
        "Vantrel. Orla Vantrel, Imra.",
        "He met Orla/Vantrel, Imra, Vantrel.",
        "On Monday Vantrel left. On Tuesday Vantrel came.",
        "Security Vantrel and Money Vantrel want security and money.",
        "the Orla Vantrel and the Imra Vantrel are ships",
        "UN Vantrel and EU Vantrel",
    ],
)
def test_titles_places_and_openings_are_no_first_names(text):
    assert conflicts(text) == []


def test_particles_belong_to_the_name():
    assert conflicts("Orla van der Vantrel left.", "Imra van der Vantrel came.") == [("Vantrel", "Orla", "Imra")]


def test_other_scripts_with_capitals_are_read():
    assert conflicts("Вчера Орла Вантрел ушла.", "Имра Вантрел пришла.", language="ru") == [("Вантрел", "Орла", "Имра")]


@pytest.mark.parametrize("text", ["", "港口。", "مرحبا", "[1]", "\ud800", "A B", "x" * 10_000, "Aa " * 5_000])
def test_texts_without_names_have_no_conflicts(text):
    assert conflicts(text) == []


def test_languages_that_capitalise_nouns_are_left_alone():
    assert conflicts("Orla Vantrel", "Imra Vantrel", language="de-AT") == []


def test_in_the_reference_one_surname_has_two_first_names(shared_story):
    lines = [line for line in shared_story.splitlines() if "[" in line]
    paragraphs = [line for line in lines if line.count("[1]") >= 3]
    # The headings run into their paragraphs: leave out each paragraph's first sentence, where they stand.
    texts = [sentence for line in paragraphs for sentence in line.split("[1]. ")[1:]]
    texts += [line.split("–", 1)[1] for line in lines if line not in paragraphs and "–" in line]
    texts.insert(0, next(line for line in paragraphs if "Dmytro" in line).split("Atmosphere ")[1])
    assert conflicts(*texts) == [("Umerov", "Dmytro", "Rustem")]
