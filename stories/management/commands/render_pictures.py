"""`manage.py render_pictures`: make the renditions that are missing or stale, here and now."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from stories.images.rendering import render_file, stale_files
from stories.images.withholding import place_files
from stories.models import Image


class Command(BaseCommand):
    help = (
        "Make the renditions of pictures that lack them, or whose focal point or credit changed; and take what files "
        "of killed pictures are left out of the public storage."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made, failed = 0, self._take_out_killed()
        for file in list(stale_files()):
            try:
                made += render_file(file.sha256, at=timezone.now())
                self.stdout.write(f"{file.image}: done")
            except Exception as fault:  # each kind of storage has exceptions of its own
                failed += 1
                self.stderr.write(f"{file.image}: {fault}")
        if failed:
            raise CommandError(f"{failed} of the pictures failed; {made} were rendered.")
        self.stdout.write(f"{made} pictures were rendered.")

    def _take_out_killed(self) -> int:
        """How many of them the storage does not let go. The worker gives up after some tries, an administrator does
        not."""
        failed = 0
        for image in Image.objects.exclude(killed_at=None):
            try:
                place_files(image.pk)
            except Exception as fault:  # each kind of storage has exceptions of its own
                failed += 1
                self.stderr.write(f"{image}: {fault}")
        return failed
