"""What an address asks for, and whether it may be asked: scheme, host, port, no user. Pure."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from stories.fetching.refusal import NotFetched

PORTS = {"http": 80, "https": 443}
SAFE = "/%:@!$&'()*+,;=~-._?[]|"  # what stands in paths and queries as it is
LONGEST = 4000


@dataclass(frozen=True)
class Target:
    """Where one request goes. `host` is ASCII, without the final dot."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """As the Host field says it; the port is always the scheme's own."""
        return f"[{self.host}]" if ":" in self.host else self.host


def target_of(url: str) -> Target:
    """Where a request for the address goes. Raises NotFetched for what is not asked."""
    if len(url) > LONGEST or any(not char.isprintable() or char.isspace() for char in url):
        raise NotFetched("The address cannot be read, so it was not fetched.")
    try:
        parts = urlsplit(url)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError as error:
        raise NotFetched("The address cannot be read, so it was not fetched.") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not host:
        raise NotFetched("Only addresses that begin with http:// or https:// are fetched.")
    if "@" in parts.netloc:
        raise NotFetched("The address holds a user name or a password, so it was not fetched.")
    if port not in (None, PORTS[scheme]):
        raise NotFetched(f"The address names port {port}. Only the usual ports of the web are asked.")
    path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    return Target(scheme, host, path if path.startswith("/") else f"/{path}")


def _ascii(host: str) -> str:
    """The host as name servers know it. Raises ValueError."""
    name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    if not all(char.isalnum() or char in "-._:" for char in name):
        raise ValueError(name)
    return name


def next_target(target: Target, location: str) -> Target:
    """Where a redirect leads. Raises NotFetched, also for one from https:// to http://, which anybody on the way
    could have answered."""
    try:
        url = urljoin(target.url, location)
    except ValueError as error:
        raise NotFetched("The site redirects to an address that cannot be read.") from error
    onward = target_of(url)
    if (target.scheme, onward.scheme) == ("https", "http"):
        raise NotFetched("The site redirects from https:// to http://, which is not followed.")
    return onward
