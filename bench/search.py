"""What a search costs with 1,000 and with 20,000 stories, beside the database's bare query for the same words.

`DATABASE_URL=… python -m bench.search`, on PostgreSQL or SQLite; it makes a database of its own and drops it. A search
is the whole page as it leaves the WSGI handler, with hits, counts and excerpts; the bare query asks the same index for
the keys of the first twenty by rank, no more. Times are medians by the clock, taken by turns.
"""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import quote

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.db import connection  # noqa: E402

from bench.content import BEGINNING, TOPICS, WORDS, Generator  # noqa: E402
from bench.measuring import Visitor, own_database  # noqa: E402
from stories.document import complete, sha256  # noqa: E402
from stories.models import Story, Topic, Version  # noqa: E402
from stories.search.folding import fold, stem  # noqa: E402
from stories.search.indexing import rebuild  # noqa: E402

SIZES = (1_000, 20_000)
TURNS, WARM_UP, BATCH = 15, 3, 500
RARE = "quagga"  # in one story of a thousand
QUERIES = {
    "a rare word": RARE,
    "two rare words": f"{RARE} sighted",
    "a phrase": f'"{RARE} sighted"',
    "a rare word but not": f"{RARE} -{WORDS[0]}",
    "a word of most stories": WORDS[0],
    "three words of many": " ".join(WORDS[1:4]),
    "a word of none": "thylacine",
}
BARE = {
    "sqlite": "SELECT rowid FROM stories_search_words WHERE stories_search_words MATCH %s ORDER BY rank LIMIT 20",
    "postgresql": "SELECT id FROM stories_searchentry WHERE words @@ %s::tsquery"
    " ORDER BY ts_rank(words, %s::tsquery) DESC LIMIT 20",
}


class Cost(NamedTuple):
    """Medians in milliseconds."""

    page: float
    bare: float


def main() -> int:
    with own_database():
        generator, costs = Generator(), []
        for before, size in zip((0, *SIZES), SIZES, strict=False):
            fill(generator, before, size)
            costs.append({name: cost(query) for name, query in QUERIES.items()} | {"suggestions": suggestions()})
        report(costs)
    return 0


def fill(generator: Generator, before: int, size: int) -> None:
    """Bring the site to so many live stories, stored in batches and not one by one by the verb that publishes."""
    topics = {name: Topic.objects.get_or_create(slug=name.lower(), name=name)[0] for name in TOPICS}
    for start in range(before, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        stories = Story.objects.bulk_create(Story(headline="", slug=f"story-{number}") for number in numbers)
        pairs = zip(numbers, stories, strict=True)
        Version.objects.bulk_create(version(generator, number, story, topics) for number, story in pairs)
    for _ in rebuild():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def version(generator: Generator, number: int, story: Story, topics: dict[str, Topic]) -> Version:
    document = complete(generator.document(**generator.short_parts()))
    if number % 1000 == 7:
        document = document.model_copy(update={"standfirst": f"A {RARE} sighted. {document.standfirst}"})
    values = document.as_json()
    at = BEGINNING - timedelta(hours=number)
    return Version(
        story=story,
        number=1,
        document=values,
        document_sha256=sha256(values),
        kind=Version.Kind.PUBLICATION,
        headline=document.headline,
        standfirst=document.standfirst,
        topic=topics[values["topic"]["name"]],
        article_count=2,
        **dict.fromkeys(("live_from", "first_published", "updated"), at),
    )


def cost(query: str) -> Cost:
    reader, address, asked = Visitor(), f"/search/?q={quote(query)}", bare_words(query)
    for _ in range(WARM_UP):
        reader.get(address)
    pages, bares = [], []
    for _ in range(TURNS):
        pages.append(timed(reader.get, address))
        bares.append(timed(bare, asked))
    return Cost(statistics.median(pages), statistics.median(bares))


def suggestions() -> Cost:
    reader, address = Visitor(), f"/search/suggestions.json?q={WORDS[0]}%20{WORDS[1][:3]}"
    for _ in range(WARM_UP):
        reader.get(address)
    asked = bare_words(WORDS[0])
    return Cost(
        statistics.median(timed(reader.get, address) for _ in range(TURNS)),
        statistics.median(timed(bare, asked) for _ in range(TURNS)),
    )


def bare_words(query: str) -> str:
    """The query's words in the database's own language, each as it stands in the index of an English story."""
    words = (word for word in query.replace('"', "").split() if not word.startswith("-"))
    found = [stem(fold(word), "en") for word in words]
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{word}"' for word in found)
    return " & ".join(f"'{word}'" for word in found)


def bare(asked: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE[connection.vendor], [asked] * BARE[connection.vendor].count("%s"))
        cursor.fetchall()


def timed(act: Callable[..., object], *args: str) -> float:
    begun = time.perf_counter()
    act(*args)
    return (time.perf_counter() - begun) * 1000


def report(costs: list[dict[str, Cost]]) -> None:
    print(
        f"Search on {connection.vendor}, Python {platform.python_version()}; medians of {TURNS} turns in milliseconds\n"
    )
    few, many = (f"{size:,} stories" for size in SIZES)
    print(f"{'':<24}{few:>16}{'bare':>9}{many:>18}{'bare':>9}{'growth':>9}{'of the bare':>13}")
    for name in costs[0]:
        first, last = costs[0][name], costs[-1][name]
        growth, bare_growth = last.page / first.page, last.bare / first.bare
        times = f"{first.page:>16.1f}{first.bare:>9.2f}{last.page:>18.1f}{last.bare:>9.2f}"
        print(f"{name:<24}{times}{growth:>8.1f}x{bare_growth:>12.1f}x")


if __name__ == "__main__":
    sys.exit(main())
