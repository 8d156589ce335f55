"""Evidence of citations: kept by sentence and source number, and never silently lost."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from stories.document import SourceEntry
from stories.draft import put_back, read_draft, write_draft
from stories.evidence import Key, Typed, Words, citations_of, evidence_of, read_typed, save_evidence, shown_by
from stories.models import AuditEntry, Evidence
from tests.factories import draft

pytestmark = pytest.mark.django_db
NOTHING = Words().digest


@pytest.fixture
def bo():
    return User.objects.create_user("bo")


def report_of(story, number):
    article = story.sources.get(number=number).article
    return f"{article.pk} {article.url}"


def typed(story, passage, number, *, seen=NOTHING, **words):
    return {Key(passage, number): Typed(Words(**words), seen, report_of(story, number))}


def change(story, **fields):
    story.refresh_from_db()
    return write_draft(story, read_draft(story).model_copy(update=fields))


def keys(citations):
    return [(citation.key.passage, citation.key.number) for citation in citations]


def test_citations_stand_in_the_order_of_the_page():
    sections = [{"id": "s2", "body": "<p>One [2, 1].</p>"}, {"id": "s1", "body": "<p>Two [1]. Uncited.</p>"}]
    events = [
        {"id": "t1", "date": "2026-03-02", "text": "Later [1]."},
        {"id": "t2", "date": "2026-03-01", "text": "Earlier [2]."},
    ]
    story = draft(sections=sections, timeline=events, standfirst="Not a sentence of the text [1].")
    told = [("s2.1", 2), ("s2.1", 1), ("s1.1", 1), ("t2.1", 2), ("t1.1", 1)]
    assert keys(citations_of(story)) == told


def test_what_is_typed_is_kept_with_who_checked_it(bo):
    story = draft()
    words = {"quote": "A second berth was opened.", "locator": "paragraph 3", "checked": True}
    outcome = save_evidence(story, typed(story, "s1.1", 1, **words), by=bo)
    assert (outcome.saved, outcome.removed, outcome.refused) == ([("s1.1", 1)], [], [])
    known = evidence_of(story)["s1.1", 1]
    assert (known["quote"], known["locator"]) == ("A second berth was opened.", "paragraph 3")
    assert (known["is_checked"], known["checked_by"]) == (True, "bo")
    row = Evidence.objects.get()
    assert (row.added_by, row.article) == (bo, story.sources.get(number=1).article)
    assert AuditEntry.objects.get(act="evidence").sentence == "Evidence. Saved: s1.1 [1]."


def test_rows_that_were_not_changed_are_not_written(bo, django_assert_num_queries):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="A", checked=True), by=bo)
    before = Evidence.objects.values().get()
    again = typed(story, "s1.1", 1, quote="A", checked=True, seen=Words("A", "", True).digest)
    outcome = save_evidence(story, again | typed(story, "s1.2", 2), by=User.objects.create_user("ada"))
    assert (outcome.saved, Evidence.objects.values().get()) == ([], before)


def test_words_that_change_under_a_tick_are_checked_by_who_saves_them(bo):
    story, ada = draft(), User.objects.create_user("ada")
    save_evidence(story, typed(story, "s1.1", 1, quote="A", checked=True), by=bo)
    save_evidence(story, typed(story, "s1.1", 1, quote="B", checked=True, seen=Words("A", "", True).digest), by=ada)
    assert evidence_of(story)["s1.1", 1]["checked_by"] == "ada"
    assert Evidence.objects.get().added_by == bo


def test_an_emptied_row_is_removed_and_told(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="A"), by=bo)
    outcome = save_evidence(story, typed(story, "s1.1", 1, seen=Words("A").digest), by=bo)
    assert outcome.removed == [("s1.1", 1)]
    assert not Evidence.objects.exists()
    assert AuditEntry.objects.filter(act="evidence").order_by("-pk")[0].sentence == "Evidence. Removed: s1.1 [1]."


def test_a_row_that_somebody_else_changed_is_refused_with_both_texts_and_the_others_are_saved(bo):
    story, ada = draft(), User.objects.create_user("ada")
    save_evidence(story, typed(story, "s1.1", 1, quote="Theirs"), by=ada)
    both = typed(story, "s1.1", 1, quote="Mine") | typed(story, "s1.2", 2, locator="page 2")
    outcome = save_evidence(story, both, by=bo)
    [refused] = outcome.refused
    assert (refused.words.quote, refused.theirs.quote) == ("Mine", "Theirs")
    assert outcome.saved == [("s1.2", 2)]
    assert evidence_of(story)["s1.1", 1]["quote"] == "Theirs"
    outcome = save_evidence(story, typed(story, "s1.1", 1, quote="Mine", seen=refused.stored.digest), by=bo)
    assert evidence_of(story)["s1.1", 1]["quote"] == "Mine"


def test_a_row_that_only_somebody_else_changed_stays_theirs(bo):
    story = draft()
    mine = typed(story, "s1.1", 1) | typed(story, "s1.2", 2, quote="Mine")
    save_evidence(story, typed(story, "s1.1", 1, quote="Theirs"), by=User.objects.create_user("ada"))
    outcome = save_evidence(story, mine, by=bo)
    assert (outcome.saved, outcome.removed, outcome.refused) == ([("s1.2", 2)], [], [])
    assert evidence_of(story)["s1.1", 1]["quote"] == "Theirs"


def test_two_who_type_the_same_are_of_one_mind(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="The same"), by=User.objects.create_user("ada"))
    assert not save_evidence(story, typed(story, "s1.1", 1, quote="The same"), by=bo).refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"quote": "x" * 1001}, "The quote has 1001 characters; at most 1000 are kept."),
        ({"locator": "x" * 201}, "The locator has 201 characters; at most 200 are kept."),
        ({"quote": "a\0b"}, "NUL"),
    ],
)
def test_what_cannot_be_stored_is_refused_as_it_was_typed(bo, words, said):
    story = draft()
    [refused] = save_evidence(story, typed(story, "s1.1", 1, **words), by=bo).refused
    assert said in refused.refused
    assert refused.words == Words(**words)
    assert not Evidence.objects.exists()


def test_evidence_follows_its_sentence_and_stays_when_the_citation_goes(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="A"), by=bo)
    [section] = read_draft(story).sections
    moved = section.model_copy(update={"id": "s2", "heading": "Elsewhere"})
    before = change(story, sections=[moved])
    citation = citations_of(before)[0]
    assert (citation.passage.place, citation.evidence.quote) == ("Section “Elsewhere”", "A")
    change(story, sections=[])
    gone = citations_of(story)[-1]
    assert (gone.passage, gone.evidence.quote) == (None, "A")


def test_evidence_outlives_its_source_and_comes_back_with_it(bo):
    story = draft()
    before = read_draft(story)
    save_evidence(story, typed(story, "s1.2", 2, quote="Freight first", checked=True), by=bo)
    change(story, sources=before.sources[:1])
    assert not evidence_of(story)["s1.2", 2]["is_checked"]
    put_back(story, before, by=bo, what="The snapshot")
    assert evidence_of(story)["s1.2", 2]["is_checked"]


def test_another_report_under_the_number_unticks_what_was_read_in_the_old_one(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="A", checked=True), by=bo)
    document = read_draft(story)
    other = document.sources[0].model_copy(update={"url": "https://other.example/1", "title": "Other"})
    change(story, sources=[other, document.sources[1]])
    [citation] = [one for one in citations_of(story) if one.key == ("s1.1", 1)]
    assert citation.is_of_another_report  # though the Article, which only this story has, was changed in its place
    assert citation.stored == Words("A", "", False)
    assert not evidence_of(story)["s1.1", 1]["is_checked"]
    ticked = typed(story, "s1.1", 1, quote="A", checked=True, seen=citation.stored.digest)
    assert save_evidence(story, ticked, by=bo).saved == [("s1.1", 1)]
    assert evidence_of(story)["s1.1", 1]["is_checked"]


BOOK = {"title": "Yearbook of the strait", "outlet": "Harbour board"}


def with_report(**report):
    """A draft whose source 1 is this report, read and ticked for its first sentence."""
    story = draft(sources=[{"number": 1, **report}, {"number": 2, "title": "Freight first"}])
    reader = User.objects.create_user("cy")
    row = {Key("s1.1", 1): Typed(Words("A", "", True), NOTHING, citations_of(story)[0].report)}
    assert save_evidence(story, row, by=reader).saved
    return story


def replace(story, **report):
    first, second = read_draft(story).sources
    change(story, sources=[first.model_copy(update=report), second])


def is_ticked(story):
    [citation] = [one for one in citations_of(story) if one.key == ("s1.1", 1)]
    assert citation.stored.checked == evidence_of(story)["s1.1", 1]["is_checked"] != citation.is_of_another_report
    return citation.stored.checked


def test_another_report_without_an_address_unticks_what_was_read_in_the_old_one():
    story = with_report(**BOOK)
    was = story.sources.get(number=1).article
    replace(story, title="Minutes of the harbour board", authors=["A clerk"])
    assert story.sources.get(number=1).article == was  # which only this draft has
    assert not is_ticked(story)


@pytest.mark.parametrize(
    ("report", "filled"),
    [
        (BOOK, {"url": "https://harbour.example/yearbook"}),
        (BOOK, {"outlet": "Harbour Courier", "language": "en"}),
        ({"outlet": "Harbour board"}, {"title": "Yearbook of the strait"}),
        ({"url": "https://harbour.example/yearbook"}, {"title": "Yearbook of the strait"}),
    ],
)
def test_a_report_whose_details_are_filled_in_later_keeps_the_tick(report, filled):
    story = with_report(**report)
    replace(story, **filled)
    assert is_ticked(story)


@pytest.mark.parametrize("report", [BOOK, {"outlet": "Harbour board"}])
def test_a_report_that_is_deleted_takes_the_tick_with_it(report):
    story = with_report(**report)
    was = story.sources.get(number=1).article
    second = read_draft(story).sources[1]
    change(story, sources=[second])
    was.delete()
    change(story, sources=[SourceEntry(number=1, title="Minutes of the harbour board"), second])
    assert not is_ticked(story)


def test_what_was_typed_about_a_report_without_an_address_is_asked_again_once_it_is_another(bo):
    story = draft(sources=[{"number": 1, **BOOK}, {"number": 2, "title": "Freight first"}])
    mine = {Key("s1.1", 1): Typed(Words("A"), NOTHING, citations_of(story)[0].report)}
    replace(story, title="Minutes of the harbour board")
    [refused] = save_evidence(story, mine, by=bo).refused
    assert "Another report stands under this number" in refused.refused


def test_a_tick_alone_of_another_report_can_be_removed_once_its_citation_is_gone(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, checked=True), by=bo)
    document = read_draft(story)
    other = document.sources[0].model_copy(update={"url": "https://other.example/1", "title": "Other"})
    change(story, sections=[], sources=[other, document.sources[1]])
    row = Typed(Words(), citations_of(story)[-1].stored.digest, report_of(story, 1))
    assert save_evidence(story, {Key("s1.1", 1): row}, by=bo).removed == []
    assert save_evidence(story, {Key("s1.1", 1): row._replace(removed=True)}, by=bo).removed == [("s1.1", 1)]
    assert not Evidence.objects.exists()


def test_evidence_that_somebody_else_changed_is_not_removed_unseen(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="A"), by=bo)
    change(story, sections=[])
    seen = Words("Before").digest
    [refused] = save_evidence(story, {Key("s1.1", 1): Typed(Words(), seen, removed=True)}, by=bo).refused
    assert refused.theirs == Words("A")
    assert Evidence.objects.exists()


def test_what_was_typed_about_a_report_that_was_replaced_meanwhile_is_asked_again(bo):
    story = draft()
    mine = typed(story, "s1.1", 1, quote="Of the first report")
    document = read_draft(story)
    change(story, sources=[document.sources[1].model_copy(update={"number": 1}), document.sources[1]])
    [refused] = save_evidence(story, mine, by=bo).refused
    assert "Another report stands under this number" in refused.refused
    again = typed(story, "s1.1", 1, quote="Of the first report")
    assert save_evidence(story, again, by=bo).saved


def test_what_was_typed_for_a_sentence_that_went_meanwhile_is_kept(bo):
    story = draft()
    mine = typed(story, "s1.1", 1, quote="A")
    change(story, sections=[])
    assert save_evidence(story, mine, by=bo).saved == [("s1.1", 1)]
    assert citations_of(story)[-1].passage is None


def test_the_report_of_a_sentence_that_went_is_known_though_nothing_else_cites_it(bo):
    story = draft()
    mine = typed(story, "s1.2", 2, quote="Freight first")
    change(story, sections=[])
    assert save_evidence(story, mine, by=bo).saved == [("s1.2", 2)]
    assert Evidence.objects.get().article == story.sources.get(number=2).article


def test_the_posted_page_is_read_by_its_names():
    fields = {
        "csrfmiddlewaretoken": "x",
        **{"seen-s1.1-6": "d", "quote-s1.1-6": " a\r\nb ", "locator-s1.1-6": "", "report-s1.1-6": "4"},
        **{"seen-t4.1-2": "e", "checked-t4.1-2": "1", "quote-t4.1-2": ""},
        **{"seen-s9.1-1": "f", "quote-s9.1-1": "gone", "remove-s9.1-1": "1"},
        **{"seen-<script>-1": "x", "seen-s1.1-0": "x", "quote-s3.1-1": "without its seen"},
    }
    assert read_typed(fields.items()) == {
        Key("s1.1", 6): Typed(Words("a\nb"), "d", "4"),
        Key("t4.1", 2): Typed(Words("", "", True), "e"),
        Key("s9.1", 1): Typed(Words(), "f", removed=True),
    }


def test_the_filters(bo):
    story = draft()
    save_evidence(story, typed(story, "s1.1", 1, quote="A"), by=bo)
    save_evidence(story, typed(story, "s1.2", 2, quote="B", checked=True), by=bo)
    citations = citations_of(story)
    assert keys(shown_by(citations, "bare")) == [("t1.1", 1)]
    assert keys(shown_by(citations, "unchecked")) == [("s1.1", 1), ("t1.1", 1)]
    assert len(shown_by(citations, "anything else")) == 3


def test_evidence_says_something_and_once(bo):
    story = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(story=story, number=1, passage="s1.1")
    Evidence.objects.create(story=story, number=1, passage="s1.1", quote="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(story=story, number=1, passage="s1.1", quote="B")


def test_it_costs_the_same_with_more_rows(bo, django_assert_num_queries):
    story = draft(sections=[{"id": "s1", "body": "<p>A [1]. B [1, 2]. C [2].</p>"}])
    for key in ("s1.1", "s1.3"):
        save_evidence(story, typed(story, key, 1 if key == "s1.1" else 2, quote=key), by=bo)
    with django_assert_num_queries(1):
        evidence_of(story)
    with django_assert_num_queries(6):
        citations_of(story)
