"""Requests that the server of a browser test is still answering: a database is emptied only when there are none."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

QUIET = 0.2  # seconds without a request: what a page sends when it is left has then come in
PATIENCE = 30.0


class CountRequests:
    """The outermost middleware of the tests."""

    lock = threading.Lock()
    count, last = 0, 0.0

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        self.note(1)
        try:
            return self.get_response(request)
        finally:
            self.note(-1)

    @classmethod
    def note(cls, change: int) -> None:
        with cls.lock:
            cls.count, cls.last = cls.count + change, time.monotonic()

    @classmethod
    def wait_for_quiet(cls) -> None:
        given_up = time.monotonic() + PATIENCE
        while cls.count > 0 or time.monotonic() - cls.last < QUIET:
            assert time.monotonic() < given_up, "The pages of this test do not come to rest."
            time.sleep(0.02)
