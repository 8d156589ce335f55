"""The demo served as production serves it: gunicorn, no debugging, compressed static files under hashed names."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

PROJECT = Path(__file__).parents[1]
STARTS_WITHIN = 30  # seconds


@contextmanager
def served_demo() -> Iterator[str]:
    """The address of the site's root, without a slash at its end. Database and files are made for it, then dropped."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-reading-") as place:
        environment = {**os.environ, **settings(Path(place))}
        for command in (["migrate"], ["load_demo"], ["render_pictures"], ["collectstatic", "--noinput"]):
            manage(command, environment)
        port = free_port()
        server = subprocess.Popen(gunicorn(port), cwd=PROJECT, env=environment)
        try:
            await_answer(f"http://localhost:{port}/")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait()


def settings(place: Path) -> dict[str, str]:
    return {
        "DEBUG": "false",
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": f"sqlite:///{place}/site.sqlite3",
        "MEDIA_ROOT": f"{place}/media",
        "ORIGINALS_ROOT": f"{place}/originals",
        "STATIC_ROOT": f"{place}/static",
    }


def manage(command: list[str], environment: dict[str, str]) -> None:
    ran = [sys.executable, "manage.py", *command]
    subprocess.run(ran, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)


def gunicorn(port: int) -> list[str]:
    program = [str(Path(sys.executable).with_name("gunicorn")), "bench.behind_tls", "--worker-class", "gthread"]
    return [*program, "--threads", "8", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def await_answer(address: str) -> None:
    """Raises TimeoutError when the site does not answer in time."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {STARTS_WITHIN} s.")
