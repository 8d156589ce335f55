"""`manage.py run`: the demo newsroom on this machine, from nothing to a server that answers."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from newsdesk.checks import starting_problems
from stories.models import Version
from stories.search.indexing import is_behind

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
PORT = 8000
TRIED = 50


class Command(BaseCommand):
    help = "Set up the database, load the demo stories, make sign-ins and serve them (debug mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("This serves the demo in debug mode. With DEBUG=false see docs/deployment.md.")
        if problems := starting_problems():
            raise CommandError("\n".join(problems))
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo", stdout=self.stdout)
        if is_behind(timezone.now()):
            call_command("rebuild_search", stdout=self.stdout)
        port = self.free_port()
        self.stdout.write(f"\nFront page   http://localhost:{port}/")
        if richest := Version.objects.live().order_by("-article_count", "pk").first():
            self.stdout.write(f"A rich story http://localhost:{port}{richest.story.get_absolute_url()}")
        self.stdout.write(f"Newsroom     http://localhost:{port}/admin/")
        call_command("create_sign_ins", stdout=self.stdout)
        if settings.FETCH_ARTICLES:
            self.stdout.write("Details of sources are fetched from their pages (FETCH_ARTICLES).")
        self.stdout.flush()
        serve_with_worker(port)

    def free_port(self) -> int:
        """The usual port, or the next that is free, saying so."""
        port = next(filter(is_free, range(PORT, PORT + TRIED)), None)
        if port is None:
            raise CommandError(f"Ports {PORT} to {PORT + TRIED - 1} are all taken. End a program that has one.")
        if port != PORT:
            self.stdout.write(f"Port {PORT} is taken by another program, so this is port {port}.")
        return port


def is_free(port: int) -> bool:
    """Whether nothing listens there, on either address that “localhost” may mean."""
    with contextlib.suppress(OSError), socket.create_connection(("::1", port), timeout=1):
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def server(port: int) -> list[str]:
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    os.environ["PYTHONUNBUFFERED"] = "1"  # what the server says arrives at once, also in a file
    return [*MANAGE, "runserver", f"127.0.0.1:{port}"]


def serve_with_worker(port: int) -> NoReturn:
    """Run the server and, beside it, the worker for what is done in the background; both end together."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    worker = subprocess.Popen([*MANAGE, "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "0"])
    running = subprocess.Popen(server(port))
    try:
        sys.exit(running.wait())
    except KeyboardInterrupt:  # which a terminal sends to all three
        sys.exit(running.wait())
    finally:
        for process in (running, worker):
            process.terminate()
        for process in (running, worker):
            process.wait()
