"""Stories to measure with, in words that mean little: one as long as running stories get, and a full front page."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from stories import publishing
from stories.document import StoryDocument
from stories.draft import new_story
from stories.models import Story

TOPICS = ("World", "Economy", "Science", "Culture", "Sport")
BEGINNING = datetime(2026, 1, 5, 8, tzinfo=UTC)
SECTIONS, SENTENCES, EVENTS, SOURCES, SUB_STORIES, FRONT_PAGE = 5, 20, 30, 24, 22, 60
GROWN = (10, 100, 60)  # sections, events, sources of a story that has grown
WORDS = (
    "harbour ferry council mediator treaty timetable crew cable turbine breakwater island delegation budget storm "
    "annex quay engineer vote repair winter crossing revenue minister court fleet signal ballot freight pilot tide"
).split()


class Generator:
    """Makes the same stories whenever it is made anew."""

    def __init__(self) -> None:
        self.chance = random.Random(1909)
        self.moments = (BEGINNING + timedelta(minutes=minute) for minute in itertools.count())

    def publish(self, document: StoryDocument) -> Story:
        story = new_story(document)
        publishing.publish(story, by=None, at=next(self.moments))
        return story

    def running_story(self) -> Story:
        """As long as a real running story gets: every sentence but one cited, one picture, two outside links."""
        story = self.publish(self.document(**self.long_parts()))
        parent = {"uid": story.uid, "slug": story.slug, "headline": story.headline}
        for _ in range(SUB_STORIES):
            self.publish(self.document(parent=parent, **self.short_parts()))
        return story

    def front_page(self) -> None:
        for _ in range(FRONT_PAGE):
            self.publish(self.document(**self.short_parts()))

    def document(self, **parts: Any) -> StoryDocument:
        topic = self.chance.choice(TOPICS)
        uid = UUID(int=self.chance.getrandbits(128))
        head = {"uid": uid, "headline": self.line(9), "standfirst": self.sentence(22)}
        return StoryDocument.model_validate({**head, "topic": {"slug": topic.lower(), "name": topic}, **parts})

    def story_of(self, sections: int, events: int, sources: int) -> Story:
        """A running story of so many rows, without sub-stories."""
        return self.publish(self.document(**self.long_parts(sections, events, sources)))

    def long_parts(self, sections: int = SECTIONS, events: int = EVENTS, sources: int = SOURCES) -> dict[str, Any]:
        return {
            "byline": "Strait desk",
            "sources": [self.source(number) for number in range(1, sources + 1)],
            "sections": [self.section(k) for k in range(1, sections + 1)],
            "timeline": [self.event(k) for k in range(1, events + 1)],
            "resources": [{"url": f"https://council.example/{k}", "title": self.line(5)} for k in (1, 2)],
            "gallery": [self.picture()],
        }

    def short_parts(self) -> dict[str, Any]:
        body = f"<p>{self.sentence(20, cites=1)} {self.sentence(18, cites=2)}</p>"
        sections = [{"id": "s1", "heading": self.line(6), "body": body}]
        return {"sources": [self.source(1), self.source(2)], "sections": sections, "gallery": [self.picture()]}

    def section(self, k: int) -> dict[str, Any]:
        each = SENTENCES // SECTIONS
        uncited = each if k == SECTIONS else None
        sentences = [self.sentence(24, cites=None if n == uncited else self.number()) for n in range(1, each + 1)]
        return {"id": f"s{k}", "heading": self.line(8), "body": f"<p>{' '.join(sentences)}</p>"}

    def event(self, k: int) -> dict[str, Any]:
        day = date(2024, 2, 1) + timedelta(days=23 * k)
        when = {1: "2024-07", 2: f"{day}/{day + timedelta(days=1)}"}.get(k, str(day))
        return {"id": f"t{k}", "date": when, "text": self.sentence(34, cites=self.number())}

    def source(self, number: int) -> dict[str, Any]:
        outlet = self.chance.choice(("Harbour Courier", "Strait Wire", "Island Gazette", "Tidal Review"))
        address = f"https://{outlet.lower().replace(' ', '-')}.example/{self.chance.getrandbits(48)}"
        published = str(date(2025, 12, 1) + timedelta(days=number))
        return {"number": number, "title": self.line(10), "url": address, "outlet": outlet, "published": published}

    def picture(self) -> dict[str, Any]:
        sha256 = f"{self.chance.getrandbits(256):064x}"
        file = {"file": f"pictures/{sha256}.jpg", "sha256": sha256, "width": 1600, "height": 1000}
        return {**file, "alt_text": self.sentence(14), "caption": self.sentence(16), "credit_line": "Harbour Courier"}

    def number(self) -> int:
        return self.chance.randint(1, SOURCES)

    def line(self, length: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=length)).capitalize()

    def sentence(self, length: int, *, cites: int | None = None) -> str:
        return f"{self.line(length)}{f' [{cites}]' if cites else ''}."
