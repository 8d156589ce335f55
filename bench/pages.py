"""What pages cost: the CPU time of the story page and the front page, beside that of the same bytes ready-made.

`make bench`, or `DATABASE_URL=postgres://… python -m bench.pages`. It makes a database of its own and drops it.
Pages and ready-made bytes go through the same WSGI handler and the same middleware, and nothing of a page is kept
from one request to the next. Measured is the CPU time of this process; PostgreSQL's own is not in it.
"""

import gc
import os
import platform
import statistics
import sys
import time
from typing import NamedTuple

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.db import connection  # noqa: E402

from bench import urls  # noqa: E402
from bench.content import Generator  # noqa: E402
from bench.measuring import Visitor, is_measurable, own_database  # noqa: E402

REQUESTS, WARM_UP = 300, 30
LIMIT = 20


class Cost(NamedTuple):
    """Medians in milliseconds of CPU time, and the page's bytes."""

    name: str
    page: float
    ready_made: float
    size: int

    @property
    def multiple(self) -> float:
        return self.page / self.ready_made


def main() -> int:
    if not is_measurable():
        return 2
    with own_database():
        generator = Generator()
        story = generator.running_story()
        generator.front_page()
        report([cost("story page", story.get_absolute_url()), cost("front page", "/")])
    return 0


def cost(name: str, address: str) -> Cost:
    """Measure a page and its bytes ready-made by turns, so that both meet the same moments of the machine."""
    reader, ready_made = Visitor(), f"/ready-made/{name.replace(' ', '-')}/"
    body = reader.get(address)
    urls.ready_made[name.replace(" ", "-")] = body
    times: dict[str, list[float]] = {address: [], ready_made: []}
    for _ in range(WARM_UP):
        reader.get(address)
        reader.get(ready_made)
    gc.collect()
    for _ in range(REQUESTS):
        for measured, taken in times.items():
            begun = time.process_time()
            reader.get(measured)
            taken.append((time.process_time() - begun) * 1000)
    return Cost(name, statistics.median(times[address]), statistics.median(times[ready_made]), len(body))


def report(costs: list[Cost]) -> None:
    print(f"CPU time of a page, nothing of it kept; medians of {REQUESTS} requests, in milliseconds")
    postgresql = connection.pg_version // 10000
    print(f"Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {postgresql}\n")
    print(f"{'':<12}{'bytes':>9}{'page':>9}{'ready-made':>13}{'multiple':>11}   at most {LIMIT}")
    for one in costs:
        verdict = "yes" if one.multiple <= LIMIT else "NO"
        print(f"{one.name:<12}{one.size:>9,}{one.page:>9.2f}{one.ready_made:>13.3f}{one.multiple:>10.1f}x   {verdict}")


if __name__ == "__main__":
    sys.exit(main())
