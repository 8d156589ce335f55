"""What a photo desk waits for, and what rendering costs: a 24-megapixel picture, beside Pillow alone on the same file.

`make bench`, or `DATABASE_URL=postgres://… python -m bench.pictures`. It makes a database of its own and drops it,
and a JPEG like a camera's: grain on soft shapes, quality 90, with Exif. All is measured by turns in one process, by
the clock; figures are medians. References: one full decode of the file by Pillow, and for the set of renditions
Pillow's bare draft, resize and encode of the same sizes with the same encoder settings. An upload is the whole POST,
from the first byte of the file to the last of the answer, with the database and the files on disk. Growth is the
highest resident memory of a fresh process above what it held before. Where a limit is missed, the exit code is 1.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402
from PIL import Image as Pillow  # noqa: E402

from bench.measuring import is_measurable, own_database  # noqa: E402
from bench.settings import HOST  # noqa: E402
from stories.images import renditions  # noqa: E402
from stories.images.crops import crop_box  # noqa: E402
from stories.images.intake import take_in  # noqa: E402
from stories.images.prefilling import read_upload  # noqa: E402
from stories.images.record import PictureRecord  # noqa: E402
from stories.images.xmp import xmp_packet  # noqa: E402
from stories.models import Image  # noqa: E402

SIZE = (6000, 4000)
TURNS, WARM_UP = 9, 1
MIDDLE = (50, 50)
XMP = xmp_packet(PictureRecord(creator="Bench", credit_line="Bench", copyright_notice="Bench"))


class Limit(NamedTuple):
    """`at_most` is a ratio to the reference of that name, or MiB where there is none."""

    name: str
    reference: str
    at_most: float


LIMITS = [
    Limit("upload answered", "full decode", 1.5),
    Limit("first rendition", "full decode", 0.5),
    Limit("whole set", "bare set", 1.15),
]
MOST_GROWTH = 100


def camera_picture() -> bytes:
    """Grain on soft shapes: what entropy coders find in photographs."""
    small = (SIZE[0] // 4, SIZE[1] // 4)
    shapes = Pillow.effect_noise((60, 40), 90).resize(small, Pillow.Resampling.BICUBIC)
    light = Pillow.linear_gradient("L").resize(small)
    soft = Pillow.merge("RGB", (shapes, light, Pillow.blend(shapes, light, 0.5))).resize(SIZE)
    grain = Pillow.effect_noise(SIZE, 40)
    exif = Pillow.Exif()
    exif[0x010F], exif[0x9003] = "Bench", "2026:03:02 12:00:00"
    out = BytesIO()
    Pillow.blend(soft, Pillow.merge("RGB", (grain,) * 3), 0.2).save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def full_decode(data: bytes) -> None:
    Pillow.open(BytesIO(data)).load()


def bare_set(data: bytes) -> None:
    """The same files by Pillow alone: no limits, colours, turning, credit or storage."""
    opened = Pillow.open(BytesIO(data))
    opened.draft(None, (renditions.LONGEST_SIDE, renditions.LONGEST_SIDE * SIZE[1] // SIZE[0]))
    opened.load()
    for ratio, widths in renditions.WIDTHS.items():
        box = crop_box(opened.size, ratio, MIDDLE) if ratio else (0, 0, *opened.size)
        for size in renditions.sizes((box[2] - box[0], box[3] - box[1]), widths):
            piece = opened.resize(size, Pillow.Resampling.LANCZOS, box=box)
            for kind, options in renditions.ENCODERS.values():
                piece.save(BytesIO(), kind, **options)


def whole_set(data: bytes) -> None:
    for _ in renditions.render(data, focal=MIDDLE, xmp=XMP, crops=True):
        pass


class Desk:
    """Somebody who uploads the same file again and again, each time as a new picture."""

    def __init__(self) -> None:
        self.client = Client(SERVER_NAME=HOST)
        self.client.force_login(User.objects.create_superuser("bench"))

    def upload(self, data: bytes) -> None:
        file = SimpleUploadedFile("bench.jpg", data, "image/jpeg")
        answer = self.client.post("/admin/stories/image/upload/file/", {"file": file}, secure=True)
        assert answer.json()["status"] == "new", answer.content

    def forget(self) -> None:
        for image in Image.objects.all():
            image.file.storage.delete(image.file.name)
            image.original.storage.delete(image.original.name)
            image.delete()


def measured(data: bytes) -> dict[str, list[float]]:
    desk, master = Desk(), take_in(data).jpeg
    acts: dict[str, Callable[[], object]] = {
        "full decode": lambda: full_decode(data),
        "upload answered": lambda: desk.upload(data),
        "first rendition": lambda: renditions.first_rendition(master, xmp=XMP),
        "bare set": lambda: bare_set(data),
        "whole set": lambda: whole_set(data),
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(WARM_UP + TURNS):
        for name, act in acts.items():
            begun = time.perf_counter()
            act()
            if turn >= WARM_UP:
                times[name].append((time.perf_counter() - begun) * 1000)
        desk.forget()
    return times


def growth(what: str, path: Path) -> float:
    """MiB by which a fresh process grows that takes the file in, or renders it."""
    command = [sys.executable, "-m", "bench.pictures", what, str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def grow(what: str, path: Path) -> None:
    before = highest()
    data = path.read_bytes()
    if what == "intake":
        read_upload(take_in(data).original)
    else:
        whole_set(data)
    print((highest() - before) / 1024)


def highest() -> int:
    """The most memory this program had so far, in KiB. What getrusage says includes the program that started it."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def report(data: bytes, times: dict[str, list[float]]) -> bool:
    size = f"{SIZE[0]} × {SIZE[1]} pixels, {len(data) / 1e6:.1f} MB"
    print(f"A JPEG of {size}; medians of {TURNS} turns, in milliseconds")
    print(f"Python {platform.python_version()}, Pillow {Pillow.__version__}\n")
    verdicts = [_row(limit, times) for limit in LIMITS]
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        Path(file.name).write_bytes(data)
        for what in ("intake", "rendering"):
            grown = growth(what, Path(file.name))
            verdicts.append(grown <= MOST_GROWTH)
            print(f"memory of {what:<10}{grown:7.0f} MiB  at most {MOST_GROWTH}  {'yes' if verdicts[-1] else 'NO'}")
    return all(verdicts)


def _row(limit: Limit, times: dict[str, list[float]]) -> bool:
    ours, theirs = statistics.median(times[limit.name]), statistics.median(times[limit.reference])
    verdict = ours <= theirs * limit.at_most
    beside = f"{limit.reference:<12}{theirs:9.1f}  ratio {ours / theirs:5.2f}  at most {limit.at_most}"
    print(f"{limit.name:<18}{ours:9.1f}  {beside}  {'yes' if verdict else 'NO'}")
    return verdict


def main() -> int:
    if len(sys.argv) == 3:
        grow(sys.argv[1], Path(sys.argv[2]))
        return 0
    if not is_measurable():
        return 2
    with own_database():
        data = camera_picture()
        return 0 if report(data, measured(data)) else 1


if __name__ == "__main__":
    sys.exit(main())
