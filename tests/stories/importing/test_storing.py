"""Imported documents as drafts: found again, left alone, updated, refused, published."""

import json
from io import BytesIO

import pytest
from django.core.files.storage import storages
from PIL import Image as Pixels

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.images.intake import take_in
from stories.images.library import add_picture
from stories.importing.files import digest_of_document, digest_of_text
from stories.importing.pasted_text import read_pasted_text
from stories.importing.report import Code
from stories.importing.storing import Did, Wishes, store
from stories.importing.story_json import read_story_json
from stories.models import Article, Image, Outlet, Source, Story, Topic, Version
from tests import factories
from tests.stories.images.exiftool import with_metadata
from tests.stories.importing.examples import CLEAN, big_story

pytestmark = pytest.mark.django_db

PUBLISHABLE = CLEAN[: CLEAN.index("  • A light")] + CLEAN[CLEAN.index("What the keepers") :]


def import_text(text=CLEAN, **wishes):
    return store(read_pasted_text(text), digest_of_text(text), Wishes(**wishes))


def import_json(*values, **wishes):
    read = read_story_json(json.dumps([value if isinstance(value, dict) else value.as_json() for value in values]))
    return [store(one, one.document and digest_of_document(one.document), Wishes(**wishes)) for one in read]


def edit(story, **fields):
    return write_draft(story, read_draft(story).model_copy(update=fields))


def refusals(outcome):
    return [entry.message for entry in outcome.imported.report if entry.code == Code.REFUSED]


def state():
    """All that an import could write."""
    return [list(model.objects.order_by("pk").values()) for model in (Story, Source, Article, Outlet, Image, Version)]


def test_text_becomes_a_draft():
    outcome = import_text()
    assert outcome.did is Did.CREATED
    draft = read_draft(outcome.story)
    assert draft == outcome.imported.document
    read = read_pasted_text(CLEAN).document
    assert draft.model_copy(update={"uid": read.uid}) == read


def test_listed_sub_stories_become_drafts_below_it():
    outcome = import_text()
    assert list(outcome.story.sub_stories.order_by("position").values_list("headline", flat=True)) == [
        "How a Lamp Was Automated",
        "The Last Keeper of Port Sallow",
    ]
    assert len(outcome.new_sub_stories) == 2


def test_story_that_stands_elsewhere_is_not_moved_below_it():
    Story.objects.create(headline="How a Lamp Was Automated", slug="how-a-lamp-was-automated")
    outcome = import_text()
    assert outcome.new_sub_stories == ("The Last Keeper of Port Sallow",)
    assert any("left where it is" in entry.message for entry in outcome.imported.report)


def test_same_text_changes_nothing():
    import_text()
    before = state()
    outcome = import_text()
    assert outcome.did is Did.UNCHANGED
    assert state() == before


def test_changed_text_updates_the_same_story_and_keeps_its_ids():
    first = import_text()
    second = import_text(CLEAN.replace("It called its members out", "It called all members out"))
    assert second.did is Did.UPDATED
    assert second.story.pk == first.story.pk
    assert [s.id for s in second.imported.document.sentences()] == [s.id for s in first.imported.document.sentences()]
    assert "all members" in read_draft(second.story).sections[0].body


def test_changed_text_is_refused_where_the_draft_was_edited():
    story = import_text().story
    edit(story, byline="Desk")
    before = state()
    outcome = import_text(CLEAN.replace("dusk", "dawn"))
    assert outcome.is_refused
    assert "--replace" in refusals(outcome)[0]
    assert state() == before


def test_same_text_changes_nothing_even_where_the_draft_was_edited():
    edit(import_text().story, byline="Desk")
    before = state()
    assert import_text().did is Did.UNCHANGED
    assert state() == before


def test_replace_overwrites_edits_but_keeps_what_the_text_does_not_carry():
    text = PUBLISHABLE.replace(
        "1. Keepers vote to strike – Harbour Post, Feb 18 2026 https://harbour.example/strike\n", ""
    )
    story = import_text(text).story
    draft = read_draft(story)
    sources = [draft.sources[0].model_copy(update={"title": "Typed by hand"}), *draft.sources[1:]]
    heading = draft.sections[0].model_copy(update={"heading": "Changed by hand"})
    edit(story, sources=sources, sections=[heading, *draft.sections[1:]])
    outcome = import_text(text, replace=True)
    assert outcome.did is Did.UPDATED
    after = read_draft(story)
    assert after.sources[0].title == "Typed by hand"
    assert after.sections == draft.sections
    assert not any(entry.code == Code.SOURCE_WITHOUT_DETAILS for entry in outcome.imported.report)


