import re
from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import Version
from tests import factories
from tests.stories.views.reading import by_class, page, part, rows, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)

RUN = "//script[not(@type='application/ld+json') and not(@src)]"


def ago(hours: float):
    return timezone.now() - HOUR * hours


def picture(letter, **fields):
    file = {"file": f"pictures/{letter * 64}.jpg", "sha256": letter * 64, "width": 1600, "height": 1000}
    return {**file, "alt_text": f"Quay {letter}", "credit_line": "Harbour Courier", **fields}


def source(number, **fields):
    return {"number": number, "title": f"Report {number}", "url": f"https://strait.example/{number}", **fields}


def section(body, k=1):
    return {"id": f"s{k}", "heading": f"Heading {k}", "body": f"<p>{body}</p>"}


def child_of(parent, at, **fields):
    return factories.live(at, parent={"uid": parent.uid, "slug": parent.slug, "headline": parent.headline}, **fields)


def story_page(client, story, status=200):
    return page(client, f"/stories/{story.slug}/", status)


def test_head_tells_headline_standfirst_moment_and_number_of_articles(client):
    at = ago(1)
    tree = story_page(client, factories.live(at, headline="Ferry sails", standfirst="At last.", byline="Strait desk"))
    said = words(part(tree, "content"))
    assert words(tree.xpath("//h1")[0]) == "Ferry sails"
    assert re.search(r"Updated \w{3} \d{1,2} \d{4}, \d\d:\d\d UTC \(2 articles\)", said)
    assert "At last." in said
    assert "Strait desk" in said
    assert tree.xpath("//time/@datetime")[0] == at.isoformat(timespec="seconds")


def test_one_article_is_counted_in_the_singular(client):
    tree = story_page(
        client, factories.live(ago(1), sources=[source(1)], sections=[section("It sails [1].")], timeline=[])
    )
    assert "(1 article)" in words(tree)


def test_minor_version_leaves_the_moment_of_the_update(client):
    first = ago(3)
    story = factories.live(first)
    publishing.publish(factories.edit(story, standfirst="A comma."), by=None, kind=Version.Kind.MINOR, at=ago(1))
    assert story_page(client, story).xpath("//time/@datetime")[0] == first.isoformat(timespec="seconds")


def test_gallery_shows_each_picture_with_caption_credit_source_and_full_size(client):
    pictures = [picture("a", caption="One", source_url="https://photos.example/1"), picture("b", caption="Two")]
    tree = story_page(client, factories.live(ago(1), gallery=pictures))
    first, second = tree.xpath("//figure")
    assert words(first.xpath("figcaption")[0]) == "One Harbour Courier Source Full size"
    assert words(second.xpath("figcaption")[0]) == "Two Harbour Courier Full size"
    own, full_size = f"/pictures/{'a' * 16}/", f"/media/pictures/{'a' * 64}.jpg"
    assert first.xpath(".//a/@href") == [own, "https://photos.example/1", full_size]
    assert first.xpath(".//img/@alt") == ["Quay a"]
    assert [image.get("loading") for image in tree.xpath("//figure//img")] == [None, "lazy"]


def test_markers_lead_to_sources_and_sources_back(client):
    tree = story_page(client, factories.live(ago(1)))
    for link in by_class(tree, "marker"):
        assert part(tree, link.get("href").removeprefix("#")) is not None
    backward = part(tree, "source-1").xpath(".//*[contains(@class, 'places')]/a[not(@class)]/@href")
    assert len(backward) == 2
    assert {part(tree, anchor.removeprefix("#")).get("href") for anchor in backward} == {"#source-1"}


def test_sources_list_only_the_cited_numbers_and_shows_them_as_they_are(client):
    sources = [source(7), source(2), source(5)]
    tree = story_page(client, factories.live(ago(1), sources=sources, sections=[section("A [7]. B [2].")], timeline=[]))
    assert part(tree, "sources").xpath("./ol/li/@value") == ["2", "7"]
    assert "2 cited" in words(part(tree, "sources").xpath("./summary")[0])


