import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from newsdesk.management.commands import run
from tests.missing import missing


@pytest.fixture
def taken(request):
    """A port on which something listens: on IPv4, IPv6 or every address."""
    family, address = request.param
    with socket.socket(family) as listener:
        listener.bind((address, 0))
        listener.listen()
        yield listener.getsockname()[1]


LISTENERS = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1")]


@pytest.mark.parametrize("taken", LISTENERS, indirect=True)
def test_port_in_use_is_not_free(taken):
    assert not run.is_free(taken)


@pytest.mark.parametrize("taken", LISTENERS[:1], indirect=True)
def test_next_free_port_is_taken_saying_so(taken, monkeypatch, capsys):
    monkeypatch.setattr(run, "PORT", taken)
    assert run.Command().free_port() > taken
    assert f"Port {taken} is taken by another program" in capsys.readouterr().out


@pytest.mark.parametrize("taken", LISTENERS[:1], indirect=True)
def test_no_free_port_is_a_sentence(taken, monkeypatch):
    monkeypatch.setattr(run, "PORT", taken)
    monkeypatch.setattr(run, "TRIED", 1)
    with pytest.raises(CommandError, match="all taken"):
        run.Command().free_port()


def test_demo_is_for_debug_mode_only():
    with pytest.raises(CommandError, match="debug mode"):
        call_command("run")


@pytest.fixture
def served(tmp_path):
    """Starts `manage.py run` on a database and files of its own; gives what it said, and its front page's address."""
    started = []
    variables = {"DATABASE_URL": f"sqlite:///{tmp_path / 'news.sqlite3'}", "MEDIA_ROOT": str(tmp_path / "media")}
    without = ("DJANGO_ALLOW_ASYNC_UNSAFE", "ORIGINALS_ROOT", "PYTHONUNBUFFERED")
    environment = {name: value for name, value in os.environ.items() if name not in without} | variables

    def run_demo(**more: str) -> tuple[str, str]:
        log = tmp_path / f"{len(started)}.log"
        with log.open("w") as output:
            command = [sys.executable, "manage.py", "run"]
            own = {**environment, **more}
            started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=own, stdout=output))
        deadline = time.monotonic() + 300
        while "Quit the server" not in log.read_text():
            assert started[-1].poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        return log.read_text(), re.search(r"Front page +(\S+)", log.read_text())[1]

    run_demo.started = started
    yield run_demo
    for process in started:
        process.terminate()
        assert process.wait(timeout=20) in {0, -signal.SIGTERM}


def answered(address: str) -> int:
    for _ in range(100):
        with contextlib.suppress(ConnectionError, urllib.error.URLError):
            return urllib.request.urlopen(address, timeout=20).status
        time.sleep(0.1)
    return 0


@pytest.mark.slow
def test_demo_is_served_again_beside_the_first_with_the_same_sign_ins_each_with_its_worker(served):
    first, address = served()
    again, other_address = served()
    assert address != other_address
    assert answered(address) == answered(other_address) == 200
    assert sign_ins(first) == sign_ins(again)
    assert [name for name, _ in sign_ins(first)] == ["editor", "photo", "chief"]
    assert answered(re.search(r"A rich story +(\S+)", first)[1]) == 200
    assert [len(workers_of(process)) for process in served.started] == [1, 1]
    children = children_of(served.started[1])
    served.started[1].terminate()
    assert served.started[1].wait(timeout=60) == 0
    assert not [pid for pid in children if is_running(pid)]


def workers_of(process: subprocess.Popen) -> list[str]:
    return [command for command in children_of(process).values() if "db_worker" in command]


def children_of(process: subprocess.Popen) -> dict[int, str]:
    """The processes that one has started, each by its command."""
    if not Path("/proc/self/status").exists():
        missing("/proc, which lists processes")
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"\nPPid:\t{process.pid}\n" in (place / "status").read_text():
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
    return found


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def sign_ins(said: str) -> list[tuple[str, str]]:
    return re.findall(r"^  (?:Editor|Photo desk|Chief) +(\S+) +(\S+)$", said, re.MULTILINE)
