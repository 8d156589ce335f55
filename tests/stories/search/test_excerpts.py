from stories.search.excerpts import LENGTH, excerpts_of, marked
from stories.search.query import read_query
from tests import factories


def shown(excerpt):
    return "".join(f"<{piece.text}>" if piece.is_marked else piece.text for piece in excerpt.pieces)


def excerpts(typed, **fields):
    return excerpts_of(factories.document(**fields).as_json() | fields, read_query(typed).forms())


def test_a_headline_is_marked_as_it_is_written():
    forms = read_query("negociacion ferry").forms()
    assert shown(marked("La negociación de hoy", forms, "es")) == "La <negociación> de hoy"
    assert shown(marked("The ferries’ talks", forms, "en")) == "The <ferries>’ talks"


def test_the_passages_that_say_most_of_it_come_first_and_lead_there():
    sections = [
        {
            "id": "s1",
            "heading": "Berths",
            "body": "",
            "sentences": [
                {"id": "s1.1", "text": "A ferry sailed [1].", "cites": [1]},
                {"id": "s1.2", "text": "The ferry waits in winter [1].", "cites": [1]},
            ],
        }
    ]
    found = excerpts("ferry winter port", sections=sections, timeline=[], standfirst="")
    assert [(one.anchor, shown(one)) for one in found] == [("s1.2", "The <ferry> waits in <winter> [1].")]


def test_sources_are_told_by_outlet_and_title_and_lead_to_their_place():
    sources = [{"number": 7, "title": "A berth opens", "outlet": "Skell Courier", "authors": ["Ada Lund"]}]
    [found] = excerpts("courier", sections=[], timeline=[], sources=sources)
    assert (found.anchor, shown(found)) == ("source-7", "Skell <Courier>: A berth opens: Ada Lund")


def test_a_long_passage_is_cut_around_the_word():
    text = "Long before it, " * 40 + "the quagga stood still " + "and long after it " * 40
    [found] = excerpts("quagga", sections=[], timeline=[], sources=[], standfirst=text)
    assert shown(found).startswith("…")
    assert shown(found).endswith("…")
    assert "<quagga>" in shown(found)
    assert len(shown(found)) < LENGTH + 10


def test_pairs_of_unspaced_scripts_are_marked():
    forms = read_query("京都").forms()
    assert shown(marked("東京都の京都駅", forms, "ja")) == "東<京都>の<京都>駅"


def test_an_old_document_without_the_later_fields_has_excerpts_too():
    assert [shown(one) for one in excerpts_of({"standfirst": "A ferry."}, read_query("ferry").forms())] == [
        "A <ferry>."
    ]