def test_all_related_articles_stand_by_date_and_those_without_last(client):
    sources = [source(1), source(2, published="2026-01-02"), source(3, published="2026-01-03")]
    tree = story_page(client, factories.live(ago(1), sources=sources, sections=[section("A [2].")], timeline=[]))
    assert rows(tree, "articles") == ["Report 3 Jan 3 2026", "Report 2 Jan 2 2026 cited as [2]", "Report 1"]


def test_source_without_details_is_listed_by_what_is_known(client):
    tree = story_page(
        client, factories.live(ago(1), sources=[{"number": 4}], sections=[section("A [4].")], timeline=[])
    )
    assert rows(tree, "sources")[0].startswith("Source 4, details unknown")
    assert part(tree, "source-4").xpath(".//a[starts-with(@href, 'http')]") == []


def test_timeline_has_years_as_anchors_and_tells_precisions_apart(client):
    events = ["2024-02-24", "2025-07", "2025-12-06/2025-12-07", "2026"]
    timeline = [{"id": f"t{k}", "date": date, "text": "It moved [1]."} for k, date in enumerate(events, 1)]
    tree = story_page(client, factories.live(ago(1), timeline=timeline))
    assert [heading.get("id") for heading in part(tree, "timeline").xpath(".//h3")] == [
        "year-2024",
        "year-2025",
        "year-2026",
    ]
    assert [part(tree, f"t{k}").get("class") for k in (1, 2, 3, 4)] == [
        "event day",
        "event month",
        "event range",
        "event year",
    ]
    assert part(tree, "t1").xpath(".//time/@datetime") == ["2024-02-24"]
    assert "4 events" in words(part(tree, "timeline").xpath("./summary")[0])


def test_timeline_names_its_months_and_leads_to_its_years(client):
    timeline = [
        {"id": f"t{k}", "date": date, "text": "It moved [1]."}
        for k, date in enumerate(("2024-02-24", "2025", "2025-07"), 1)
    ]
    tree = part(story_page(client, factories.live(ago(1), timeline=timeline)), "timeline")
    assert [words(heading) for heading in tree.xpath(".//h4")] == ["February", "No month known", "July"]
    assert [words(link) for link in by_class(tree, "year-jump")[0].xpath(".//a")] == ["2024 1", "2025 2"]


def test_timeline_can_be_asked_for_by_source_and_with_the_newest_first(client):
    timeline = [
        {"id": f"t{k}", "date": f"2024-0{k}", "text": f"It moved [{number}]."} for k, number in enumerate((1, 2, 1), 1)
    ]
    address = f"{factories.live(ago(1), timeline=timeline).get_absolute_url()}?cites=1&order=newest"
    tree = page(client, address)
    assert [event.get("id") for event in by_class(tree, "event")] == ["t3", "t1"]
    assert "rest on [1] Harbour Courier (2)" in words(by_class(tree, "timeline-told")[0])
    assert tree.xpath("//select[@name='cites']/option[@selected]/@value") == ["1"]
    assert "Timeline 3" in words(part(tree, "contents"))


@pytest.mark.parametrize(
    "query", ["cites=7", "cites=", "cites=1%00", "cites=999999999999999999999", "order=x", "cites=-1"]
)
def test_timeline_is_whole_for_a_choice_that_says_nothing(client, query):
    tree = page(client, f"{factories.live(ago(1)).get_absolute_url()}?{query}")
    assert len(by_class(tree, "event")) == 1
    assert words(by_class(tree, "timeline-told")[0]) == ""


def test_siblings_are_listed_with_the_story_among_them(client):
    parent = factories.live(ago(9), headline="The parent")
    one = child_of(parent, ago(8), headline="The first")
    child_of(parent, ago(7), headline="The second")
    tree = part(story_page(client, one), "siblings")
    assert words(tree.xpath("./summary")[0]).startswith("Also part of The parent")
    assert [words(row) for row in tree.xpath(".//*[@aria-current]")] == ["The first"]
    assert [words(link) for link in tree.xpath(".//li//a")] == ["The second"]


