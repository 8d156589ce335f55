"""`manage.py rebuild_search`: the index of search, anew from what readers have."""

from typing import Any

from django.core.management import BaseCommand

from stories.search.indexing import rebuild


class Command(BaseCommand):
    help = "Index anew what readers have and what is scheduled. The site may be read and written meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for batch in rebuild():
            count += batch
            if options["verbosity"] > 1:
                self.stdout.write(f"{count} so far")
        self.stdout.write(f"The index of search has {count} {'Version' if count == 1 else 'Versions'}.")
