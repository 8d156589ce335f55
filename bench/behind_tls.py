"""The site as it answers behind a server that ended TLS: browsers take localhost for safe, production wants https."""

from collections.abc import Callable, Iterable
from typing import Any

from newsdesk.wsgi import application as site


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.url_scheme"] = "https"
    return site(environ, start_response)
