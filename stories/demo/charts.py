"""The demo's charts. Their figures are invented, but for the distances of the planets."""

import math
from collections.abc import Callable, Sequence

from stories.demo.drawing import (
    GREY,
    HAIR,
    HEIGHT,
    INK,
    MARGIN,
    OCHRE,
    RUST,
    SEA,
    STONE,
    TEAL,
    WIDTH,
    Canvas,
    Fonts,
    Point,
)  # fmt: skip

RIGHT = WIDTH - MARGIN
NOTE = HEIGHT - 56

SHARES = [
    ("Received now", 12, "since 2019", STONE), ("Offered", 18, "rising by a point a year …", TEAL),
    ("", 26, "… until 2034", TEAL), ("Asked", 30, "with first call on the power", RUST),
]  # fmt: skip
BUILT = [1988, 1991, 1996, 1999, 2002, 2007, 2011]
LEVELS = {
    2006: 408.8, 2007: 402.1, 2008: 406.4, 2009: 410.2, 2010: 411.9, 2011: 409.5, 2012: 410.8, 2013: 412.6, 2014: 411.1,
    2015: 408.7, 2016: 410.4, 2017: 411.6, 2018: 409.0, 2019: 407.8, 2020: 410.1, 2021: 411.3, 2022: 410.0, 2023: 410.9,
    2024: 409.2, 2025: 405.7, 2026: 402.6,
}  # fmt: skip
PUPILS = {
    2006: 212, 2007: 229, 2008: 241, 2009: 256, 2010: 270, 2011: 297, 2012: 318, 2013: 341, 2014: 362, 2015: 398,
    2016: 471, 2017: 548, 2018: 617, 2019: 688, 2020: 741, 2021: 803, 2022: 861, 2023: 905, 2024: 948, 2025: 991,
    2026: 1048,
}  # fmt: skip
TEAMS = ["Ulder", "Port Selwick", "Hesk", "Oxa", "Ansa", "Merrow"]
HALVES = [  # half points of the row's team against the column's
    [0, 5, 5, 6, 5, 6], [3, 0, 5, 6, 6, 6], [3, 3, 0, 5, 5, 5], [2, 2, 3, 0, 5, 5],
    [3, 2, 3, 3, 0, 4], [2, 2, 3, 3, 4, 0],
]  # fmt: skip
PLANETS = [("Earth", 1.0, 9), ("Jupiter", 5.2, 30), ("Saturn", 9.5, 26), ("Uranus", 19.2, 17), ("Neptune", 30.1, 17)]


def _ticks(canvas: Canvas, values: Sequence[float], y_of: Callable[[float], float]) -> None:
    for value in values:
        y = y_of(value)
        canvas.line([(MARGIN, y), (RIGHT, y)], HAIR, 2)
        canvas.text(MARGIN, y - 8, f"{value:,}", size=27, fill=GREY, anchor="ld")


def _years(canvas: Canvas, years: Sequence[int], x_of: Callable[[float], float], y: float) -> None:
    canvas.line([(MARGIN, y), (RIGHT, y)], INK, 3)
    for year in years:
        canvas.text(x_of(year), y + 16, str(year), size=28, fill=GREY, anchor="ma")


def revenue_share(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "Twelve points apart", "The islands’ share of tidal revenue, per cent")
    left, per_point, tall = 372, 34.0, 96
    for row, (name, share, remark, tint) in enumerate(SHARES):
        top = 268 + row * 158
        canvas.text(left - 30, top + tall / 2, name, size=34, weight=560, anchor="rm")
        canvas.box(left, top, left + share * per_point, top + tall, "#8fb0b1" if share == 26 else tint)
        canvas.text(
            left + share * per_point - 24, top + tall / 2, str(share), size=46, weight=620, fill="#ffffff", anchor="rm"
        )
        inside = share == 30
        x = left + 24 if inside else left + share * per_point + 24
        canvas.text(x, top + tall / 2, remark, size=30, fill="#ffffff" if inside else GREY, anchor="lm")
    canvas.line([(left, 240), (left, 866)], INK, 3)
    canvas.text(MARGIN, NOTE, "Invented figures", size=25, fill=GREY, anchor="ld")
    return canvas


