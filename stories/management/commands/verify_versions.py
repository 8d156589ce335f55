"""manage.py verify_versions: whether every Version is what was published."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from stories.models import Story
from stories.versions import faults


class Command(BaseCommand):
    help = (
        "Check the chain of Versions of every story, or of those named: numbers, moments, checksums, documents, and "
        "what lists and searches keep of them. Prints a sentence for each fault. Exit status: 0 all holds, 1 it does "
        "not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="*", help="the address of a story, as in /stories/SLUG/; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        checked = versions = faulty = 0
        for story in self._stories(options["slug"]):
            found = faults(story)
            for fault in found:
                self.stdout.write(f"{story.slug}: {fault}.")
            checked, versions, faulty = checked + 1, versions + story.count, faulty + bool(found)
        if faulty:
            raise CommandError(f"{faulty} of {checked} stories are not what was published.")
        self.stdout.write(f"{versions} Versions of {checked} stories are what was published.")

    def _stories(self, slugs: list[str]) -> Any:
        stories = Story.objects.annotate(count=Count("versions")).order_by("pk")
        if not slugs:
            return stories.filter(count__gt=0).iterator(chunk_size=500)
        found = list(stories.filter(slug__in=slugs))
        if missing := sorted(set(slugs) - {story.slug for story in found}):
            raise CommandError(f"There is no story at the address {', '.join(missing)}.")
        return found