def test_dive_deeper_is_a_tree(client):
    top = factories.live(ago(9))
    child_of(child_of(top, ago(8), headline="One"), ago(7), headline="One A")
    tree = part(story_page(client, top), "dive-deeper")
    assert [words(link) for link in tree.xpath("./ol/li/ol/li//a")] == ["One A"]
    assert "2 articles 1 sub-story" in rows(tree, "dive-deeper")[0]
    assert "2 sub-stories" in words(tree.xpath("./summary")[0])


def test_dive_deeper_counts_and_dates_the_live_sub_stories_as_they_are_arranged(client):
    parent = factories.live(ago(9), headline="Parent")
    one, two = child_of(parent, ago(8), headline="One"), child_of(parent, ago(7), headline="Two")
    publishing.withdraw(child_of(parent, ago(6), headline="Gone"), by=None, reason="It was wrong.")
    for order in ([one, two], [two, one]):
        publishing.arrange_sub_stories(parent, order, by=None)
        tree = story_page(client, parent)
        assert [row.split(" 2 articles")[0] for row in rows(tree, "dive-deeper")] == [s.headline for s in order]
    assert "2 sub-stories" in words(part(tree, "dive-deeper").xpath("./summary")[0])


def test_parent_is_linked_only_while_it_is_live(client):
    parent = factories.live(ago(9), headline="The parent")
    child = child_of(parent, ago(8), headline="The child")
    assert story_page(client, child).xpath(f"//a[@href='/stories/{parent.slug}/']/text()") == ["The parent"]
    publishing.withdraw(parent, by=None, reason="It was wrong.")
    assert "The parent" not in words(story_page(client, child))


def test_external_resources_are_counted(client):
    resources = [{"url": "https://a.example/", "title": "A", "publisher": "P"}, {"url": "https://b.example/"}]
    tree = story_page(client, factories.live(ago(1), resources=resources))
    assert rows(tree, "resources") == ["A P", "https://b.example/"]
    assert "2 links" in words(part(tree, "resources").xpath("./summary")[0])


def test_sources_and_timeline_stand_open_and_the_lists_are_folded(client):
    parent = factories.live(ago(2), resources=[{"url": "https://a.example/"}])
    child_of(parent, ago(1))
    tree = story_page(client, parent)
    assert [details.get("id") for details in tree.xpath("//details[@open]")] == ["sources", "timeline"]
    assert [details.get("id") for details in tree.xpath("//details[not(@open)]")] == [
        "evidence",
        "dive-deeper",
        "articles",
        "resources",
    ]


def test_parts_without_content_are_left_out(client):
    tree = story_page(client, factories.live(ago(1), sources=[], sections=[], timeline=[]))
    assert tree.xpath("//details") == []
    assert by_class(tree, "gallery") == []


def test_page_has_one_h1_no_id_twice_and_nothing_inline(client):
    parent = factories.live(ago(2), gallery=[picture("a")], resources=[{"url": "https://a.example/"}])
    child_of(parent, ago(1))
    tree = story_page(client, parent)
    ids = tree.xpath("//@id")
    assert len(tree.xpath("//h1")) == 1
    assert len(ids) == len(set(ids))
    assert tree.xpath(f"//@style | //style | {RUN} | //@onclick") == []


def test_text_of_a_hostile_document_stays_text(client):
    evil = "<script>alert(1)</script>"
    fields = {
        "headline": evil,
        "standfirst": evil,
        "sources": [source(1, title=evil, outlet=evil)],
        "resources": [{"url": "https://a.example/", "title": evil, "publisher": evil}],
        "gallery": [picture("a", caption=evil, alt_text=f'"{evil}')],
        "timeline": [{"id": "t1", "label": evil, "date": "2024", "text": evil}],
        "sections": [{"id": "s1", "heading": evil, "body": f"<p>A [1]. {evil}</p>"}],
    }
    story = factories.live(ago(1), **fields)
    assert story_page(client, story).xpath(RUN) == []
    assert len(story_page(client, story).xpath("//script")) == 6


