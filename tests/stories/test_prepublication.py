from datetime import UTC, datetime, timedelta

import pytest

from stories.document import complete
from stories.draft import read_draft
from stories.images.rights import Rights
from stories.models import Article, Image, StandingCheck
from stories.prepublication import Picture, check, check_story
from tests import factories

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHA256 = "a" * 64
GOOD = {"alt_text": "A quay at low tide", "credit_line": "Harbour Courier", "caption": "The quay"}
PICTURE = {**GOOD, "file": "pictures/quay.jpg", "sha256": SHA256, "width": 800, "height": 600}


def document(**fields):
    return complete(factories.document(**fields))


def codes(findings, *, refuses=None):
    return [finding.code for finding in findings if refuses is None or finding.refuses == refuses]


def refused(document, **known):
    return codes(check(document, at=NOON, **known)[1], refuses=True)


def test_a_good_document_may_go_out_as_it_is():
    given = document(gallery=[PICTURE])
    assert check(given, at=NOON) == (given, [])


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("no_headline", {"headline": ""}),
        ("unresolved_marker", {"sections": [{"id": "s1", "body": "A berth opened [77]."}]}),
        ("unreadable_date", {"timeline": [{"id": "t1", "label": "Soon", "text": "A berth opens [1]."}]}),
        ("no_alt_text", {"gallery": [{**PICTURE, "alt_text": ""}]}),
        ("no_credit_line", {"gallery": [{**PICTURE, "credit_line": " "}]}),
    ],
)
def test_what_misleads_is_refused_unless_readers_have_it_already(code, fields):
    faulty = document(**fields)
    assert refused(faulty) == [code]
    assert refused(faulty, live=document().as_json()) == [code]
    _, findings = check(faulty, live=faulty.as_json(), at=NOON)
    assert code in codes(findings, refuses=False)
    assert not codes(findings, refuses=True)
    told = next(finding for finding in findings if finding.code == code)
    assert told.message.endswith("The live version has this fault as well.")


def test_a_second_fault_of_a_kind_is_refused_while_the_first_is_live():
    live = document(sections=[{"id": "s1", "body": "A berth opened [77]. It closed [1]."}])
    edited = complete(
        live.model_copy(
            update={"sections": [live.sections[0].model_copy(update={"body": "A berth opened [77]. It closed [78]."})]}
        )
    )
    _, findings = check(edited, live=live.as_json(), at=NOON)
    assert [finding.message.split(",")[0] for finding in findings if finding.refuses] == ["Section 1 cites [78]"]


def test_a_source_retracted_after_publication_holds_up_no_correction():
    before = document()
    retracted = {before.sources[0].url}
    assert refused(before, retracted=retracted) == ["retracted_source"]
    assert refused(before, retracted=retracted, live=before.as_json()) == []
    other = document()
    assert refused(other, retracted={other.sources[0].url}, live=before.as_json()) == ["retracted_source"]


@pytest.mark.parametrize(
    ("rights", "shown"),
    [
        ({}, True),
        ({"rights_until": NOON + 200 * HOUR}, True),
        ({"rights_until": NOON}, False),
        ({"rights_until": NOON - HOUR}, False),
        ({"rights_from": NOON}, True),
        ({"rights_from": NOON + HOUR}, False),
    ],
)
def test_a_picture_is_left_out_without_its_rights(rights, shown):
    given = document(gallery=[PICTURE])
    done, findings = check(given, pictures={SHA256: Picture(3, Rights(**rights))}, at=NOON)
    assert (done.gallery == given.gallery) == shown
    assert codes(findings) == ([] if shown else ["picture_past_rights"])
    assert all(finding.message.startswith("Picture 3 ") for finding in findings)


def test_a_picture_that_is_left_out_holds_up_no_words():
    given = document(gallery=[{"caption": "Awaits its file"}, {**PICTURE, "alt_text": "", "credit_line": ""}])
    done, findings = check(given, pictures={SHA256: Picture(2, Rights(rights_until=NOON))}, at=NOON)
    assert done.gallery == []
    assert codes(findings) == ["picture_without_file", "picture_past_rights"]
    assert not codes(findings, refuses=True)


def test_a_live_version_that_cannot_be_read_excuses_nothing():
    assert refused(document(headline=""), live={"redacted": True}) == ["no_headline"]


