"""A web of one's own: names, addresses, and a server on this machine behind all of them that answers as it is told."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

Answer = Callable[[socket.socket], None]
PUBLIC, ALSO_PUBLIC, PUBLIC_6 = "93.184.215.14", "151.101.1.67", "2606:4700::1111"
CERTIFICATE = Path(__file__).with_name("harbour.example.pem")  # made for tests, and trusted by nobody else
PAGE = b"<!doctype html><html><head><title>A second berth opens</title></head><body><p>Freight first.</p></body></html>"


def sends(*pieces: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return answer


def response(
    body: bytes = PAGE, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **fields: str
) -> Answer:
    named = {"Content-Type": kind, "Content-Length": str(len(body)), **fields}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value)]
    return sends("\r\n".join([*lines, "", ""]).encode(), body)


def redirect(to: str, status: str = "302 Found") -> Answer:
    return response(b"", status=status, Location=to)


def endlessly(beginning: bytes, piece: bytes) -> Answer:
    """Until the other side has had enough."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(beginning)
        while True:
            connection.sendall(piece)

    return answer


def drips(beginning: bytes, piece: bytes) -> Answer:
    """One byte after the other, each long before a wait for one byte would end."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(beginning)
        connection.settimeout(0.02)
        while True:
            with contextlib.suppress(TimeoutError):
                if not connection.recv(1):
                    return
            connection.sendall(piece)

    return answer


def waits(beginning: bytes = b"") -> Answer:
    """Says no more, until the other side leaves."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(beginning)
        while connection.recv(1024):
            pass

    return answer


def resets(beginning: bytes = b"") -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(beginning)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    return answer


class Web:
    """Answers by host and path; whoever resolves and connects is written down."""

    def __init__(self) -> None:
        self.names: dict[str, list[list[str]]] = {}  # each name's answers, one after the other; the last one stays
        self.answers: dict[str, Answer] = {}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(self._listener.getsockname(), timeout)

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                is_tls = self.connected[-1][1] == 443
                threading.Thread(target=self._answer, args=[connection, is_tls], daemon=True).start()

    def _answer(self, connection: socket.socket, is_tls: bool) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(20)
            if "silent" in self.answers:
                self.answers["silent"](connection)
            elif is_tls:
                with certified().wrap_socket(connection, server_side=True) as secured:
                    self._speak(secured)
            else:
                self._speak(connection)

    def _speak(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(4096)
        self.requests.append(request)
        path = request.split(b" ")[1].decode()
        self.answers.get(path, response())(connection)


def certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@contextlib.contextmanager
def web() -> Iterator[Web]:
    found = Web()
    try:
        yield found
    finally:
        found.close()