def test_story_that_was_never_imported_counts_as_edited():
    Story.objects.create(headline="Lighthouse Keepers Vote to Strike", slug="lighthouse-keepers-vote-to-strike")
    assert import_text().is_refused
    assert import_text(replace=True).did is Did.UPDATED


def test_renamed_story_is_found_again_and_does_not_count_as_edited():
    story = import_text(PUBLISHABLE, publish=True).story
    publishing.rename(story, by=None, slug="keepers")
    outcome = import_text(PUBLISHABLE.replace("came too fast", "came fast"))
    assert (outcome.did, outcome.story.pk) == (Did.UPDATED, story.pk)
    assert outcome.imported.document.slug == "keepers"


def test_headline_without_letters_is_found_again_too():
    first = import_text("!!!\n\nIt came back on Monday.")
    assert import_text("!!!\n\nIt came back on Tuesday.").story.pk == first.story.pk


def test_topic_and_parent_are_taken_over():
    topic, parent = (
        Topic.objects.create(name="World", slug="world"),
        Story.objects.create(headline="Coast", slug="coast"),
    )
    story = import_text(topic=topic, parent=parent).story
    assert (story.topic, story.parent) == (topic, parent)
    assert import_text(topic=topic).did is Did.UNCHANGED
    other = Topic.objects.create(name="Science", slug="science")
    assert import_text(topic=other).story.topic == other


def test_story_cannot_be_put_below_itself():
    story = import_text().story
    child = story.sub_stories.first()
    outcome = import_text(parent=child)
    assert outcome.is_refused
    assert state() == state()
    assert Story.objects.get(pk=story.pk).parent is None


def test_dry_run_writes_nothing():
    outcome = import_text(dry_run=True, publish=True)
    assert (outcome.did, outcome.story) == (Did.CREATED, None)
    assert Story.objects.count() + Outlet.objects.count() + Article.objects.count() == 0
    import_text()
    before = state()
    assert import_text(CLEAN.replace("dusk", "dawn"), dry_run=True).did is Did.UPDATED
    assert state() == before


def test_publishing_makes_a_version():
    outcome = import_text(PUBLISHABLE, publish=True)
    assert outcome.version.number == 1
    again = import_text(PUBLISHABLE, publish=True)
    assert (again.did, again.version, again.is_refused) == (Did.UNCHANGED, None, False)


def test_what_cannot_be_published_is_kept_as_a_draft():
    outcome = import_text(PUBLISHABLE.replace("[2–3]", "[99]"), publish=True)
    assert outcome.is_refused
    assert (outcome.did, outcome.version) == (Did.CREATED, None)
    assert Story.objects.filter(pk=outcome.story.pk).exists()
    assert Version.objects.count() == 0


def test_dry_run_knows_what_the_library_says_of_a_source():
    retracted = Article.objects.create(url="https://harbour.example/gone", status=Article.Status.RETRACTED)
    document = factories.document(sources=[{"number": n, "url": retracted.url} for n in (1, 2)])
    for dry_run in (True, False):
        (outcome,) = import_json(document, publish=True, dry_run=dry_run)
        assert any("retracted" in sentence for sentence in refusals(outcome))
        assert outcome.is_refused


def test_dry_run_says_what_publishing_would_refuse():
    outcome = import_text(PUBLISHABLE.replace("[2–3]", "[99]"), publish=True, dry_run=True)
    assert ["[99]" in message for message in refusals(outcome)] == [True]
    assert Story.objects.count() == 0


def test_edited_draft_is_not_published_by_importing_its_old_text():
    edit(import_text(PUBLISHABLE).story, byline="Desk")
    outcome = import_text(PUBLISHABLE, publish=True)
    assert "edited" in refusals(outcome)[0]
    assert Version.objects.count() == 0


def test_document_is_found_by_its_uid_and_replaces_the_draft_whole():
    document = read_pasted_text(CLEAN).document
    (first,) = import_json(document)
    assert first.story.uid == document.uid
    cited = {"sections": [], "timeline": [], "sources": []}
    (outcome,) = import_json(document.model_copy(update={"headline": "Another headline", **cited}))
    assert (outcome.did, outcome.story.pk) == (Did.UPDATED, first.story.pk)
    assert read_draft(outcome.story).sources == []