def fleet_ages(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "Seven ferries, built over 23 years", "Year of building; the band marks ships past thirty")

    def x_of(year: float) -> float:
        return 150 + (year - 1985) * 45.0

    y = 610
    canvas.box(MARGIN, 320, x_of(1996.7), y, "#f2e3d2")
    canvas.text(MARGIN + 24, 340, "past thirty", size=30, fill=RUST, weight=580)
    canvas.line([(MARGIN, y), (RIGHT, y)], INK, 3)
    for year in range(1985, 2016, 5):
        canvas.line([(x_of(year), y), (x_of(year), y + 16)], INK, 3)
        canvas.text(x_of(year), y + 32, str(year), size=29, fill=GREY, anchor="ma")
    for year in BUILT:
        _ship(canvas, x_of(year), y - 24, RUST if year <= 1996 else TEAL)
        canvas.text(x_of(year), y - 140, str(year), size=33, weight=580, anchor="mm")
    mean = sum(BUILT) / len(BUILT)
    canvas.arrow([(x_of(mean), y + 164), (x_of(mean), y + 84)], INK, 3, 18)
    canvas.text(x_of(mean), y + 180, "average age in early 2025: 26 years", size=32, anchor="ma")
    canvas.text(MARGIN, NOTE, "Invented fleet", size=25, fill=GREY, anchor="ld")
    return canvas


def _ship(canvas: Canvas, x: float, y: float, tint: str) -> None:
    canvas.area([(x - 60, y - 22), (x + 64, y - 22), (x + 46, y + 12), (x - 48, y + 12)], tint)
    canvas.box(x - 42, y - 48, x + 30, y - 27, tint)
    canvas.box(x - 16, y - 76, x + 8, y - 48, tint)


def reservoir_levels(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "The lake in November", "Level of the Ansel reservoir, metres above the sea")

    def at(year: float, level: float) -> Point:
        return 190 + (year - 2006) * 66.0, 850 - (level - 401) * 47.5

    _ticks(canvas, [402, 406, 410], lambda value: at(2006, value)[1])
    points = [at(year, level) for year, level in LEVELS.items()]
    canvas.area([*points, (points[-1][0], 880), (points[0][0], 880)], SEA)
    for level, name, tint in ((413.6, "Spillway 413.6", GREY), (404.0, "Upper intakes 404.0", RUST)):
        y = at(2006, level)[1]
        canvas.dashes([(MARGIN, y), (RIGHT, y)], tint, 3)
        canvas.text(at(2015, level)[0], y - 10, name, size=28, weight=560, fill=tint, anchor="md")
    canvas.line(points, TEAL, 6)
    for year, aside, side in ((2007, 26, "lm"), (2026, -24, "rm")):
        x, y = at(year, LEVELS[year])
        canvas.dot(x, y, 10, TEAL, "#ffffff", 4)
        canvas.text(x + aside, y + 4, f"{LEVELS[year]}", size=33, weight=620, anchor=side)
    _years(canvas, range(2006, 2027, 4), lambda year: at(year, 0)[0], 880)
    canvas.text(RIGHT, 96, "Invented figures", size=25, fill=GREY, anchor="rd")
    return canvas


def tarric_pupils(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "From 212 pupils to 1,048", "Children taught in Tarric, each September")

    def at(year: float, pupils: float) -> Point:
        return 190 + (year - 2006) * 64.0, 866 - pupils * 0.555

    _ticks(canvas, [250, 500, 750, 1000], lambda value: at(2006, value)[1])
    points = [at(year, pupils) for year, pupils in PUPILS.items()]
    canvas.area([*points, at(2026, 0), at(2006, 0)], "#e3ebe6")
    canvas.line(points, TEAL, 7)
    x, y = at(2015, PUPILS[2015])
    canvas.line([(x, y - 22), (x, y - 150)], INK, 3)
    canvas.text(x, y - 168, "nine more school buses", size=31, weight=560, anchor="md")
    for year in (2006, 2015, 2026):
        px, py = at(year, PUPILS[year])
        canvas.dot(px, py, 11, TEAL, "#ffffff", 4)
    canvas.text(at(2006, 0)[0] + 8, at(2006, 212)[1] - 26, "212", size=34, weight=620, anchor="md")
    canvas.text(at(2026, 0)[0] - 26, at(2026, 1048)[1] - 14, "1,048", size=40, weight=640, anchor="rd")
    _years(canvas, range(2006, 2027, 5), lambda year: at(year, 0)[0], 866)
    canvas.text(RIGHT, 96, "Invented figures", size=25, fill=GREY, anchor="rd")
    return canvas


