"""The demo's diagrams. The chemistry is real; breakwater, turbine and glacier are invented."""

import math
import random

from stories.demo.drawing import (
    DEEP,
    GREY,
    HEIGHT,
    INK,
    MARGIN,
    OCHRE,
    PAPER,
    RUST,
    SEA,
    STONE,
    TEAL,
    WIDTH,
    Canvas,
    Fonts,
    Point,
    bow,
    smooth,
)  # fmt: skip

RIGHT = WIDTH - MARGIN
NOTE = HEIGHT - 40
ROCK, BED = "#cfc4ae", "#a89a80"
VALLEY = [
    (60, 430), (260, 500), (470, 610), (680, 640), (880, 730), (1080, 770), (1280, 836), (1420, 858), (1560, 876),
]  # fmt: skip
ICE_2026 = [(60, 372), (260, 412), (470, 500), (680, 556), (880, 648), (1080, 726), (1180, 798)]
ICE_1978 = [(60, 336), (260, 362), (470, 436), (680, 496), (880, 584), (1080, 648), (1280, 734), (1400, 852)]


def breakwater(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "Where the wall gave way", "Section through the outer breakwater at Port Selwick")
    bed, calm, surge, crown = 850, 560, 440, 380
    canvas.area([(0, calm), (560, calm), (560, bed), (0, bed)], SEA)
    canvas.area([(1000, calm), (WIDTH, calm), (WIDTH, bed), (1000, bed)], SEA)
    canvas.dashes([(0, surge), (640, surge)], RUST, 4)
    core: list[Point] = [(330, bed), (660, 470), (900, 470), (1220, bed)]
    _armour(canvas, core, bed)
    canvas.area(core, ROCK)
    _stones(canvas, core, bed)
    canvas.area([(680, 470), (680, crown), (740, crown), (740, 428), (890, 428), (890, 470)], STONE, GREY, 2)
    canvas.box(0, bed, WIDTH, bed + 24, BED)
    _breakwater_labels(canvas, bed, calm, surge)
    return canvas


def _armour(canvas: Canvas, core: list[Point], bed: float) -> None:
    """Blocks along both slopes; on the seaward one, the lower blocks have slid to the bed."""
    for (x0, y0), (x1, y1), count, kept in ((core[1], core[0], 9, 3), (core[2], core[3], 9, 9)):
        side = -1 if x1 < x0 else 1
        for block in range(count):
            share = (block + 0.5) / count
            x, y = x0 + (x1 - x0) * share + side * 20, y0 + (y1 - y0) * share - 16
            if block < kept:
                _block(canvas, x, y, 0.85 * side)
    for x, turn in ((118, 0.3), (186, 1.1), (258, 0.1), (228, 0.7)):
        _block(canvas, x, bed - (22 if x != 228 else 62), turn)
    canvas.dashes([(core[1][0] - 120, core[1][1] + 78), (core[0][0] - 60, bed - 6)], RUST, 4)


def _block(canvas: Canvas, x: float, y: float, turn: float, half: float = 27) -> None:
    turns = [turn + quarter * math.pi / 2 for quarter in (0.5, 1.5, 2.5, 3.5)]
    corners = [(x + half * math.cos(turn), y + half * math.sin(turn)) for turn in turns]
    canvas.area(corners, "#8f8878", PAPER, 2.5)


def _stones(canvas: Canvas, core: list[Point], bed: float) -> None:
    chance = random.Random(5)
    for _ in range(170):
        y = chance.uniform(490, bed - 12)
        depth = (y - 470) / (bed - 470)
        x = chance.uniform(core[1][0] - depth * 330 + 26, core[2][0] + depth * 320 - 26)
        if not (670 < x < 890 and 676 < y < 800):  # room for the label
            canvas.dot(x, y, chance.uniform(4, 11), "#bdb199")


def _breakwater_labels(canvas: Canvas, bed: float, calm: float, surge: float) -> None:
    canvas.text(60, surge - 12, "storm peak, 1.9 m above the tide", size=30, fill=RUST, weight=560, anchor="ld")
    canvas.text(60, calm + 14, "open sea", size=30, fill=TEAL)
    canvas.text(RIGHT, calm + 14, "harbour", size=30, fill=TEAL, anchor="ra")
    canvas.text(780, 700, "core of\nquarry stone", size=30, anchor="ma")
    canvas.line([(752, 404), (940, 340)], GREY, 2)
    canvas.text(952, 336, "crown wall, raised in 2008", size=30, anchor="lm")
    canvas.line([(1120, 672), (1196, 560)], GREY, 2)
    canvas.text(1204, 544, "armour blocks", size=30, anchor="lm")
    canvas.text(60, bed + 44, "blocks slid down here", size=30, fill=RUST, weight=560)
    canvas.text(RIGHT, bed + 44, "Not to scale", size=25, fill=GREY, anchor="ra")