def test_story_that_runs_from_right_to_left_says_so(client):
    tree = story_page(client, factories.live(ago(1), language="ar", direction="rtl"))
    assert tree.xpath("//article/@dir") == ["rtl"]
    assert tree.xpath("//h1/ancestor::*/@lang")[-1] == "ar"
    assert tree.xpath("/html/@lang") == ["en"]


def test_draft_and_scheduled_story_are_not_found(client):
    scheduled = factories.draft()
    publishing.schedule(scheduled, by=None, live_from=timezone.now() + HOUR)
    story_page(client, scheduled, 404)
    story_page(client, factories.draft(), 404)


def test_withdrawn_story_is_gone_and_its_words_with_it(client):
    story = factories.live(ago(2), headline="Ferry sinks", slug="a-ferry")
    publishing.withdraw(story, by=None, reason="The ferry did not sink.")
    tree = story_page(client, story, 410)
    said = words(tree)
    assert "The ferry did not sink." in said
    assert "Ferry sinks" not in said
    assert tree.xpath("//a/@href").count(f"/stories/{story.slug}/versions/") == 1


def test_restored_story_is_back(client):
    story = factories.live(ago(3))
    publishing.withdraw(story, by=None, reason="Wrong.", at=ago(2))
    publishing.restore(story.versions.get(), by=None, at=ago(1))
    story_page(client, story)


def test_former_address_redirects_for_good(client):
    story = factories.live(ago(1), slug="old")
    publishing.rename(story, by=None, slug="new")
    response = client.get("/stories/old/")
    assert (response.status_code, response["Location"]) == (301, "/stories/new/")
    story_page(client, publishing.rename(story, by=None, slug="فرضة"))


def test_former_address_of_a_story_that_readers_never_saw_is_not_found(client):
    story = factories.draft(slug="secret-plan")
    publishing.schedule(story, by=None, live_from=timezone.now() + HOUR)
    publishing.rename(story, by=None, slug="other")
    page(client, "/stories/secret-plan/", 404)


def test_pages_take_no_posts(client):
    story = factories.live(ago(1))
    for address in ("/", f"/stories/{story.slug}/", "/topics/world/", f"/stories/{story.slug}/versions/"):
        assert client.post(address).status_code == 405


def test_story_page_takes_four_queries_and_no_more_as_it_grows(
    client, queries_do_not_grow, django_assert_max_num_queries
):
    grandparent = factories.live(ago(9))
    parent = child_of(grandparent, ago(8))
    queries_do_not_grow(lambda: client.get(f"/stories/{parent.slug}/"), grow=lambda: child_of(parent, ago(1)))
    with django_assert_max_num_queries(4):
        story_page(client, parent)


def test_years_rise_whatever_part_of_its_time_an_event_stands_in(client):
    dates = [("1991", ""), ("199X", "late 1990s"), ("1995", ""), ("1997-03", "")]
    timeline = [
        {"id": f"t{k}", "date": date, "label": label, "text": "Something happened [1]."}
        for k, (date, label) in enumerate(dates, 1)
    ]
    tree = story_page(client, factories.live(ago(2), timeline=timeline))
    assert [words(heading) for heading in part(tree, "timeline").xpath(".//h3")] == ["1991", "1995", "1997"]
    assert [event.get("id") for event in part(tree, "year-1995").xpath("..//li[contains(@class, 'event')]")] == [
        "t3",
        "t2",
    ]


def test_markers_of_the_standfirst_and_of_captions_lead_to_their_sources(client):
    gallery = [picture("a", caption="The quay [1] at dawn."), picture("b", caption="A <b>boat</b> [2].")]
    tree = story_page(client, factories.live(ago(1), standfirst="So says the wire [2].", gallery=gallery))
    standfirst, captions = by_class(tree, "standfirst")[0], by_class(tree, "caption")
    assert standfirst.xpath(".//a/@href") == ["#source-2"]
    assert [caption.xpath(".//a/@href") for caption in captions] == [["#source-1"], ["#source-2"]]
    assert words(captions[1]) == "A <b>boat</b> [2]."
    back = part(tree, "source-2").xpath(".//a/@href")
    assert {"#cite-standfirst-2", "#cite-picture-2-2"} <= set(back)