def test_document_without_sentences_continues_those_of_the_draft():
    values = factories.document().as_json()
    [first] = import_json(values)
    ids = {sentence.text: sentence.id for sentence in read_draft(first.story).sentences()}
    body = "<p>Freight moved first, the operator said [2]. A third berth is planned [1].</p>"
    [again] = import_json({**values, "sections": [{**values["sections"][0], "body": body, "sentences": []}]})
    assert again.did is Did.UPDATED
    kept, new = [sentence.id for sentence in read_draft(again.story).sections[0].sentences]
    assert kept == ids["Freight moved first, the operator said [2]."] == "s1.2"
    assert new == "s1.3"


def test_one_bad_document_of_a_list_leaves_the_others():
    document = read_pasted_text(CLEAN).document.as_json()
    outcomes = import_json(
        document, {"uid": "x"}, document | {"uid": "0a9dc0de-0000-4000-8000-000000000002", "slug": "b"}
    )
    assert [outcome.did for outcome in outcomes] == [Did.CREATED, Did.REFUSED, Did.CREATED]


def test_parent_that_is_not_here_refuses_the_story_whole():
    parent = {"uid": "0a9dc0de-0000-4000-8000-000000000003", "slug": "p", "headline": "Parent"}
    (outcome,) = import_json(read_pasted_text(CLEAN).document.as_json() | {"parent": parent})
    assert outcome.is_refused
    assert Story.objects.count() + Article.objects.count() == 0


def jpeg(colour="navy"):
    out = BytesIO()
    Pixels.new("RGB", (640, 400), colour).save(out, "JPEG")
    return out.getvalue()


def test_image_file_becomes_the_first_pictures():
    outcome = import_text(picture=take_in(jpeg()))
    (picture,) = outcome.imported.document.gallery
    assert (picture.width, picture.caption) == (640, "The light at Port Sallow before it was automated.")
    assert Image.objects.get().credit_line == "Coast Pictures"
    assert not any(entry.code == Code.PICTURE_WITHOUT_FILE for entry in outcome.imported.report)
    assert import_text(picture=take_in(jpeg())).did is Did.UNCHANGED