def chess_crosstable(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "Half a point", "Islands Chess Cup 2026: points against each team, four boards a match")
    left, top, wide, tall = 480, 296, 142, 98
    for column, name in enumerate([*TEAMS, "Points"]):
        label = name if name == "Points" else str(column + 1)
        canvas.text(
            left + (column + 0.5) * wide + (30 if name == "Points" else 0),
            top - 24,
            label,
            size=29,
            fill=GREY,
            anchor="md",
        )
    for row, name in enumerate(TEAMS):
        middle = top + (row + 0.5) * tall
        if row < 2:
            canvas.box(MARGIN, top + row * tall, RIGHT, top + (row + 1) * tall, "#e8eeea" if row == 0 else "#f3efe4")
        canvas.text(MARGIN + 24, middle, f"{row + 1}", size=29, fill=GREY, anchor="lm")
        canvas.text(MARGIN + 72, middle, name, size=36, weight=620 if row == 0 else 450, anchor="lm")
        _row(canvas, left, middle, wide, row)
        canvas.line([(MARGIN, top + (row + 1) * tall), (RIGHT, top + (row + 1) * tall)], HAIR, 2)
    canvas.line([(MARGIN, top), (RIGHT, top)], INK, 3)
    canvas.text(MARGIN, NOTE, "Invented teams", size=25, fill=GREY, anchor="ld")
    return canvas


def _row(canvas: Canvas, left: float, middle: float, wide: float, row: int) -> None:
    for column, halves in enumerate(HALVES[row]):
        x = left + (column + 0.5) * wide
        if column == row:
            canvas.box(x - 26, middle - 4, x + 26, middle + 4, HAIR)
        else:
            decisive = {row, column} == {0, 1}
            canvas.text(
                x,
                middle,
                _points(halves),
                size=34,
                weight=640 if decisive else 420,
                fill=RUST if decisive else INK,
                anchor="mm",
            )
    canvas.text(left + 6.5 * wide + 30, middle, _points(sum(HALVES[row])), size=40, weight=660, anchor="mm")


def _points(halves: int) -> str:
    return f"{halves // 2 or ''}½" if halves % 2 else str(halves // 2)


def voyager_distances(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, "How far the Sun’s wind reaches", "In astronomical units; each step is ten times the last")

    def x_of(distance: float) -> float:
        return 236 + 545 * math.log10(distance / 0.8)

    y = 560
    edge = (x_of(119) + x_of(122)) / 2
    canvas.box(edge, 250, WIDTH, 870, "#ece5f0")
    canvas.box(0, 250, edge, 870, "#fdf3dc")
    canvas.dot(-40, y, 150, OCHRE)
    canvas.text(44, y, "Sun", size=32, weight=600, anchor="mm")
    canvas.line([(110, y), (WIDTH - 30, y)], INK, 3)
    for name, distance, radius in PLANETS:
        canvas.dot(x_of(distance), y, radius, TEAL, "#fdf3dc", 5)
        canvas.text(x_of(distance), y - (100 if name == "Uranus" else 58), name, size=29, weight=560, anchor="md")
        canvas.text(x_of(distance), y + 52, f"{distance:g}", size=30, fill=GREY, anchor="ma")
    _crossings(canvas, x_of, y)
    for distance in (1, 10, 100):
        canvas.line([(x_of(distance), 856), (x_of(distance), 870)], INK, 3)
        canvas.text(x_of(distance), 886, f"{distance}", size=28, fill=GREY, anchor="ma")
    canvas.text(210, 834, "wind from the Sun", size=30, fill="#84641a", anchor="ld")
    canvas.text(edge + 18, 274, "gas\nbetween\nthe stars", size=28, fill="#63517a")
    return canvas


def _crossings(canvas: Canvas, x_of: Callable[[float], float], y: float) -> None:
    for distance, lines, lift in (
        (122, "Voyager 1\n25 August 2012\nat 122", -1),
        (119, "Voyager 2\n5 November 2018\nat 119", 1),
    ):
        x = x_of(distance)
        canvas.line([(x, y), (x, y + lift * 150)], RUST, 4)
        canvas.dot(x, y, 9, RUST)
        for row, line in enumerate(lines.split("\n")):
            at = y + lift * 150 + (row * 40 - 118 if lift < 0 else row * 40 + 8)
            canvas.text(
                x - 14, at, line, size=31, weight=620 if row == 0 else 430, fill=RUST if row == 0 else INK, anchor="ra"
            )
