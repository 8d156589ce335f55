"""What readers see of evidence: frozen into Versions, and only what is to be shown."""

from datetime import timedelta

import pytest

from stories import publishing
from stories.document import StoryDocument, content_sha256, sha256
from stories.draft import new_story, read_draft, write_draft
from stories.evidence import Key, Typed, Words, save_evidence
from stories.models import Article, Evidence, Source, Story
from stories.parts import Part
from stories.refusals import NothingChanged
from stories.versions import freeze
from tests.factories import NOON, document, draft, live, version

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
QUOTE = {"passage": "s1.1", "number": 1, "quote": "A second berth was opened.", "locator": "paragraph 3"}


def evidence(story: Story, passage: str = "s1.1", number: int = 1, **fields) -> Evidence:
    article = story.sources.get(number=number).article
    said = {"quote": "A second berth was opened.", "locator": "paragraph 3", "is_shown": True} | fields
    return Evidence.objects.create(
        story=story, passage=passage, number=number, article=article, url=article.url, **said
    )


def frozen(story: Story) -> list:
    return freeze(read_draft(story), at=NOON).as_json().get("evidence", [])


def test_what_readers_are_to_see_is_frozen_with_the_version():
    story = draft()
    evidence(story)
    publishing.publish(story, by=None, at=NOON)
    assert version(story).document["evidence"] == [QUOTE]
    Evidence.objects.update(quote="Changed since.")
    assert version(story).document["evidence"] == [QUOTE]


def test_a_document_without_evidence_is_written_as_it_always_was():
    values = document().as_json()
    assert "evidence" not in values
    assert sha256(StoryDocument.model_validate(values).as_json()) == sha256(values)


def test_what_is_not_to_be_shown_stays_in_the_newsroom():
    story = draft()
    evidence(story, is_shown=False)
    assert frozen(story) == []


def test_evidence_of_a_citation_that_is_gone_is_not_shown():
    story = draft()
    evidence(story, passage="s1.2", number=1)
    assert frozen(story) == []


def test_a_quote_of_the_report_that_stood_there_before_is_not_shown():
    story = draft()
    evidence(story)
    other = Article.objects.create(url="https://harbour.example/another", title="Another")
    Source.objects.filter(story=story, number=1).update(article=other)
    assert frozen(story) == []


def test_a_report_without_address_is_known_by_its_title():
    story = draft(
        sources=[{"number": 1, "title": "A leaflet"}, {"number": 2, "title": "B", "url": "https://b.example/"}]
    )
    evidence(story)
    Evidence.objects.update(url="A leaflet")
    assert [entry["quote"] for entry in frozen(story)] == ["A second berth was opened."]


def test_a_report_of_which_nothing_was_known_is_known_by_itself():
    story = draft(sources=[{"number": 1, "outlet": "Strait Wire"}, {"number": 2, "title": "B"}])
    row = evidence(story)
    Evidence.objects.update(url=f"Article {row.article_id}")
    assert len(frozen(story)) == 1
    Article.objects.filter(pk=row.article_id).update(title="Its title")
    assert len(frozen(story)) == 1
    Source.objects.filter(story=story, number=1).update(article=Article.objects.create(title="Another"))
    assert frozen(story) == []


def test_a_source_without_details_may_be_filled_in():
    story = draft(sources=[{"number": 1}, {"number": 2, "title": "B"}])
    Evidence.objects.create(story=story, passage="s1.1", number=1, quote="A quote.", is_shown=True)
    assert len(frozen(story)) == 1
    Source.objects.filter(story=story, number=1).update(article=Article.objects.create(title="Its title"))
    assert len(frozen(story)) == 1


def test_evidence_stands_in_the_order_of_the_page_by_number():
    story = draft(
        sections=[{"id": "s2", "body": "<p>A [1].</p>"}, {"id": "s10", "body": "<p>B [2][1].</p>"}],
        timeline=[{"id": "t1", "date": "2026-03-01", "text": "C [1]."}],
    )
    for passage, number in [("t1.1", 1), ("s10.1", 2), ("s10.1", 1), ("s2.1", 1)]:
        evidence(story, passage, number)
    told = [(entry["passage"], entry["number"]) for entry in frozen(story)]
    assert told == [("s2.1", 1), ("s10.1", 1), ("s10.1", 2), ("t1.1", 1)]


def test_a_quote_alone_can_be_published():
    story = live()
    with pytest.raises(NothingChanged):
        publishing.publish(story, by=None, at=LATER)
    evidence(story)
    publishing.publish(story, by=None, at=LATER)
    assert version(story, 2).document["evidence"] == [QUOTE]


def test_what_is_held_back_keeps_the_quotes_that_readers_have():
    story = live(
        sections=[{"id": "s1", "body": "<p>One [1].</p>"}, {"id": "s2", "body": "<p>Two [1].</p>"}],
    )
    evidence(story, "s1.1")
    evidence(story, "s2.1", quote="For the other section.")
    publishing.publish(story, by=None, at=LATER, held_back=[Part("section", "s2")])
    assert [entry["passage"] for entry in version(story, 2).document["evidence"]] == ["s1.1"]


def test_restoring_old_words_shows_the_evidence_of_today():
    story = draft()
    evidence(story)
    publishing.publish(story, by=None, at=NOON)
    Evidence.objects.update(quote="Mended.")
    publishing.publish(story, by=None, at=LATER)
    Story.objects.filter(pk=story.pk).update(headline="Another headline")
    publishing.publish(Story.objects.get(pk=story.pk), by=None, at=LATER + timedelta(hours=1))
    publishing.restore(version(story, 1), by=None, at=LATER + timedelta(hours=2))
    assert [entry["quote"] for entry in version(story, 4).document["evidence"]] == ["Mended."]


def test_a_document_brings_its_evidence_and_replaces_none():
    story = new_story(document(evidence=[QUOTE]))
    row = story.evidence.get()
    assert (row.quote, row.is_shown, row.checked_at) == (QUOTE["quote"], True, None)
    assert frozen(story) == [QUOTE]
    from_another = document(uid=story.uid, evidence=[{**QUOTE, "quote": "Otherwise."}])
    assert from_another.evidence[0].quote == "Otherwise."
    story.evidence.update(quote="Mended by hand.")
    write_draft(story, read_draft(story).model_copy(update={"evidence": from_another.evidence}))
    assert story.evidence.get().quote == "Mended by hand."


def test_lists_tell_that_a_quote_is_not_published_yet(django_user_model):
    story = live()
    article = story.sources.get(number=1).article
    row = Typed(Words("A quote.", "", False, True), Words().digest, f"{article.pk} {article.url}")
    save_evidence(story, {Key("s1.1", 1): row}, by=django_user_model.objects.create_user("bo"))
    story.refresh_from_db()
    assert story.content_sha256 == content_sha256(freeze(read_draft(story), at=NOON).as_json())
    assert story.content_sha256 != version(story).content_sha256
