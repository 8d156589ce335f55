"""Addresses of reports, brought to one spelling so that one report is one Article."""

from urllib.parse import unquote_plus, urlsplit, urlunsplit

MAX_LENGTH = 2000  # in UTF-8: what the index of a database can hold
TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "at_medium", "at_campaign"})
DEFAULT_PORTS = {"http": 80, "https": 443}


class UnusableAddress(ValueError):
    """The text is no web address; the message is a sentence for an editor."""


def check(url: str) -> str:
    """Return `url` stripped, or raise UnusableAddress unless it is an http(s) address with a host."""
    url = url.strip()
    if not url:
        return ""
    if any(not char.isprintable() or char.isspace() or char in '<>"\\' for char in url):
        raise UnusableAddress(
            f"“{url[:80]}” is not a web address: it contains a space or a character that addresses may not have."
        )
    _refuse_long(url)
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in DEFAULT_PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise UnusableAddress(
            f"“{url[:80]}” is not a web address. Write it in full, beginning with https:// or http://."
        )
    return url


def _refuse_long(url: str) -> None:
    if len(url.encode()) > MAX_LENGTH:
        raise UnusableAddress(f"The address is longer than {MAX_LENGTH} characters.")


def normalise(url: str) -> str:
    """Return the one spelling of a report's address, "" for none.

    Host and scheme in lower case, no default port, no fragment, no tracking parameters (utm_… and their like).
    Path and remaining query are kept as they are, since servers tell them apart. Idempotent.
    Raises UnusableAddress.
    """
    url = check(url)
    if not url:
        return ""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")[0]
    port = f":{parts.port}" if parts.port and parts.port != DEFAULT_PORTS[scheme] else ""
    netloc = f"{user}@{host}{port}" if user else f"{host}{port}"
    normal = urlunsplit((scheme, netloc, parts.path or "/", _without_tracking(parts.query), ""))
    _refuse_long(normal)
    return normal


def _without_tracking(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name in TRACKING or name.startswith("utm_")
