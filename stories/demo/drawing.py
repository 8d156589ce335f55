"""Paper, ink and type for the demo's maps, charts and diagrams.

Everything is drawn at twice its size and brought down at the end, since Pillow's own lines have jagged edges.
"""

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, SCALE = 1600, 1000, 2
MARGIN = 84
PAPER, INK, GREY, HAIR = "#faf7f0", "#211f1c", "#6a655c", "#d9d2c3"
LAND, SHORE, SEA, DEEP = "#f1e8d5", "#9a8f78", "#dfe8e6", "#c4d6d5"
TEAL, RUST, OCHRE, STONE = "#1d5c63", "#a8482a", "#c9993f", "#b9b0a0"

Point = tuple[float, float]


@dataclass(frozen=True)
class Fonts:
    """Two font files: one for titles, one for labels. Variable ones are set to the weight asked for."""

    title: Path
    label: Path

    def face(self, file: Path, size: float, weight: int) -> ImageFont.FreeTypeFont:
        return _face(file, round(size * SCALE), weight)


@cache
def _face(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(str(file), size)
    try:
        axes = face.get_variation_axes()
    except OSError:
        return face
    wanted = {b"Weight": weight, b"Optical Size": min(size / SCALE, 72)}
    face.set_variation_by_axes([wanted.get(axis["name"]) or axis["default"] or 0 for axis in axes])
    return face


class Canvas:
    """A picture in the making; coordinates are those of the finished picture."""

    def __init__(self, fonts: Fonts, title: str = "", subtitle: str = "", ground: str = PAPER) -> None:
        self.fonts = fonts
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)
        if title:
            self.title(MARGIN, 66, title)
            self.text(MARGIN, 152, subtitle, size=31, fill=GREY)

    def title(self, x: float, y: float, text: str, size: float = 58) -> None:
        self._write(x, y, text, self.fonts.face(self.fonts.title, size, 560), INK, "la")

    def text(
        self, x: float, y: float, text: str, *, size: float = 30, weight: int = 430, fill: str = INK, anchor: str = "la"
    ) -> None:
        self._write(x, y, text, self.fonts.face(self.fonts.label, size, weight), fill, anchor)

    def _write(self, x: float, y: float, text: str, face: ImageFont.FreeTypeFont, fill: str, anchor: str) -> None:
        for row, line in enumerate(text.split("\n")):
            at = (x * SCALE, y * SCALE + row * face.size * 1.28)
            self.pen.text(at, line, font=face, fill=fill, anchor=anchor)

    def line(self, points: Sequence[Point], fill: str = INK, width: float = 3) -> None:
        self.pen.line(_scaled(points), fill=fill, width=round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.dot(x, y, width / 2, fill)

    def dashes(
        self, points: Sequence[Point], fill: str = INK, width: float = 3, dash: float = 14, gap: float = 11
    ) -> None:
        for piece in _dashed(points, dash, gap):
            self.line(piece, fill, width)

    def area(self, points: Sequence[Point], fill: str, edge: str | None = None, width: float = 2.5) -> None:
        self.pen.polygon(_scaled(points), fill=fill)
        if edge:
            self.line([*points, points[0]], edge, width)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.pen.rectangle([left * SCALE, top * SCALE, right * SCALE - 1, bottom * SCALE - 1], fill=fill)

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str | None = None, width: float = 3) -> None:
        if edge:
            self.dot(x, y, radius + width, edge)
        self.pen.ellipse(
            [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE], fill=fill
        )

    def arrow(self, points: Sequence[Point], fill: str = INK, width: float = 4, head: float = 20) -> None:
        (x0, y0), (x1, y1) = points[-2], points[-1]
        turn = math.atan2(y1 - y0, x1 - x0)
        corners = [(x1 - head * math.cos(turn + side), y1 - head * math.sin(turn + side)) for side in (0.45, -0.45)]
        neck = (x1 - head * 0.7 * math.cos(turn), y1 - head * 0.7 * math.sin(turn))
        self.line([*points[:-1], neck], fill, width)
        self.area([(x1, y1), *corners], fill)

    def save(self, file: Path) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(file, "JPEG", quality=84, optimize=True, progressive=True, subsampling=0)


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _dashed(points: Sequence[Point], dash: float, gap: float) -> Iterator[list[Point]]:
    """The pieces of a line that are inked, each as two or more points."""
    left, inked, piece = dash, True, [points[0]]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length, done = math.dist((x0, y0), (x1, y1)), 0.0
        while length - done > left:
            done += left
            here = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if inked:
                yield [*piece, here]
            inked, left, piece = not inked, gap if inked else dash, [here]
        left -= length - done
        if inked:
            piece.append((x1, y1))
    if inked and len(piece) > 1:
        yield piece


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 14) -> list[Point]:
    """A curve through all points (Catmull-Rom)."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    curve = [_between(ring[n : n + 4], step / steps) for n in range(len(ring) - 3) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _between(four: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four

    def at(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)

    return at(ax, bx, cx, dx), at(ay, by, cy, dy)


def coast(
    x: float, y: float, wide: float, high: float, seed: int, rough: float = 0.2, corners: int = 15
) -> list[Point]:
    """The outline of an island: an ellipse that the sea has been at. The same seed gives the same island."""
    chance = random.Random(seed)
    ring = []
    for corner in range(corners):
        turn = 2 * math.pi * corner / corners
        reach = 1 + chance.uniform(-rough, rough)
        ring.append((x + wide * reach * math.cos(turn), y + high * reach * math.sin(turn)))
    return smooth(ring, closed=True, steps=8)


def bow(start: Point, end: Point, bend: float) -> list[Point]:
    """A curved line between two points; `bend` is how far its middle lies to the side, in pixels."""
    (x0, y0), (x1, y1) = start, end
    length = math.dist(start, end) or 1
    cx = (x0 + x1) / 2 + 2 * bend * (y1 - y0) / length
    cy = (y0 + y1) / 2 - 2 * bend * (x1 - x0) / length
    return [
        ((1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t**2 * x1, (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t**2 * y1)
        for t in (step / 32 for step in range(33))
    ]
