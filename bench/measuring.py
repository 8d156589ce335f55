"""What measuring takes: a database of its own, requests as a WSGI server passes them on, and their cost."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from bench.settings import HOST

WRONG_DATABASE = "This measures on PostgreSQL: set DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME."


def is_measurable() -> bool:
    """Whether the database is one to measure on; says so where it is not."""
    if connection.vendor != "postgresql":
        print(WRONG_DATABASE, file=sys.stderr)
    return connection.vendor == "postgresql"


@contextmanager
def own_database() -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


class Taken(NamedTuple):
    """What an answer took: milliseconds by the clock and of this process's CPU, and statements sent to the database."""

    wall: float
    cpu: float
    statements: int
    body: bytes


class Visitor:
    """Asks the site as a browser does, with its cookies."""

    def __init__(self, cookies: Mapping[str, str] | None = None) -> None:
        self.handler = WSGIHandler()
        self.cookies = dict(cookies or {})

    def get(self, address: str) -> bytes:
        return self._answer(self._environ("GET", address), "200 OK")

    def post(self, address: str, body: bytes) -> bytes:
        """Send a form that is accepted: the answer leads on to another page."""
        environ = self._environ("POST", address)
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
        environ["CONTENT_LENGTH"] = str(len(body))
        environ["HTTP_ORIGIN"] = f"https://{HOST}"
        environ["wsgi.input"] = BytesIO(body)
        return self._answer(environ, "302 Found")

    def _environ(self, method: str, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443",
            "HTTP_HOST": HOST,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "REMOTE_ADDR": "127.0.0.1",
        }

    def _answer(self, environ: dict[str, Any], expected: str) -> bytes:
        """The body that a WSGI server would send. Raises AssertionError unless the answer is the expected one."""
        statuses: list[str] = []
        response = self.handler(environ, lambda status, headers, *rest: self._begun(statuses, status, headers))
        body = b"".join(response)
        response.close()
        assert statuses == [expected], f"{environ['PATH_INFO']} answered {statuses}"
        return body

    def _begun(self, statuses: list[str], status: str, headers: list[tuple[str, str]]) -> None:
        statuses.append(status)
        for name, value in headers:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]


def take(act: Any, *args: Any) -> Taken:
    """Do it, and say what it took. Counted is each statement, those of savepoints too; not BEGIN and COMMIT, which the
    driver sends along."""
    statements = 0

    def count(execute: Any, *rest: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*rest)

    with connection.execute_wrapper(count):
        wall, cpu = time.perf_counter(), time.process_time()
        body = act(*args)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Taken(wall * 1000, cpu * 1000, statements, body)
