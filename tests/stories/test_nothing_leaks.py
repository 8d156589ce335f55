"""One walk over every reader's address: nothing of a draft, a schedule or a withdrawn story shows where it must not."""

from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.iso_moment import write_moment
from stories.models import Policy, PreviewLink, PreviousSlug, Story
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "quagga"
WITHDRAWN = "thylacine"
WALKED = {
    "front_page",
    "topic",
    "story",
    "versions",
    "version",
    "picture",
    "picture_page",
    "preview",
    "feeds",
    "headlines_rss",
    "headlines_atom",
    "front_page_at",
    "front_page_as_of",
    "story_at",
    "time_map",
    "checksums",
    "document",
    "changes",
    "latest",
    "corrections",
    "how_to_read",
    "passages",
    "one_file",
    "report_error",
    "report_thanks",
    "outlets",
    "outlet",
    "policies",
    "policy",
    "policy_edition",
    "offline",
    "service_worker",
    "search",
    "suggestions",
    "archive",
    "archive_month",
    "archive_day",
}
A_DAY_AGO = write_moment(timezone.now() - timedelta(days=1))


def names_of_readers_addresses(patterns=None):
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and not str(pattern.pattern).startswith("admin"):
            yield from names_of_readers_addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


def filled(word, **fields):
    """A document with the word in every part that has words."""
    return factories.document(
        headline=f"{word} headline",
        standfirst=f"{word} standfirst",
        byline=f"{word} byline",
        gallery=[picture("a", word)],
        sections=[{"id": "s1", "heading": f"{word} heading", "body": f"<p>{word} body [1].</p>"}],
        sources=[{"number": 1, "title": f"{word} source", "url": f"https://{word}.example/", "outlet": word}],
        timeline=[{"id": "t1", "date": "2026-03-01", "text": f"{word} event [1]."}],
        resources=[{"url": f"https://{word}.example/data", "title": f"{word} resource"}],
        **fields,
    ).as_json()


def picture(letter, word):
    return {
        "file": f"pictures/{letter * 64}.jpg",
        "sha256": letter * 64,
        "width": 16,
        "height": 9,
        "alt_text": f"{word} alt",
        "caption": f"{word} caption",
        "credit_line": f"{word} credit",
        "extended_description": f"{word} description",
        "usage_terms": f"{word} terms",
        "place": f"{word} place",
        "persons": [f"{word} person"],
    }


def live_story():
    at, gallery = timezone.now() - timedelta(days=2), [picture("c", "quiet")]
    rule = Policy.objects.create(slug="harbour-rule", title="Harbour rule", body="<p>Quiet.</p>")
    publishing.publish_policy(rule, by=None, at=at)
    return factories.live(at=at, headline="A quiet harbour", slug="harbour", gallery=gallery)


def addresses():
    """Every reader's address of what is public; the same before and after something unpublished comes into being."""
    return [
        "/",
        "/topics/world/",
        "/stories/harbour/",
        "/stories/harbour/versions/",
        "/stories/harbour/versions/1/",
        "/stories/harbour/versions/1/document.json",
        "/stories/harbour/versions/1/passages/",
        "/stories/harbour/versions/1/story.html",
        "/stories/harbour/versions/checksums.json",
        "/stories/harbour/versions/timemap/",
        "/stories/harbour/versions/latest.json",
        "/at/",
        f"/at/{A_DAY_AGO}/",
        f"/pictures/{'c' * 16}/",
        "/corrections/",
        "/how-to-read/",
        "/outlets/",
        "/outlets/harbour-courier/",
        "/policies/",
        "/policies/harbour-rule/",
        "/policies/harbour-rule/1/",
        "/offline/",
        "/service-worker.js",
        "/search/?q=harbour",
        "/archive/",
        f"/archive/{timezone.now() - timedelta(days=2):%Y/%m}/",
        f"/archive/{timezone.now() - timedelta(days=1):%Y/%m/%d}/",
        "/search/?q=heading",
        "/search/suggestions.json?q=quie",
        "/search/suggestions.json?q=headl",
        "/feeds/",
        "/feeds/headlines.rss",
        "/feeds/headlines.atom",
    ]


HIDDEN = [
    "/stories/secret-draft/",
    "/stories/secret-draft/versions/",
    "/stories/secret-draft/versions/1/",
    "/stories/secret-draft/versions/checksums.json",
    "/stories/secret-draft/versions/timemap/",
    "/stories/secret-draft/versions/latest.json",
    f"/stories/secret-draft/at/{A_DAY_AGO}/",
    "/stories/secret-draft-once/",
    "/stories/secret-schedule/",
    "/stories/secret-schedule/versions/",
    "/stories/secret-schedule/versions/1/",
    "/stories/secret-schedule/versions/checksums.json",
    "/stories/secret-schedule/versions/1/document.json",
    "/stories/secret-schedule/versions/1/passages/",
    "/stories/secret-schedule/versions/1/story.html",
    "/stories/secret-schedule/versions/timemap/",
    f"/stories/secret-schedule/at/{A_DAY_AGO}/",
    "/stories/secret-schedule-once/",
    "/stories/secret-schedule-long-ago/",
    "/stories/harbour/versions/2/",
    "/stories/harbour/versions/2/document.json",
    "/stories/harbour/versions/2/passages/",
    "/stories/harbour/versions/2/story.html",
    "/stories/harbour/versions/1..2/",
    "/policies/secret/",
    "/policies/secret/1/",
    "/policies/harbour-rule/2/",
    "/topics/secret/",
    f"/outlets/{SECRET}/",
    "/topics/world/?page=2",
    f"/pictures/{'a' * 16}/",
    f"/preview/{'x' * 32}/",
]