def tidal_turbine(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "A mill on the sea bed", "One of sixty turbines in the Skell Race", ground=PAPER)
    top, bed = 276, 890
    canvas.box(0, top, WIDTH, HEIGHT, SEA)
    canvas.box(0, top + 150, WIDTH, HEIGHT, "#d3e1e0")
    canvas.box(0, top + 320, WIDTH, HEIGHT, DEEP)
    canvas.line([(0, top), (WIDTH, top)], TEAL, 4)
    ground = smooth([(-40, bed), (260, bed + 14), (620, bed - 6), (1000, bed + 10), (1340, bed - 8), (1660, bed + 6)])
    canvas.area([*ground, (1660, 1040), (-40, 1040)], BED)
    _turbine(canvas, 800, 628, bed)
    for y, ahead, name in ((500, True, "flood"), (756, False, "ebb")):
        ends = [(120, y), (430, y)] if ahead else [(430, y), (120, y)]
        canvas.arrow(ends, TEAL, 6, 30)
        canvas.text(120 if ahead else 430, y - 16, name, size=33, weight=560, fill=TEAL, anchor="ld" if ahead else "rd")
    canvas.line([(1040, top), (1040, 468)], INK, 3)
    canvas.line([(1022, 468), (1058, 468)], INK, 3)
    canvas.text(1062, 376, "12 m below\nthe lowest tide", size=30, anchor="lm")
    canvas.line([(1180, 468), (1180, 788)], INK, 3)
    canvas.text(1204, 628, "20 m across,\n3 MW", size=30, anchor="lm")
    canvas.text(84, top - 14, "lowest tide", size=28, fill=TEAL, anchor="ld")
    canvas.text(RIGHT, 968, "Invented machine", size=25, fill=INK, anchor="rd")
    return canvas


def _turbine(canvas: Canvas, x: float, y: float, bed: float) -> None:
    for foot in (-170, 0, 170):
        canvas.line([(x, bed - 120), (x + foot, bed + 4)], INK, 16)
    canvas.area([(x - 17, y), (x + 17, y), (x + 26, bed - 100), (x - 26, bed - 100)], INK)
    for side in (-1, 1):
        outline = [(0, 0), (22, 60), (12, 160), (-4, 158), (-20, 60)]
        canvas.area(smooth([(x + dx, y + side * dy) for dx, dy in outline], closed=True), OCHRE, INK, 3)
    canvas.dot(x, y, 32, INK)
    canvas.dot(x, y, 12, PAPER)


def glacier(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "A third thinner", "Keld Glacier along its length, 1978 and 2026")
    bed, now, then = smooth(VALLEY), smooth(ICE_2026), smooth(ICE_1978)
    upper = [point for point in bed if point[0] <= 1180]
    canvas.area([*now, *reversed(upper)], "#cfe0e6")
    canvas.line(now, TEAL, 6)
    canvas.dashes(then, RUST, 5, 18, 12)
    canvas.area([*bed, (1560, 912), (60, 912)], ROCK, BED, 3)
    canvas.text(560, 424, "surface in 1978", size=32, weight=560, fill=RUST, anchor="lm")
    canvas.text(462, 552, "ice in 2026", size=27, weight=580, fill=TEAL, anchor="mm")
    canvas.arrow([(1300, 676), (1196, 676)], INK, 3, 18)
    canvas.arrow([(1292, 676), (1396, 676)], INK, 3, 18)
    canvas.text(1296, 656, "1.3 km", size=32, weight=580, anchor="md")
    for x, y in ((1184, 696), (1402, 696)):
        canvas.dashes([(x, 660), (x, y + 130)], GREY, 2, 8, 8)
    canvas.text(200, 740, "rock", size=30, fill="#6b6047", anchor="lm")
    canvas.text(RIGHT, NOTE, "Heights at three times their scale · invented glacier", size=25, fill=GREY, anchor="rd")
    return canvas


def ozone_cycle(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "One chlorine atom, round and round", "How chlorine destroys ozone and comes out unchanged")
    for bent in (bow((390, 500), (1210, 500), 190), bow((1210, 720), (390, 720), 190)):
        canvas.arrow(bent, INK, 5, 30)
    for x, y, atoms, words in (
        (280, 590, ["Cl"], "chlorine atom"), (1320, 590, ["Cl", "O"], "chlorine\nmonoxide"),
        (620, 440, ["O", "O", "O"], "takes an atom\nfrom ozone"), (980, 440, ["O", "O"], "and leaves\noxygen"),
        (980, 660, ["O"], "gives it to a\nloose atom"), (620, 660, ["O", "O"], "and leaves\noxygen"),
    ):  # fmt: skip
        _atoms(canvas, x, y, atoms)
        canvas.text(x, y + 54, words, size=30, weight=560 if "Cl" in atoms else 430, anchor="ma")
    return canvas


def _atoms(canvas: Canvas, x: float, y: float, atoms: list[str], radius: float = 42) -> None:
    """A molecule as touching discs; ozone's three stand at an angle, as they do."""
    wide = radius * 1.5
    for place, atom in enumerate(atoms):
        cx = x + (place - (len(atoms) - 1) / 2) * wide
        cy = y - (22 if len(atoms) == 3 and place == 1 else 0)
        canvas.dot(cx, cy, radius, TEAL if atom == "Cl" else "#e0a58f", PAPER, 4)
        canvas.text(cx, cy, atom, size=34, weight=640, fill="#ffffff" if atom == "Cl" else INK, anchor="mm")
