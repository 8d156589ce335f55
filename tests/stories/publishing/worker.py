"""One process of the test of publishing at once: `prepare`, `work NAME ROUNDS` or `check`, on DATABASE_URL."""

import json
import os
import re
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from stories import publishing, refusals  # noqa: E402
from stories.draft import read_draft, write_draft  # noqa: E402
from stories.models import Story  # noqa: E402
from stories.versions import faults  # noqa: E402
from tests import factories  # noqa: E402


def prepare() -> None:
    call_command("migrate", verbosity=0)
    factories.draft(resources=[{"url": "https://data.example/ferries", "title": "Resource start"}])


def work(name: str, rounds: str) -> None:
    story = Story.objects.get()
    print("ready", flush=True)
    sys.stdin.readline()
    counts = {"published": 0, "refused": 0}
    for number in range(int(rounds)):
        words = f"by-{name}-{number}"
        document = read_draft(story)
        document.headline = f"Headline {words}"
        document.standfirst = f"Standfirst {words}"
        document.sections[0].heading = f"Heading {words}"
        document.timeline[0].text = f"Event {words} [1]."
        document.resources[0].title = f"Resource {words}"
        write_draft(story, document)
        try:
            publishing.publish(story, by=None)
            counts["published"] += 1
        except refusals.Refused:
            counts["refused"] += 1
    print(json.dumps(counts), flush=True)


def check() -> None:
    story = Story.objects.get()
    versions = list(story.versions.order_by("number"))
    words = [set(re.findall(r"by-\w+-\d+", json.dumps(version.document))) for version in versions]
    print(
        json.dumps(
            {
                "numbers": [version.number for version in versions],
                "faults": faults(story),
                "live": story.versions.live().count(),
                "mixed": [sorted(found) for found in words if len(found) != 1],
                "saves": story.lock_version,
            }
        )
    )


if __name__ == "__main__":
    {"prepare": prepare, "work": work, "check": check}[sys.argv[1]](*sys.argv[2:])
