"""Decodes a picture from standard input: the process that `stories.images.apart` starts.

Arguments: the longest side, Pillow's number for the way of resizing, and the bytes it may take. Prints a line of JSON
(`size`, `sampling` and `extension`, or `code` and `message` of a refusal) and then the pixels, RGB.
"""

import contextlib
import json
import resource
import sys

from PIL import AvifImagePlugin, Image

from stories.images.decoding import decode_here
from stories.images.limits import MAX_BYTES, UnusableImage

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each takes memory of its own


def main(side: str, resampling: str, memory: str) -> None:
    for kind, most in ((resource.RLIMIT_DATA, int(memory)), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a system that has no such limit
            resource.setrlimit(kind, (most, most))
    try:
        decoded = decode_here(sys.stdin.buffer.read(MAX_BYTES + 1), int(side), Image.Resampling(int(resampling)))
    except UnusableImage as refusal:
        sys.stdout.write(json.dumps({"code": refusal.code, "message": str(refusal)}))
        return
    told = {"size": decoded.picture.size, "sampling": decoded.sampling, "extension": decoded.extension}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + decoded.picture.tobytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
