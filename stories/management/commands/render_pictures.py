"""`manage.py render_pictures`: make the renditions that are missing or stale, here and now."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from stories.images.rendering import render_file, stale_files


class Command(BaseCommand):
    help = "Make the renditions of pictures that lack them, or whose focal point or credit changed."

    def handle(self, *args: Any, **options: Any) -> None:
        made, failed = 0, 0
        for file in list(stale_files()):
            try:
                made += render_file(file.sha256, at=timezone.now())
                self.stdout.write(f"{file.image}: done")
            except Exception as fault:  # each kind of storage has exceptions of its own
                failed += 1
                self.stderr.write(f"{file.image}: {fault}")
        if failed:
            raise CommandError(f"{failed} of the pictures could not be rendered; {made} were.")
        self.stdout.write(f"{made} pictures were rendered.")