def answers(client):
    found = {}
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = (response.content, response.headers.get("ETag"), response.headers.get("Last-Modified"))
        assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    return found


def bring_secrets_into_being(story):
    """A draft, a schedule, a draft of a live story and its schedule, placed, renamed and put below the live story."""
    now, parent = timezone.now(), {"uid": story.uid, "slug": story.slug, "headline": story.headline}
    hidden_topic = {"slug": "secret", "name": f"{SECRET} topic"}
    draft = factories.draft(**{**filled(SECRET), "slug": "secret-draft-once", "topic": hidden_topic, "parent": parent})
    scheduled = factories.draft(**{**filled(SECRET), "slug": "secret-schedule-once", "parent": parent})
    publishing.schedule(scheduled, by=None, live_from=now + timedelta(hours=1), note=SECRET)
    publishing.schedule(
        factories.draft(**{**filled(SECRET), "topic": hidden_topic}), by=None, live_from=now + timedelta(hours=1)
    )
    publishing.rename(draft, by=None, slug="secret-draft")
    publishing.rename(scheduled, by=None, slug="secret-schedule")
    PreviousSlug.objects.create(slug="secret-schedule-long-ago", story=scheduled)  # whatever made it: no reader knew it
    for hidden in (draft, scheduled):
        publishing.place(hidden, by=None, rank=1)
    words = filled(SECRET, uid=story.uid, slug=story.slug, topic=hidden_topic)
    write_draft(story, type(read_draft(story)).model_validate(words))
    publishing.schedule(story, by=None, live_from=now + timedelta(hours=1), note=SECRET)
    write_draft(story, type(read_draft(story)).model_validate({**words, "headline": f"{SECRET} still later"}))
    Policy.objects.create(slug="secret", title=SECRET, body=SECRET)
    Policy.objects.filter(slug="harbour-rule").update(title=SECRET, body=SECRET)
    PreviewLink.objects.create(story=story, key="x" * 32, made_at=now - timedelta(days=2), expires_at=now)


def test_the_walk_knows_every_readers_address():
    assert set(names_of_readers_addresses()) == WALKED


def test_nothing_of_a_draft_or_a_schedule_shows_at_any_readers_address(client):
    story = live_story()
    before = answers(client)
    bring_secrets_into_being(story)
    assert Story.objects.count() == 4
    after = answers(client)
    for address in addresses():
        assert after[address] == before[address], address
        assert SECRET.encode() not in after[address][0].lower()
    for address in HIDDEN:
        response = client.get(address)
        assert response.status_code == 404, address
        assert SECRET.encode() not in response.content.lower(), address


def test_a_withdrawn_storys_words_show_only_at_its_versions_under_the_notice(client):
    live_story()
    before = answers(client)
    gone = factories.draft(**{**filled(WITHDRAWN), "slug": "gone"})
    publishing.publish(gone, by=None, at=timezone.now() - timedelta(hours=2))
    publishing.place(gone, by=None, rank=1, at=timezone.now() - timedelta(hours=2))
    assert WITHDRAWN.encode() in client.get("/").content.lower()
    publishing.withdraw(gone, by=None, reason="The figures were wrong.", at=timezone.now() - timedelta(hours=1))
    assert answers(client) == before
    page = client.get("/stories/gone/")
    assert page.status_code == 410
    assert client.get(f"/pictures/{'a' * 16}/").status_code == 404
    assert b"The figures were wrong." in page.content
    assert WITHDRAWN.encode() not in page.content.lower()
    assert WITHDRAWN.encode() not in client.get("/stories/gone/versions/").content.lower()
    version = client.get("/stories/gone/versions/1/")
    assert version.status_code == 200
    assert b"The figures were wrong." in version.content
    assert WITHDRAWN.encode() in version.content.lower()


def test_the_words_of_a_version_taken_back_or_removed_show_nowhere(client):
    story = live_story()
    before = answers(client)
    words = filled(WITHDRAWN, uid=story.uid, slug=story.slug)
    write_draft(story, type(read_draft(story)).model_validate(words))
    at = timezone.now() - timedelta(hours=3)
    publishing.publish(story, by=None, at=at, note=f"{WITHDRAWN} note")
    publishing.take_back(story, by=None, reason="Sent by mistake.", at=at + timedelta(hours=1))
    second = "/stories/harbour/versions/2/"
    for removed in (False, True):
        if removed:
            publishing.redact(story.versions.get(number=2), by=None, reason="Asked by a court.")
        for address in [*addresses(), second, "/stories/harbour/versions/3/"]:
            response = client.get(address)
            assert response.status_code == 200, address
            assert WITHDRAWN.encode() not in response.content.lower(), address
        assert client.get(f"/pictures/{'a' * 16}/").status_code == 404
        page = client.get(second).content.decode()
        assert ("Asked by a court." if removed else "Sent by mistake.") in page
    assert answers(client)["/"][0] == before["/"][0]
