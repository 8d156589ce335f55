"""`manage.py load_demo`: the demo edition, once."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from stories.demo.loading import Loaded, NotLoaded, load_edition
from stories.demo.policies import load_policies


class Command(BaseCommand):
    help = "Load the demo stories and policies that are not here yet; those that are here are left as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(sentence(load_edition()))
            if policies := load_policies():
                self.stdout.write(f"Published {_count(policies, 'demo policy', 'demo policies')}.")
        except NotLoaded as refusal:
            raise CommandError(f"The demo was not loaded. {refusal}") from refusal


def sentence(loaded: Loaded) -> str:
    if not loaded.stories:
        return f"All {loaded.known} demo stories are here already; nothing was changed."
    stories, versions = (
        _count(loaded.stories, "demo story", "demo stories"),
        _count(loaded.versions, "Version", "Versions"),
    )
    known = f"; {loaded.known} were here already" if loaded.known else ""
    return f"Loaded {stories} in {versions}{known}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
