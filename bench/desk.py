"""What an editor waits for: opening a story's form, saving a changed word, publishing it, beside a plain ModelAdmin.

`make bench`, or `DATABASE_URL=postgres://… python -m bench.desk`. It makes a database of its own and drops it. The
story's form and Django's own pages for the same rows (`bench.plain_admin`) are asked by turns, in one process, through
the same WSGI handler and middleware, by one signed-in superuser, each on a story of as many rows and words.
A turn opens both forms, changes one word of one section in each and posts back all that a browser would post, then
publishes ours. The plain admin knows no publishing: that is measured against its save.

An answer ends with its last byte; the page to which a save leads on is not in it, in neither. Times are medians by the
clock, PostgreSQL's own included. A statement is whatever goes to the server, savepoints too; BEGIN and COMMIT, which
the driver sends along with others, are not counted, in neither. The grown story is to need no more statements. Where a
limit is missed, the exit code is 1.
"""

import gc
import os
import platform
import re
import statistics
import sys
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from lxml import html  # noqa: E402

from bench.content import EVENTS, GROWN, SECTIONS, SOURCES, Generator  # noqa: E402
from bench.measuring import Taken, Visitor, is_measurable, own_database, take  # noqa: E402
from stories.models import Story  # noqa: E402

TURNS, WARM_UP, GROWN_TURNS = 40, 6, 3
OURS, PLAIN = "/admin/stories/story", "/plain/stories/story"
WORD = re.compile(r"(?<=<p>)\w+")
Fields = list[tuple[str, str]]


class Act(NamedTuple):
    """What an editor does; `beside` is the plain admin's act that it is held against, `ratio` and `statements` the
    limits."""

    name: str
    beside: str
    ratio: float
    statements: int | None


ACTS = [Act("open", "open", 0.8, 25), Act("save", "save", 0.7, None), Act("publish", "save", 1.0, 40)]


class Editor:
    """One person at the desk, and what each of their acts took, by site and act."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.turn = 0
        self.taken: dict[tuple[str, str], list[Taken]] = {}

    def turn_at(self, ours: Story, plain: Story | None = None) -> None:
        """Open, save and publish; each act on both sites before the next."""
        self.turn += 1
        pages = [(OURS, ours), *([(PLAIN, plain)] if plain else [])]
        forms: list[tuple[str, Fields]] = []
        for site, story in self._by_turns(pages):
            address = f"{site}/{story.pk}/change/"
            forms.append((address, fields_of(self._take(site, "open", self.visitor.get, address))))
        for address, fields in forms:
            site = OURS if address.startswith(OURS) else PLAIN
            changed = [*with_another_word(fields, self.turn), ("_save", "1")]
            self._take(site, "save", self.visitor.post, address, urlencode(changed).encode())
        address = f"{OURS}/{ours.pk}/publish/"
        asked = urlencode(fields_of(self.visitor.get(address))).encode()
        self._take(OURS, "publish", self.visitor.post, address, asked)

    def _by_turns(self, pages: list[Any]) -> list[Any]:
        """Now the one first, now the other."""
        return pages[:: -1 if self.turn % 2 else 1]

    def _take(self, site: str, act: str, ask: Callable[..., bytes], *args: Any) -> bytes:
        taken = take(ask, *args)
        self.taken.setdefault((site, act), []).append(taken._replace(body=b""))
        return taken.body

    def cost(self, site: str, act: str) -> tuple[float, float, float, int]:
        """Median and least milliseconds by the clock, median of CPU, most statements."""
        taken = self.taken[site, act]
        wall = [one.wall for one in taken]
        cpu = statistics.median(one.cpu for one in taken)
        return statistics.median(wall), min(wall), cpu, max(one.statements for one in taken)


def signed_in() -> str:
    """The session of a superuser."""
    person = User.objects.create_superuser("editor")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    return str(session.session_key)


def fields_of(page: bytes) -> Fields:
    """What a browser would post of the form that holds most of the page's fields, but for the button."""
    forms = [list(form.form_values()) for form in _tree(page).forms]
    return max(forms, key=len)


def _tree(page: bytes) -> Any:
    tree = html.fromstring(page.decode())
    for area in tree.iter("textarea"):
        area.text = (area.text or "").removeprefix("\n")  # as a browser reads it
    return tree


def with_another_word(fields: Fields, turn: int) -> Fields:
    """One word of one section's body changed."""
    name = f"sections-{turn % SECTIONS}-body"
    assert WORD.search(dict(fields)[name])
    return [(key, WORD.sub(f"Turn{turn}", value, count=1) if key == name else value) for key, value in fields]


def main() -> int:
    if not is_measurable():
        return 2
    with own_database():
        generator, visitor = Generator(), Visitor({settings.SESSION_COOKIE_NAME: signed_in()})
        editor, at_grown = Editor(visitor), Editor(visitor)
        ours, plain = (generator.story_of(SECTIONS, EVENTS, SOURCES) for _ in range(2))
        grown = generator.story_of(*GROWN)
        for _ in range(WARM_UP):
            editor.turn_at(ours, plain)
        editor.taken.clear()
        gc.collect()
        for _ in range(TURNS):
            editor.turn_at(ours, plain)
        for _ in range(GROWN_TURNS):
            at_grown.turn_at(grown)
        return report(editor, at_grown)


def report(editor: Editor, grown: Editor) -> int:
    """Print what each act took; 1 where a limit is missed."""
    postgresql = connection.pg_version // 10000
    print(
        f"Opening, saving and publishing a story of {SECTIONS} sections, {EVENTS} events and {SOURCES} sources beside"
    )
    print(f"a plain ModelAdmin; medians of {TURNS} turns, in milliseconds by the clock (least; CPU time)")
    print(f"Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {postgresql}\n")
    heads = ("ours", "plain", "ratio", "at most", "statements", "at most", "grown", "plain")
    print(f"{'':<9}{heads[0]:>22}{heads[1]:>22}" + "".join(f"{head:>11}" for head in heads[2:]))
    verdicts = [_row(act, editor, grown) for act in ACTS]
    return 0 if all(verdicts) else 1


def _row(act: Act, editor: Editor, grown: Editor) -> bool:
    ours, plain, at_grown = editor.cost(OURS, act.name), editor.cost(PLAIN, act.beside), grown.cost(OURS, act.name)
    ratio, statements = ours[0] / plain[0], ours[3]
    few_enough = act.statements is None or statements <= act.statements
    verdict = ratio <= act.ratio and few_enough and at_grown[3] <= statements
    print(
        f"{act.name:<9}{_times(*ours[:3]):>22}{_times(*plain[:3]):>22}{ratio:>11.2f}{act.ratio:>11}{statements:>11}"
        f"{act.statements or '':>11}{at_grown[3]:>11}{plain[3]:>11}   {'yes' if verdict else 'NO'}"
    )
    return verdict


def _times(median: float, least: float, cpu: float) -> str:
    return f"{median:.1f} ({least:.1f}; {cpu:.1f})"


if __name__ == "__main__":
    sys.exit(main())
