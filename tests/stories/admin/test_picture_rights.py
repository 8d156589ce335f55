"""What an editor is told of pictures' rights: in the gallery, before publication, and of what is scheduled."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from stories import publishing
from stories.draft import read_draft
from stories.images.library import add_picture
from stories.models import GalleryItem, Image
from stories.picture_checks import in_words
from tests.factories import draft
from tests.newsroom import member
from tests.stories.admin.story_form import address, messages, opened, press, text, with_row
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def editor(client):
    client.force_login(member("Editor"))
    return client


@pytest.fixture
def image():
    return picture(40)


def picture(width, **fields):
    return add_picture(
        as_file(four_corners(width, 30)), caption="The quay", alt_text="A quay", credit_line="Strait Wire", **fields
    )


@pytest.fixture
def story(image):
    story = draft()
    GalleryItem.objects.create(story=story, image=image)
    return story


def minute(moment):
    return moment.replace(second=0, microsecond=0)


def in_input(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def cares(response):
    """The sentences of pictures that stand unfolded among the findings."""
    tree = html.fromstring(response.content.decode())
    return [item.text_content() for item in tree.xpath("//*[contains(@class, 'cares')]//li")]


def row_of(response):
    [row] = html.fromstring(response.content.decode()).xpath("//*[@id='picture-1']//*[@class='picture-facts']")
    return row


def test_a_gallery_row_says_what_may_be_done_with_its_picture(editor, image, story):
    told = {"usage_terms": "One story, online.", "permitted_uses": ["news"], "refused_uses": ["advertising", "covers"]}
    Image.objects.update(**told, rights_until=timezone.now() + DAY)
    row = row_of(editor.get(address(story)))
    assert row.xpath("*[@class='terms']")[0].text_content() == "Allowed: news · Terms: One story, online."
    ends, refused = row.xpath("*[@class='mark mark-care']")
    assert ends.text_content().startswith("Rights end ")
    assert refused.text_content() == "Refused: advertising, covers"


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"killed_at": timezone.now()}, "Killed"),
        ({"rights_until": timezone.now()}, "Rights ended"),
        ({"rights_from": timezone.now() + DAY}, "Rights not begun"),
    ],
)
def test_a_gallery_row_says_that_its_picture_may_not_be_shown(editor, story, fields, mark):
    Image.objects.update(**fields)
    assert [one.text_content() for one in row_of(editor.get(address(story))).xpath("*[@class='mark mark-fault']")] == [
        mark
    ]


def test_a_gallery_row_says_nothing_where_there_is_nothing(editor, story):
    assert " ".join(row_of(editor.get(address(story))).text_content().split()) == "Strait Wire"


def test_the_gallery_costs_the_same_queries_with_more_pictures(editor, story, queries_do_not_grow):
    widths = iter(range(50, 90))

    def grow():
        more = picture(next(widths), rights_until=timezone.now() + DAY, refused_uses=["covers"], usage_terms="Once.")
        GalleryItem.objects.create(story=story, image=more)

    queries_do_not_grow(lambda: editor.get(address(story)), grow=grow)
    queries_do_not_grow(lambda: editor.get(address(story, "publish")), grow=grow)


@pytest.mark.parametrize("verb", ["change", "publish", "review"])
def test_what_must_not_be_missed_stands_unfolded(editor, story, verb):
    until = timezone.now() + 6 * DAY
    Image.objects.update(rights_until=until, refused_uses=["not for social media"])
    response = editor.get(address(story, verb))
    assert cares(response) == [
        f"Picture 1 may be shown until {in_words(until)}; it leaves the page then.",
        "Picture 1: refused uses: “not for social media”. Check before it goes out.",
    ]
    assert f'href="{address(story)}#picture-1"'.encode() in response.content


def test_what_is_said_of_pictures_stands_in_their_order_and_all_of_it_is_there(editor, story):
    Image.objects.update(refused_uses=["covers"])
    for width in range(50, 58):
        GalleryItem.objects.create(story=story, image=picture(width, rights_until=timezone.now()), position=width)
    told = cares(editor.get(address(story)))
    assert [one.split(" ")[1].rstrip(":") for one in told] == [str(number) for number in range(1, 10)]


def test_publishing_together_tells_it_too(editor, story):
    Image.objects.update(refused_uses=["covers"])
    response = editor.get(f"/admin/stories/story/publish-together/?stories={story.pk}")
    assert cares(response) == ["Picture 1: refused uses: “covers”. Check before it goes out."]


def test_a_picture_that_was_just_chosen_is_told_before_it_is_saved(editor, story):
    other = picture(60, refused_uses=["covers"])
    form = with_row(opened(editor, story), "gallery", image=str(other.pk), position="2", caption="", alt_text="")
    told = html.fromstring(editor.post(address(story, "autosave"), form).json()["checks"])
    assert [item.text_content() for item in told.xpath("//*[@class='cares']//li")] == [
        "Picture 2: refused uses: “covers”. Check before it goes out."
    ]


def test_none_of_it_holds_up_words(editor, story):
    Image.objects.update(rights_until=timezone.now() + DAY, refused_uses=["covers"])
    assert messages(press(editor, story, "publish", when="now")) == ["Version 1 is live."]
    assert len(story.versions.get().document["gallery"]) == 1


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (-timedelta(minutes=1), "so it is left out of what goes live on"),
        (timedelta(0), "so it is left out of what goes live on"),
        (timedelta(minutes=1), "it leaves the page then."),
        (7 * DAY, "it leaves the page then."),
        (7 * DAY + timedelta(minutes=1), None),
    ],
)
def test_a_schedule_is_judged_at_its_moment_before_and_after_the_button(editor, story, ends, sentence):
    moment = minute(timezone.now()) + 9 * DAY
    Image.objects.update(rights_until=moment + ends)
    assert cares(editor.get(address(story, "publish"))) == []  # nothing ends within a week from now
    typed = {"when": "later", "live_from": in_input(moment)}
    checked = press(editor, story, "publish", check="1", **typed)
    assert [sentence in one for one in cares(checked)] == [True] * (sentence is not None)
    assert "Nothing was published." in text(checked)
    assert not story.versions.exists()
    told = messages(press(editor, story, "publish", **typed))
    assert told[:-1] == cares(checked)
    assert "is scheduled for" in told[-1]
    assert bool(story.versions.get().document["gallery"]) == (ends > timedelta(0))


def test_a_time_that_is_refused_keeps_the_refusal_and_judges_now(editor, story):
    Image.objects.update(rights_until=timezone.now() + DAY)
    past = press(editor, story, "publish", when="later", live_from=in_input(timezone.now() - DAY))
    assert not story.versions.exists()
    assert b'class="refused" role="alert"' in past.content
    [care] = cares(past)
    assert care.endswith("it leaves the page then.")


def test_the_schedule_tells_what_becomes_of_its_pictures(editor, image, story):
    moment = minute(timezone.now()) + 2 * DAY
    publishing.schedule(story, by=None, live_from=moment)
    assert cares(editor.get(address(story, "schedule"))) == []
    Image.objects.update(rights_until=moment + 8 * DAY)
    assert cares(editor.get(address(story, "schedule"))) == []
    later = in_input(moment + 3 * DAY)
    assert messages(press(editor, story, "schedule", live_from=later))[0].endswith("it leaves the page then.")
    assert cares(editor.get(address(story, "schedule")))[0].endswith("it leaves the page then.")
    Image.objects.update(rights_until=moment)
    [care] = cares(editor.get(address(story, "schedule")))
    assert f"so it is left out of what goes live on {in_words(moment + 3 * DAY)}." in care


def test_changing_what_is_scheduled_tells_of_the_drafts_pictures_at_its_moment(editor, image, story):
    moment = minute(timezone.now()) + 9 * DAY
    publishing.schedule(story, by=None, live_from=moment)
    other = picture(70, rights_until=moment - DAY)
    GalleryItem.objects.create(story=story, image=other)
    assert [entry.sha256 for entry in read_draft(story).gallery] == [image.sha256, other.sha256]
    told = [one for one in messages(press(editor, story, "schedule", change="1")) if "left out" in one]
    assert told == [
        f"Picture 2 may be shown until {in_words(moment - DAY)}, so it is left out of what goes live on "
        f"{in_words(moment)}."
    ]


def test_publishing_before_a_schedule_tells_what_stays_out_at_its_time_as_well(editor, image, story):
    moment = minute(timezone.now()) + 9 * DAY
    publishing.schedule(story, by=None, live_from=moment)
    assert cares(editor.get(address(story, "publish"))) == []
    Image.objects.update(rights_until=moment)
    [care] = cares(editor.get(address(story, "publish")))
    assert care.endswith(f"so it is left out of what goes live on {in_words(moment)}.")
