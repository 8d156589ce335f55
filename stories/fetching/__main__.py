"""Reads a page from standard input and prints its details as JSON: the process that `stories.fetching.apart` starts.

Arguments: the page's address, the charset that its server named, and the seconds that it may compute.
"""

import contextlib
import json
import resource
import sys
from dataclasses import asdict

from stories.fetching.details import MOST_READ
from stories.fetching.reading import details_of

MEMORY = 1024 * 1024 * 1024


def limit(seconds: int) -> None:
    """End this process when it takes more; a system that has no such limits still has that of its caller."""
    bounds = {resource.RLIMIT_CPU: seconds, resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CORE: 0}
    for kind, most in bounds.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main(url: str, charset: str, seconds: str) -> None:
    limit(int(seconds))
    details = details_of(sys.stdin.buffer.read(MOST_READ), url=url, charset=charset)
    sys.stdout.write(json.dumps(asdict(details), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
