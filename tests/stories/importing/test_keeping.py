"""What a text does not carry stays as the draft has it."""

from stories.document import GalleryEntry, ResourceEntry, SourceEntry
from stories.importing.keeping import keep_details
from stories.importing.pasted_text import read_pasted_text
from tests.stories.importing.examples import CLEAN

FILE = {"file": "pictures/a.jpg", "sha256": "a" * 64, "width": 800, "height": 600}
PLAIN = CLEAN[: CLEAN.index("1. Keepers")] + CLEAN[CLEAN.index("Timeline") : CLEAN.index("Dive")]


def read(text=CLEAN):
    return read_pasted_text(text).document


def test_details_of_sources_stay_where_the_text_gives_none():
    kept = keep_details(read(PLAIN), read())
    assert kept.sources == read().sources


def test_text_that_names_another_report_replaces_the_source_whole():
    draft = read()
    draft.sources[0] = draft.sources[0].model_copy(update={"authors": ["Ilse Quandt"]})
    same = keep_details(read(), draft)
    assert same.sources[0].authors == ["Ilse Quandt"]
    other = keep_details(read(CLEAN.replace("harbour.example/strike", "harbour.example/other")), draft)
    assert other.sources[0].authors == []


def test_sources_that_only_the_draft_has_stay():
    draft = read()
    draft.sources.append(SourceEntry(number=9, title="Added by hand"))
    assert [source.number for source in keep_details(read(), draft).sources] == [1, 2, 3, 9]


def test_uploaded_picture_stays_with_its_words_and_never_moves_to_others():
    draft = read()
    draft.gallery[0] = draft.gallery[0].model_copy(update=FILE | {"creator": "Ilse Quandt"})
    (same,) = keep_details(read(), draft).gallery
    assert (same.file, same.creator) == ("pictures/a.jpg", "Ilse Quandt")
    other = CLEAN.replace("The light at Port Sallow before it was automated", "Ballots on a table").replace(
        "A lighthouse at dusk", "Sheets of paper"
    )
    assert [entry.file for entry in keep_details(read(other), draft).gallery] == [None, "pictures/a.jpg"]


def test_picture_that_awaits_its_upload_goes_when_the_text_has_none():
    draft = read()
    draft.gallery.append(GalleryEntry(caption="Gone"))
    assert len(keep_details(read(), draft).gallery) == 1


def test_links_set_by_an_editor_stay_while_the_words_are_the_same():
    draft = read()
    linked = draft.sections[1].body.replace("figures", '<a href="https://office.example/" rel="noopener">figures</a>')
    draft.sections[1] = draft.sections[1].model_copy(update={"body": linked})
    assert keep_details(read(), draft).sections[1].body == linked
    changed = read(CLEAN.replace("lamps need no keeper", "lamps need nobody"))
    assert "<a" not in keep_details(changed, draft).sections[1].body


def test_head_and_resources_stay_where_the_text_is_silent():
    draft = read().model_copy(update={"language": "de", "byline": "Desk", "slug": "moved"})
    kept = keep_details(read(PLAIN.replace("The keepers' union says automation came too fast.\n\n", "")), draft)
    assert (kept.language, kept.byline, kept.slug, kept.standfirst) == ("de", "Desk", "moved", draft.standfirst)
    assert kept.resources == draft.resources
    told = keep_details(read(CLEAN.replace("register", "list")), draft)
    assert told.resources == [
        ResourceEntry(url="https://office.example/list", title="Register of lights", publisher="Coast Office")
    ]
