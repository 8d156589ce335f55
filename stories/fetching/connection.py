"""A connection to an address that was checked: resolved once, pinned, and with one deadline for all that it does."""

import contextlib
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from functools import cache
from ipaddress import ip_address

from stories.fetching.addresses import is_public
from stories.fetching.refusal import LATE, UNREACHABLE, NotFetched
from stories.fetching.targets import Target

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int, float], socket.socket]
TRIED = 4  # addresses of one name
PRIVATE = "The address leads into a private network, so it was not fetched."


class Deadline:
    """A moment after which nothing more is waited for, for all hops together."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that remain. Raises NotFetched when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> NotFetched:
        return NotFetched(LATE.format(seconds=self.seconds), temporary=True)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system's resolver gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to a numeric address, which no resolver is asked about. Raises OSError."""
    number = ip_address(address)  # ValueError for a name, which the socket would look up
    connection = socket.socket(socket.AF_INET6 if number.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout)
        connection.connect((str(number), port))
    except BaseException:
        connection.close()
        raise
    return connection


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that this machine trusts; names are checked."""
    return ssl.create_default_context()


def checked_addresses(target: Target, resolve: Resolve, deadline: Deadline) -> list[str]:
    """The addresses of the target's name, asked for once. Raises NotFetched unless all of them are public: a name
    with one private address among public ones is somebody's attempt."""
    addresses = _resolved_in_time(target, resolve, deadline)
    if not all(map(is_public, addresses)):
        raise NotFetched(PRIVATE)
    return addresses[:TRIED]


def _resolved_in_time(target: Target, resolve: Resolve, deadline: Deadline) -> list[str]:
    """The system's resolver cannot be told how long to wait, so it is asked in a thread that may be left behind."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=ask, daemon=True, name="resolving").start()
    try:
        addresses = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise deadline.passed() from None
    if not addresses:
        raise NotFetched(f"There is no site “{target.host}”, or its name cannot be looked up now.", temporary=True)
    return addresses


def open_connection(
    target: Target, addresses: list[str], connect: Connect, deadline: Deadline, tls: ssl.SSLContext | None
) -> socket.socket:
    """A connection to the first of the addresses that answers; for https:// under the target's name."""
    failures: list[OSError] = []
    for place, address in enumerate(addresses):
        share = deadline.left() / (len(addresses) - place)
        try:
            connection = connect(address, target.port, share)
        except OSError as error:
            failures.append(error)
            continue
        return _under_name(connection, target, deadline, tls) if target.scheme == "https" else connection
    deadline.left()
    raise NotFetched(UNREACHABLE.format(host=target.host), temporary=True) from failures[0]


def _under_name(
    connection: socket.socket, target: Target, deadline: Deadline, tls: ssl.SSLContext | None
) -> socket.socket:
    try:
        connection.settimeout(deadline.left())
        return (tls or trusted()).wrap_socket(connection, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        connection.close()
        raise NotFetched(f"The site “{target.host}” does not prove that it is that site (its certificate).") from error
    except TimeoutError:
        connection.close()
        raise deadline.passed() from None
    except (OSError, ValueError) as error:
        connection.close()
        raise NotFetched(UNREACHABLE.format(host=target.host), temporary=True) from error


class Bounded(io.RawIOBase):
    """What comes over a connection, up to the deadline and up to `allowed` bytes in all.

    Raises NotFetched with `too_much` for more. Stands in for the socket in http.client.HTTPResponse.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline, allowed: int, too_much: str) -> None:
        self._connection = connection
        self._deadline = deadline
        self.allowed = allowed
        self.too_much = too_much

    def makefile(self, *args: object) -> io.BufferedReader:
        return io.BufferedReader(self, 4096)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.allowed <= 0:
            raise NotFetched(self.too_much)
        self._connection.settimeout(self._deadline.left())
        try:
            count = self._connection.recv_into(buffer)
        except TimeoutError:
            raise self._deadline.passed() from None
        self.allowed -= count
        return count

    def close(self) -> None:
        super().close()
        with contextlib.suppress(OSError):
            self._connection.close()
