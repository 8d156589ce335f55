"""Pictures on readers' pages: in which files, whether they may be shown, and each on a page of its own."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.document import GalleryEntry
from stories.draft import read_draft, write_draft
from stories.images.library import add_picture, give_file
from stories.images.rendering import render_file
from stories.models import Image, PictureFile
from tests import factories
from tests.stories.images.pictures import as_file, four_corners
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def ago(hours):
    return timezone.now() - timedelta(hours=hours)


def entry(image, **fields):
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    told = {"alt_text": "Four corners", "caption": "The corners", "credit_line": "Skell Courier"}
    return {**file, **told, **fields}


@pytest.fixture
def image():
    return add_picture(as_file(four_corners(900, 600)), credit_line="Skell Courier")


@pytest.fixture
def story(image):
    return factories.live(ago(2), slug="corners", headline="Corners", gallery=[entry(image)])


def lines(tree):
    return [words(one) for one in tree.xpath("//figure | //p[@class='withheld']")]


OUTPUTS = ["/", "/stories/corners/", "/feeds/headlines.rss", "/feeds/headlines.atom"]


def showing(client, image):
    """The addresses whose answer names a file of the picture."""
    told = PictureFile.objects.get(image=image)
    names = [image.sha256, *(one["file"] for one in told.renditions)]
    answers = {address: client.get(address).content.decode() for address in OUTPUTS}
    return [address for address, answer in answers.items() if any(name in answer for name in names)]


def test_a_rendered_picture_is_offered_in_small_files(client, image, story):
    render_file(image.sha256, at=timezone.now())
    tree = page(client, "/stories/corners/")
    assert tree.xpath("//figure//source/@type") == ["image/avif", "image/webp"]
    shown = tree.xpath("//figure//img")[0]
    assert (shown.get("width"), shown.get("height"), shown.get("fetchpriority")) == ("900", "600", "high")
    assert "800w" in shown.get("srcset")
    assert all(source.get("sizes") for source in tree.xpath("//figure//source"))


def test_the_front_page_shows_the_crop_of_its_lead(client, image, story):
    render_file(image.sha256, at=timezone.now())
    shown = page(client, "/").xpath("//figure//img")[0]
    assert (shown.get("width"), shown.get("height")) == ("900", "506")
    Image.objects.update(may_be_cropped=False)
    render_file(image.sha256, at=timezone.now())
    shown = page(client, "/").xpath("//figure//img")[0]
    assert (shown.get("width"), shown.get("height")) == ("900", "600")


@pytest.mark.parametrize("rendered", [False, True])
def test_a_picture_leaves_every_page_at_the_moment_its_rights_end(client, image, story, rendered):
    if rendered:
        render_file(image.sha256, at=timezone.now())
    Image.objects.update(rights_until=timezone.now() + MINUTE)
    assert showing(client, image) == OUTPUTS
    Image.objects.update(rights_until=timezone.now())
    assert showing(client, image) == []
    assert b"The corners" not in client.get("/stories/corners/").content
    assert story.versions.get().document["gallery"][0]["sha256"] == image.sha256


def test_of_a_decorative_picture_nothing_is_read_out(client, image):
    factories.live(ago(2), slug="corners", gallery=[entry(image, decorative=True)])
    for address in OUTPUTS[:2]:
        assert page(client, address).xpath("//main//img/@alt") == [""]
    for address in OUTPUTS:
        assert "Four corners" not in client.get(address).content.decode()


def test_a_killed_picture_leaves_every_page(client, image, story):
    Image.objects.update(killed_at=timezone.now())
    assert showing(client, image) == []


def test_an_earlier_file_leaves_with_its_picture(client, image, story):
    first = image.sha256
    give_file(image, as_file(four_corners(500, 500)))
    Image.objects.update(killed_at=timezone.now())
    assert first.encode() not in client.get("/stories/corners/").content


def test_another_picture_takes_the_lead(client, image):
    other = add_picture(as_file(four_corners(400, 300)))
    factories.live(ago(2), slug="corners", gallery=[entry(image), entry(other, alt_text="The other")])
    Image.objects.filter(pk=image.pk).update(killed_at=timezone.now())
    tree = page(client, "/stories/corners/")
    assert tree.xpath("//figure//img/@alt") == ["The other"]
    assert tree.xpath("//figure//img/@fetchpriority") == ["high"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"killed_at": ago(1)}, "This picture was withdrawn by its agency"),
        ({"rights_until": ago(1)}, "The rights to show this picture ended"),
        ({"rights_from": ago(-1)}, "This picture may not be shown before"),
    ],
)
def test_an_old_version_says_what_stood_there(client, image, story, change, sentence):
    Image.objects.update(**change)
    tree = page(client, "/stories/corners/versions/1/")
    assert tree.xpath("//figure//img") == []
    assert sentence in words(tree.xpath("//figure")[0])
    assert "The corners Skell Courier" in words(tree.xpath("//figcaption")[0])
    assert image.sha256 not in client.get("/stories/corners/versions/1/").content.decode()


def test_readers_are_told_what_is_synthetic(client, image):
    factories.live(ago(2), slug="corners", gallery=[entry(image, digital_source_type=AI)])
    for address in OUTPUTS:
        assert "Made with AI" in client.get(address).content.decode(), address
    assert "Made with AI" in client.get(f"/pictures/{image.sha256[:16]}/").content.decode()


def test_a_page_costs_one_read_for_all_its_pictures(client, queries_do_not_grow, story):
    count = iter(range(100, 200))

    def grow():
        other = add_picture(as_file(four_corners(next(count), 50)))
        document = read_draft(story)
        gallery = [*document.gallery, type(document.gallery[0]).model_validate(entry(other))]
        write_draft(story, document.model_copy(update={"gallery": gallery}))
        publishing.publish(story, by=None)

    queries_do_not_grow(lambda: client.get("/stories/corners/"), grow=grow)


def test_a_page_without_pictures_asks_for_none(client, django_assert_max_num_queries):
    factories.live(ago(2), slug="plain")
    with django_assert_max_num_queries(3):
        client.get("/stories/plain/")


def social(tree):
    return {
        meta.get("property") or meta.get("name"): meta.get("content") for meta in tree.xpath("//head/meta[@content]")
    }


def test_a_social_card_has_its_crop_and_what_it_shows(client, image, story):
    render_file(image.sha256, at=timezone.now())
    card = social(page(client, "/stories/corners/"))
    assert card["og:image"].startswith("http://testserver/media/pictures/")
    assert (card["og:image:width"], card["og:image:height"]) == ("900", "471")
    assert (card["og:image:alt"], card["og:title"]) == ("Four corners", "Corners")
    assert card["twitter:card"] == "summary_large_image"
    Image.objects.update(killed_at=timezone.now())
    card = social(page(client, "/stories/corners/"))
    assert "og:image" not in card
    assert card["twitter:card"] == "summary"


def data(tree):
    return json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)


def test_search_engines_read_the_record(client, image):
    record = {
        "creator": "Orla Vantrel",
        "copyright_notice": "© Skell Courier",
        "web_statement": "https://courier.example/rights",
        "licensor_url": "https://courier.example/licence",
        "digital_source_type": AI,
    }
    factories.live(ago(2), slug="corners", gallery=[entry(image, **record, caption="</script><!-- & ")])
    [told] = data(page(client, "/stories/corners/"))["image"]
    assert told == {
        "@type": "ImageObject",
        "contentUrl": f"http://testserver/media/{image.file.name}",
        "width": 900,
        "height": 600,
        "caption": "</script><!-- & ",
        "description": "Four corners",
        "creditText": "Skell Courier",
        "creator": {"@type": "Person", "name": "Orla Vantrel"},
        "copyrightNotice": "© Skell Courier",
        "license": "https://courier.example/rights",
        "acquireLicensePage": "https://courier.example/licence",
        "digitalSourceType": AI,
    }
    assert data(page(client, f"/pictures/{image.sha256[:16]}/")) == {"@context": "https://schema.org", **told}


def test_a_picture_has_its_own_page(client, image):
    Image.objects.update(has_content_credentials=True)
    told = {
        "place": "North quay, Skell",
        "persons": ["Orla Vantrel", "Imra Vantrel"],
        "taken": "2026-02",
        "usage_terms": "One story",
        "extended_description": "Four coloured fields.",
    }
    factories.live(ago(2), slug="corners", headline="Corners in Skell", gallery=[entry(image, **told)])
    text = words(page(client, f"/pictures/{image.sha256[:16]}/"))
    for said in ["The corners", "North quay, Skell", "Orla Vantrel, Imra Vantrel", "February 2026", "One story"]:
        assert said in text
    for said in ["Four coloured fields.", "Content Credentials (C2PA)", "Corners in Skell", "900 × 600"]:
        assert said in text


def test_the_page_tells_what_the_live_version_says_and_links_the_versions_that_showed_it(client, image, story):
    document = read_draft(story)
    changed = document.gallery[0].model_copy(update={"caption": "Other words"})
    write_draft(story, document.model_copy(update={"gallery": [changed]}))
    publishing.publish(story, by=None, at=ago(1))
    tree = page(client, f"/pictures/{image.sha256[:16]}/")
    assert "Other words" in words(tree)
    first = story.versions.get(number=1).live_from.isoformat(timespec="seconds")
    assert tree.xpath("//ul[@class='showing']//time/@datetime") == [first]
    assert "/stories/corners/versions/1/" in tree.xpath("//ul[@class='showing']//a/@href")
    write_draft(story, document.model_copy(update={"gallery": []}))
    publishing.publish(story, by=None)
    tree = page(client, f"/pictures/{image.sha256[:16]}/")
    assert "Stories that showed it" in words(tree)
    assert tree.xpath("//ul[@class='showing']//a/@href") == [
        "/stories/corners/versions/2/",
        "/stories/corners/versions/1/",
    ]


def test_a_withheld_picture_keeps_the_words_of_its_page(client, image, story):
    Image.objects.update(killed_at=timezone.now())
    tree = page(client, f"/pictures/{image.sha256[:16]}/")
    assert "withdrawn by its agency" in words(tree)
    assert "The corners" in words(tree)
    assert tree.xpath("//img") == []
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert f"pictures/{image.sha256}" not in client.get(f"/pictures/{image.sha256[:16]}/").content.decode()


def test_a_picture_that_no_reader_saw_has_no_page(client, image):
    factories.draft(gallery=[entry(image)])
    assert client.get(f"/pictures/{image.sha256[:16]}/").status_code == 404
    assert client.get(f"/pictures/{'0' * 16}/").status_code == 404


def test_the_page_of_a_picture_costs_the_same_for_many_stories(client, image, queries_do_not_grow):
    queries_do_not_grow(
        lambda: client.get(f"/pictures/{image.sha256[:16]}/"),
        grow=lambda: factories.live(ago(1), gallery=[entry(image)]),
    )


def replaced(client, sha256):
    """What the page of a file says of a newer one, and where that leads."""
    tree = page(client, f"/pictures/{sha256[:16]}/")
    return [words(one) for one in tree.xpath("//p[@class='replaced']")], tree.xpath("//p[@class='replaced']//a/@href")


@pytest.fixture
def first(image, story):
    """The file that the live story shows, in whose place the library has a newer one."""
    first = image.sha256
    give_file(image, as_file(four_corners(500, 500)))
    return first


def write_newer(story, image):
    document = read_draft(story)
    write_draft(story, document.model_copy(update={"gallery": [GalleryEntry.model_validate(entry(image))]}))


def publish_newer(story, image, **terms):
    write_newer(story, image)
    return publishing.publish(story, by=None, **terms)


def test_a_file_that_nothing_replaced_says_nothing_of_it(client, image, story):
    assert replaced(client, image.sha256) == ([], [])


def test_the_page_of_an_old_file_leads_to_no_file_that_drafts_alone_have(client, image, story, first):
    assert replaced(client, first) == ([], [])
    assert image.sha256[:8] not in client.get(f"/pictures/{first[:16]}/").content.decode()
    assert client.get(f"/pictures/{image.sha256[:16]}/").status_code == 404


def test_the_page_of_an_old_file_leads_to_no_scheduled_one(client, image, story, first):
    write_newer(story, image)
    publishing.schedule(story, by=None, live_from=timezone.now() + MINUTE)
    assert replaced(client, first)[1] == []


def test_the_page_of_an_old_file_leads_to_the_newer_one_that_is_live(client, image, story, first):
    publish_newer(story, image)
    [sentence], [link] = replaced(client, first)
    assert sentence == "A newer file took the place of this one: see the newer picture."
    assert link == f"/pictures/{image.sha256[:16]}/"
    assert client.get(link).status_code == 200
    assert replaced(client, image.sha256) == ([], [])


@pytest.mark.parametrize("change", [{"killed_at": ago(1)}, {"rights_until": ago(1)}])
def test_the_page_of_an_old_file_leads_to_none_that_may_not_be_shown(client, image, story, first, change):
    publish_newer(story, image)
    Image.objects.update(**change)
    assert replaced(client, first)[1] == []


def test_the_page_of_an_old_file_leads_to_none_that_was_live_before(client, image, story, first):
    publish_newer(story, image, at=ago(1))
    write_draft(story, read_draft(story).model_copy(update={"gallery": []}))
    publishing.publish(story, by=None)
    assert replaced(client, first)[1] == []


def test_of_three_files_the_first_leads_to_the_newest_that_is_live(client, image, story, first):
    publish_newer(story, image)
    second = image.sha256
    give_file(image, as_file(four_corners(300, 600)))
    assert replaced(client, first)[1] == [f"/pictures/{second[:16]}/"]
    assert replaced(client, second) == ([], [])
    publish_newer(story, image)
    assert replaced(client, first)[1] == replaced(client, second)[1] == [f"/pictures/{image.sha256[:16]}/"]


def test_a_file_that_was_put_back_is_the_newest(client, image, story, first):
    publish_newer(story, image)
    second = image.sha256
    give_file(image, as_file(four_corners(900, 600)))
    assert image.sha256 == first
    assert replaced(client, first) == ([], [])
    publish_newer(story, image)
    assert replaced(client, second)[1] == [f"/pictures/{first[:16]}/"]


def test_the_page_of_an_old_file_costs_the_same_for_many_stories_and_files(client, image, first, queries_do_not_grow):
    heights = iter(range(40, 90))

    def grow():
        give_file(image, as_file(four_corners(60, next(heights))))
        factories.live(ago(1), gallery=[entry(image)])

    queries_do_not_grow(lambda: client.get(f"/pictures/{first[:16]}/"), grow=grow)
