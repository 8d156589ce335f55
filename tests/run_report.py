"""What a run of the suite could not run here, and how long it takes: said at its end and at its start."""

import time
from collections import Counter

import pytest
from django.db import connection

from tests.missing import NOT_HERE

USUAL_SECONDS = 750
_started = pytest.StashKey[float]()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _usual_time_key(config: pytest.Config) -> str:
    """Where the last time of the same selection on the same database is kept."""
    return f"newsdesk/seconds/{connection.vendor}/{config.option.markexpr or 'whole suite'}"


def _is_whole_selection(config: pytest.Config) -> bool:
    return config.args == config.getini("testpaths") and not config.option.keyword and not config.option.lf


def pytest_report_header(config: pytest.Config) -> list[str]:
    lines = [f"database: {connection.vendor}"]
    if _is_whole_selection(config) and not _is_worker(config) and getattr(config, "cache", None):
        seconds = config.cache.get(_usual_time_key(config), None)
        said = f"{seconds} s, as the last time" if seconds else f"some {USUAL_SECONDS} s on two cores"
        lines.insert(0, f"This takes {said}.")
    return lines


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[_started] = time.monotonic()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    if exitstatus == 0 and getattr(config, "cache", None) and _is_whole_selection(config):
        config.cache.set(_usual_time_key(config), round(time.monotonic() - config.stash[_started]))
    wanting = Counter(_wanting(report) for report in terminalreporter.stats.get("skipped", []))
    lines = [f"{count} {'test' if count == 1 else 'tests'}: {what}" for what, count in sorted(wanting.items()) if what]
    if config.option.markexpr:
        lines.append(f"What “{config.option.markexpr}” leaves out: `make test` runs it.")
    if connection.vendor == "sqlite":
        lines.append("PostgreSQL: this was on SQLite; with DATABASE_URL=postgres://USER@HOST/NAME the same runs there.")
    if lines:
        terminalreporter.section("What this run did not run")
        terminalreporter.write("".join(f"{line}\n" for line in lines))


def _wanting(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    return reason.partition(NOT_HERE)[2]