def test_warnings_do_not_refuse():
    warned = document(
        sections=[{"id": "s1", "body": "Orla Vantrel opened it [1]. Imra Vantrel closed it [1]. Nobody asked."}],
        timeline=[{"id": "t1", "date": "2031-01-01", "text": "It opens again [1]."}],
        sources=[{"number": 1, "published": "2026-01-01"}, {"number": 2}],
        gallery=[{**PICTURE, "caption": PICTURE["alt_text"]}],
    )
    _, findings = check(warned, at=NOON)
    assert set(codes(findings)) == {
        "uncited_sentence",
        "never_cited",
        "source_without_address",
        "source_without_outlet",
        "one_source_section",
        "event_after_sources",
        "alt_equals_caption",
        "name_conflict",
    }
    assert not codes(findings, refuses=True)


def draft_and_document(**fields):
    given = document(**fields)
    return factories.draft(**{name: value for name, value in given if name not in {"format", "direction"}}), given


@pytest.mark.django_db
def test_the_library_says_which_sources_are_retracted():
    story, given = draft_and_document()
    assert codes(check_story(story, given, at=NOON)[1], refuses=True) == []
    Article.objects.filter(url=given.sources[0].url).update(status=Article.Status.RETRACTED)
    assert codes(check_story(story, given, at=NOON)[1], refuses=True) == ["retracted_source"]


@pytest.mark.django_db
def test_the_library_says_which_sources_were_corrected_and_not_checked_since():
    story, given = draft_and_document()
    corrected = Article.objects.get(url=given.sources[0].url)
    Article.objects.filter(pk=corrected.pk).update(status=Article.Status.CORRECTED, status_note="A slip.")
    assert codes(check_story(story, given, at=NOON)[1]) == ["source_corrected"]
    check = StandingCheck.objects.create(story=story, article=corrected, note="A slip.")
    assert codes(check_story(story, given, at=NOON)[1]) == []
    assert codes(check_story(factories.draft(), given, at=NOON)[1]) == ["source_corrected"]
    StandingCheck.objects.filter(pk=check.pk).update(note="Another slip.")
    assert codes(check_story(story, given, at=NOON)[1]) == ["source_corrected"]


@pytest.mark.django_db
def test_a_report_without_address_is_known_by_its_number_in_the_story_alone():
    body = [{"id": "s1", "body": "<p>A berth opened [1]. It closed [2].</p>"}]
    sources = [{"number": 1, "title": "A leaflet"}, {"number": 2, "title": "A note"}]
    story = factories.draft(sections=body, sources=sources, timeline=[])
    swapped = [{**sources[0], "number": 2}, {**sources[1], "number": 1}]
    other = factories.draft(sections=body, sources=swapped, timeline=[])
    Article.objects.filter(title="A note").update(status=Article.Status.RETRACTED)
    Article.objects.filter(title="A leaflet").update(status=Article.Status.CORRECTED)
    assert Article.objects.count() == 2
    for one, retracted, corrected in ((story, "2", "1"), (other, "1", "2")):
        findings = [f for f in check_story(one, read_draft(one), at=NOON)[1] if f.code.endswith(("ed_source", "ected"))]
        assert [(f.code, f.place.id) for f in findings] == [
            ("retracted_source", retracted),
            ("source_corrected", corrected),
        ]


@pytest.mark.django_db
def test_checking_a_story_costs_three_queries(django_assert_num_queries):
    story, given = draft_and_document(gallery=[PICTURE])
    with django_assert_num_queries(3):
        check_story(story, given, live=given.as_json(), at=NOON)


@pytest.mark.django_db
def test_the_library_says_which_pictures_may_be_shown():
    story, given = draft_and_document(gallery=[{"caption": "Awaits its file"}, PICTURE])
    shown, findings = check_story(story, given, at=NOON)
    assert [entry.sha256 for entry in shown.gallery] == [SHA256]
    assert codes(findings) == ["picture_without_file"]
    Image.objects.filter(sha256=SHA256).update(rights_until=NOON)
    shown, findings = check_story(story, given, at=NOON)
    assert shown.gallery == []
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("picture_without_file", "picture-1"),
        ("picture_past_rights", "picture-2"),
    ]
    Image.objects.filter(sha256=SHA256).update(rights_until=NOON + HOUR, refused_uses=["advertising"])
    shown, findings = check_story(story, given, at=NOON)
    assert [entry.sha256 for entry in shown.gallery] == [SHA256]
    assert codes(findings) == ["picture_without_file", "picture_rights_end", "refused_uses"]


def test_a_headline_without_text_is_a_warning():
    _, findings = check(document(sections=[], timeline=[], sources=[]))
    assert [(finding.code, finding.refuses) for finding in findings] == [("no_text", False)]


@pytest.mark.parametrize("headline", ["", " ", "\u200b", "\u00ad\u2060", "\u3164", "\u2800 \ufeff", "\u200e"])
def test_a_headline_that_nobody_can_see_is_none(headline):
    assert refused(document(headline=headline)) == ["no_headline"]
