"""Eight processes save and publish one story at once; the Versions come out whole, in order and without a gap."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

PROCESSES, ROUNDS = 8, 5


def start(url: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.stories.publishing.worker", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str], said: str = "") -> str:
    out, _ = process.communicate(said, timeout=120)
    assert process.returncode == 0
    return out.strip().splitlines()[-1] if out.strip() else ""


def database_url(tmp_path: Path) -> str:
    """The test database itself on PostgreSQL; on SQLite, where it lives in this process's memory, a file."""
    options = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'newsdesk.sqlite3'}"
    password = f":{options['PASSWORD']}" if options["PASSWORD"] else ""
    return f"postgres://{options['USER']}{password}@{options['HOST']}:{options['PORT'] or 5432}/{options['NAME']}"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_processes_publish_at_once(tmp_path):
    url = database_url(tmp_path)
    finish(start(url, "prepare"))
    workers = [start(url, "work", str(number), str(ROUNDS)) for number in range(PROCESSES)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    counts = []
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        counts.append(json.loads(finish(worker)))
    found = json.loads(finish(start(url, "check")))
    published = sum(count["published"] for count in counts)
    assert published + sum(count["refused"] for count in counts) == PROCESSES * ROUNDS
    assert found == {
        "numbers": list(range(1, published + 1)),
        "faults": [],
        "live": 1,
        "mixed": [],
        "saves": 1 + PROCESSES * ROUNDS,
    }
    assert published > ROUNDS
