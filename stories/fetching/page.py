"""Fetching one page: only public addresses, only so much of it, only so long, checked anew at every redirect."""

import http.client
import re
import socket
import ssl
from dataclasses import dataclass
from email.message import Message

from stories.fetching.connection import (
    Bounded,
    Connect,
    Deadline,
    Resolve,
    checked_addresses,
    connect,
    open_connection,
    resolve,
)
from stories.fetching.refusal import UNREACHABLE, NotFetched
from stories.fetching.targets import Target, next_target, target_of

SECONDS = 15.0
REDIRECTS = 5
MOST_HEAD = 64 * 1024
MOST_BODY = 3 * 1024 * 1024
PIECE = 64 * 1024
KINDS = {"text/html", "application/xhtml+xml"}
MOVED = {301, 302, 303, 307, 308}
COME_AGAIN = {408, 425, 429}  # and all that begin with 5
FIELDS = {
    "User-Agent": "Newsdesk/0.1 (+reads titles of cited reports)",
    "Accept": "text/html, application/xhtml+xml;q=0.9",
    "Accept-Encoding": "identity",  # what is not packed cannot unpack into something far larger
    "Connection": "close",
}
MUCH_HEAD = f"The site sends more than {MOST_HEAD // 1024} KB before its page, so it was not fetched."
MUCH_BODY = f"The page is larger than {MOST_BODY // 1024 // 1024} MB, so it was not read."


@dataclass(frozen=True)
class Page:
    """A page as it came. `url` is where the redirects ended, `charset` what the server said, or ""."""

    url: str
    body: bytes
    charset: str


def fetch_page(
    url: str,
    *,
    resolve: Resolve = resolve,
    connect: Connect = connect,
    seconds: float = SECONDS,
    tls: ssl.SSLContext | None = None,
) -> Page:
    """The page at an address. Raises NotFetched. May be called from several threads at once.

    Each name is resolved once, all of its addresses have to be public, and the connection goes to one of those that
    were checked: a name server that answers otherwise the next time is never asked a next time.
    """
    deadline = Deadline(seconds)
    target = target_of(url)
    for _ in range(REDIRECTS + 1):
        addresses = checked_addresses(target, resolve, deadline)
        connection = open_connection(target, addresses, connect, deadline, tls)
        found = _asked(target, connection, deadline)
        if isinstance(found, Page):
            return found
        target = found
    raise NotFetched(f"The site redirects more than {REDIRECTS} times, so the page was not fetched.")


def _asked(target: Target, connection: socket.socket, deadline: Deadline) -> Page | Target:
    """The page, or where the site says it is instead."""
    reader = Bounded(connection, deadline, MOST_HEAD, MUCH_HEAD)
    try:
        connection.settimeout(deadline.left())
        connection.sendall(_request(target))
        with http.client.HTTPResponse(reader, method="GET") as response:  # type: ignore[arg-type]
            response.begin()
            return _answer(target, response, reader)
    except TimeoutError:
        raise deadline.passed() from None
    except (OSError, http.client.IncompleteRead) as error:
        raise NotFetched(UNREACHABLE.format(host=target.host), temporary=True) from error
    except (http.client.HTTPException, ValueError, OverflowError) as error:
        raise NotFetched(f"The site “{target.host}” answers in a way that cannot be read.") from error
    finally:
        connection.close()


def _request(target: Target) -> bytes:
    fields = {"Host": target.authority, **FIELDS}
    lines = [f"GET {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _answer(target: Target, response: http.client.HTTPResponse, reader: Bounded) -> Page | Target:
    if response.status in MOVED:
        return next_target(target, _as_written(response.getheader("Location") or ""))
    if response.status != 200:
        temporary = response.status in COME_AGAIN or response.status >= 500
        sentence = f"The site “{target.host}” answered with status {response.status} instead of the page."
        raise NotFetched(sentence, temporary=temporary)
    _refuse_other_kinds(response.headers)
    if (response.length or 0) > MOST_BODY:
        raise NotFetched(MUCH_BODY)
    reader.allowed, reader.too_much = MOST_BODY + MOST_HEAD, MUCH_BODY
    return Page(target.url, _body(response), response.headers.get_content_charset() or "")


def _as_written(location: str) -> str:
    """http.client reads fields as Latin-1; sites write addresses in UTF-8."""
    return re.sub(r"\s", "", location.encode("latin-1", "replace").decode("utf-8", "replace"))


def _refuse_other_kinds(headers: Message) -> None:
    kind = headers.get_content_type() if headers.get("Content-Type") else ""
    if kind not in KINDS:
        named = f"“{kind[:60]}”" if kind else "something that it does not name"
        raise NotFetched(f"The address leads to {named} instead of a web page, so it was not read.")
    if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise NotFetched("The site sends its page packed, though it was asked not to, so it was not read.")


def _body(response: http.client.HTTPResponse) -> bytes:
    """All of the body. Raises NotFetched for too much of it, IncompleteRead for less than was announced."""
    pieces, size = [], 0
    while piece := response.read(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BODY:
            raise NotFetched(MUCH_BODY)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(pieces)