def test_image_file_that_the_storage_does_not_take_refuses_the_import(monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(storages["originals"], "save", full)
    outcome = import_text(picture=take_in(jpeg()))
    assert "The picture could not be kept" in refusals(outcome)[0]
    assert Story.objects.count() + Image.objects.count() == 0


def test_image_file_reaches_the_picture_that_awaited_it():
    import_text()
    outcome = import_text(picture=take_in(jpeg()))
    assert outcome.did is Did.UPDATED
    assert Image.objects.get().sha256 == outcome.imported.document.gallery[0].sha256


@pytest.mark.parametrize("awaited", [False, True])
def test_what_the_text_says_of_a_picture_wins_and_its_file_fills_the_blanks(awaited):
    if awaited:
        import_text()
    tags = ["-XMP-dc:Description=Other words", "-XMP-photoshop:Credit=Other", "-XMP-dc:Creator=Orla Vantrel"]
    told = with_metadata(jpeg(), *tags, "-XMP-photoshop:City=Skell", "-XMP-iptcExt:PersonInImage=Imra Vantrel")
    outcome = import_text(picture=take_in(told))
    (entry,) = outcome.imported.document.gallery
    image = Image.objects.get()
    for picture in (entry, image):
        assert picture.caption == "The light at Port Sallow before it was automated."
        assert (picture.credit_line, picture.creator) == ("Coast Pictures", "Orla Vantrel")
        assert (picture.place, list(picture.persons)) == ("Skell", ["Imra Vantrel"])
    assert image.embedded["caption"] == "Other words"
    assert read_draft(outcome.story).gallery == [entry]
    assert import_text(picture=take_in(told)).did is Did.UNCHANGED


def test_picture_stays_when_the_text_is_imported_again():
    import_text(picture=take_in(jpeg()))
    outcome = import_text(CLEAN.replace("dusk", "dawn"))
    (picture,) = outcome.imported.document.gallery
    assert (picture.alt_text, picture.width) == ("A lighthouse at dawn", 640)


def test_image_file_without_a_picture_in_the_text_is_refused():
    outcome = import_text(PUBLISHABLE, picture=take_in(jpeg()))
    assert "no picture" in refusals(outcome)[0]
    assert Story.objects.count() + Image.objects.count() == 0


def test_file_name_in_a_document_is_never_trusted():
    entry = {"file": "pictures/elsewhere.jpg", "sha256": "a" * 64, "width": 1, "height": 1, "caption": "x"}
    document = read_pasted_text(CLEAN).document.as_json()
    (outcome,) = import_json(document | {"gallery": [entry]})
    assert outcome.imported.document.gallery[0].file is None
    assert any(entry.code == Code.PICTURE_WITHOUT_FILE for entry in outcome.imported.report)


def test_file_that_the_library_has_is_found_by_its_hash():
    known = add_picture(jpeg())
    entry = {"file": "pictures/elsewhere.jpg", "sha256": known.sha256, "width": 1, "height": 1, "caption": "x"}
    (outcome,) = import_json(read_pasted_text(CLEAN).document.as_json() | {"gallery": [entry]})
    (picture,) = outcome.imported.document.gallery
    assert (picture.file, picture.width) == (known.file.name, 640)
    assert not any(entry.code == Code.PICTURE_WITHOUT_FILE for entry in outcome.imported.report)


def test_kind_of_an_outlet_stays_as_the_newsroom_has_it():
    Outlet.objects.create(name="Harbour Post", slug="harbour-post", kind="news")
    import_text()
    assert Outlet.objects.get(name="Harbour Post").kind == "news"


def test_a_known_text_makes_the_sub_stories_that_are_not_here_yet():
    story = import_text().story
    Story.objects.filter(parent=story).first().delete()
    before = Story.objects.filter(parent=story).count()
    assert import_text(dry_run=True).did is Did.UNCHANGED
    outcome = import_text()
    assert (outcome.did, len(outcome.new_sub_stories)) == (Did.UPDATED, 1)
    assert Story.objects.filter(parent=story).count() == before + 1
    assert import_text().did is Did.UNCHANGED


@pytest.mark.slow
def test_big_story_is_stored_in_seconds_and_again_without_change():
    text = big_story()
    assert import_text(text).did is Did.CREATED
    assert import_text(text).did is Did.UNCHANGED
    assert import_text(text.replace("Round 7 of", "Seventh Round of")).did is Did.UPDATED


def test_what_a_file_says_otherwise_of_a_shared_report_is_not_dropped_in_silence():
    url = "https://harbour.example/1"
    first = factories.document(sources=[{"number": 1, "url": url, "title": "Council votes", "outlet": "Harbour Post"}])
    other = factories.document(sources=[{"number": 4, "url": url, "title": "Another title", "outlet": "Other"}])
    (told,) = import_json(first)
    assert not [entry for entry in told.imported.report if entry.code is Code.COUNT_MISMATCH]
    (told,) = import_json(other)
    (entry,) = [entry for entry in told.imported.report if entry.code is Code.COUNT_MISMATCH]
    assert entry.number == 4
    assert "“Council votes”, Harbour Post" in entry.message
    assert "outlet, title" in entry.message


QUOTE = {"passage": "s1.1", "number": 1, "quote": "A second berth was opened.", "locator": "paragraph 3"}


def evidence_of(story):
    return list(story.evidence.values("passage", "number", "quote", "locator"))


def left_out(outcome):
    return [entry.message for entry in outcome.imported.report if entry.message.startswith("Evidence of the file")]


def test_evidence_of_a_file_comes_with_a_new_story_and_again_changes_nothing():
    document = factories.document(evidence=[QUOTE])
    [created] = import_json(document)
    assert evidence_of(created.story) == [QUOTE]
    assert left_out(created) == []
    [again] = import_json(document)
    assert (again.did, left_out(again)) == (Did.UNCHANGED, [])


def test_evidence_is_added_to_a_known_story_whose_sentences_the_file_names():
    [created] = import_json(factories.document())
    known = read_draft(created.story)
    [added] = import_json(known.as_json() | {"evidence": [QUOTE]})
    assert (added.did, evidence_of(created.story)) == (Did.UPDATED, [QUOTE])
    other = {**QUOTE, "quote": "Otherwise."}
    [kept] = import_json(known.as_json() | {"evidence": [other]})
    assert (kept.did, evidence_of(created.story)) == (Did.UNCHANGED, [QUOTE])
    assert "the story has its own there or other sentences: s1.1 [1]." in left_out(kept)[0]


def test_evidence_is_not_put_to_the_sentences_of_another_story():
    [created] = import_json(factories.document(slug="ferry"))
    stranger = factories.document(slug="ferry", headline="Otherwise", evidence=[QUOTE])
    [updated] = import_json(stranger)
    assert updated.story == created.story
    assert evidence_of(created.story) == []
    assert len(left_out(updated)) == 1
    bare = stranger.model_copy(update={"uid": created.story.uid, "headline": "Once more"})
    assert len(left_out(import_json(bare)[0])) == 1
