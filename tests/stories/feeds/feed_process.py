"""One process of the test of ETags: prints those of the feeds of a story that no database holds."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
django.setup()

from django.test.utils import setup_test_environment  # noqa: E402

from stories.feeds.stories import HeadlinesAtom, HeadlinesRss  # noqa: E402
from tests import factories  # noqa: E402
from tests.stories.feeds import examples  # noqa: E402

NUMBERS = range(1, 40)

if __name__ == "__main__":
    setup_test_environment()
    document = factories.document(
        uid=examples.FERRIES,
        headline="Ferries",
        sections=[{"id": "s1", "body": "".join(f"<p>A sentence [{number}].</p>" for number in NUMBERS)}],
        sources=[{"number": number, "title": f"Report {number}"} for number in NUMBERS],
        timeline=[],
    )
    for feed in (HeadlinesRss, HeadlinesAtom):
        print(examples.feed_of(document, feed).headers["ETag"])
