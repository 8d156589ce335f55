"""The map of the Orrin Strait."""

import math

from stories.demo.drawing import (
    GREY,
    HEIGHT,
    INK,
    LAND,
    PAPER,
    RUST,
    SEA,
    SHORE,
    TEAL,
    WIDTH,
    Canvas,
    Fonts,
    Point,
    bow,
    coast,
    smooth,
)  # fmt: skip

# name: centre, half width, half height, seed, where its label stands, label's anchor
ISLANDS: dict[str, tuple[float, float, float, float, int, Point, str]] = {
    "GREAT TARROW": (548, 512, 158, 112, 12, (536, 516), "mm"),
    "Little Tarrow": (628, 800, 84, 54, 9, (628, 884), "mm"),
    "Merrow": (288, 470, 66, 50, 21, (206, 470), "rm"),
    "Fenny": (268, 660, 56, 44, 33, (196, 660), "rm"),
    "Hesk": (470, 244, 92, 60, 17, (470, 160), "mm"),
    "Ulder": (812, 306, 74, 56, 8, (812, 224), "mm"),
    "Oxa": (186, 296, 52, 42, 14, (186, 232), "mm"),
    "Quill": (896, 850, 52, 44, 29, (968, 846), "lm"),
    "Ansa": (352, 880, 60, 40, 41, (428, 892), "lm"),
}
SELWICK, BRACKHAVEN = (704, 552), (1268, 468)
# from, to, bend: an island's pier is the point of its shore that lies nearest to the other end
DAILY = [
    ("Port Selwick", "Brackhaven", 22), ("Port Selwick", "Little Tarrow", -20), ("GREAT TARROW", "Merrow", 5),
    ("GREAT TARROW", "Fenny", -10), ("Merrow", "Fenny", 10), ("Fenny", "Little Tarrow", -26),
]  # fmt: skip
THREE_DAYS = [
    ("Port Selwick", "Ulder", -30), ("Ulder", "Hesk", 20), ("Merrow", "Oxa", 12), ("Port Selwick", "Quill", -18),
    ("Fenny", "Ansa", 16),
]  # fmt: skip
VESSLAND = [
    (1660, -40), (1372, -40), (1390, 70), (1338, 150), (1352, 250), (1296, 330), (1312, 412), (1268, 468), (1288, 540),
    (1330, 610), (1306, 700), (1356, 790), (1336, 880), (1338, 960), (1316, 1040), (1660, 1040),
]  # fmt: skip


def orrin_strait(fonts: Fonts) -> Canvas:
    canvas = Canvas(fonts, ground=SEA)
    shores = {name: coast(x, y, wide, high, seed, 0.16) for name, (x, y, wide, high, seed, _, _) in ISLANDS.items()}
    outlines = [*shores.values(), smooth(VESSLAND)]
    for radius, tint in ((36, "#d8e3e2"), (18, "#cfdedd")):
        for outline in outlines:
            for x, y in outline:
                canvas.dot(x, y, radius, tint)
    for outline in outlines:
        canvas.area(outline, LAND, SHORE)
    _tidal_array(canvas)
    _routes(canvas, shores)
    _names(canvas)
    _key(canvas)
    return canvas


def _tidal_array(canvas: Canvas) -> None:
    """Sixty turbines are too many to draw: three rows stand for them."""
    for row in range(3):
        for place in range(6):
            canvas.dot(512 + place * 20 - row * 7, 670 + row * 17, 4.5, RUST)
    canvas.text(486, 688, "Skell Race", size=28, fill=RUST, weight=580, anchor="rm")


def _routes(canvas: Canvas, shores: dict[str, list[Point]]) -> None:
    shores = {**shores, "Port Selwick": [SELWICK], "Brackhaven": [BRACKHAVEN]}
    piers = set()
    for routes, draw, width in ((THREE_DAYS, canvas.dashes, 4), (DAILY, canvas.line, 5)):
        for start, end, bend in routes:
            here, there = _piers(shores[start], shores[end])
            draw(bow(here, there, bend), TEAL, width)
            piers |= {here, there}
    for x, y in piers - {SELWICK, BRACKHAVEN}:
        canvas.dot(x, y, 6, PAPER, TEAL, 3)
    for (x, y), name in ((SELWICK, "Port Selwick"), (BRACKHAVEN, "Brackhaven")):
        canvas.dot(x, y, 9, PAPER, INK, 4)
        canvas.text(x + 24, y + 24, name, size=32, weight=620, anchor="lm")


def _piers(here: list[Point], there: list[Point]) -> tuple[Point, Point]:
    return min(((a, b) for a in here for b in there), key=lambda pair: math.dist(*pair))


def _names(canvas: Canvas) -> None:
    for name, (_, _, _, _, _, (x, y), side) in ISLANDS.items():
        large = name.isupper()
        canvas.text(x, y, name, size=29 if large else 30, weight=600 if large else 430, anchor=side, fill=INK)
    canvas.text(1486, 250, "V E S S L A N D", size=28, weight=600, anchor="mm")
    canvas.title(1010, 640, "Orrin Strait", size=50)


def _key(canvas: Canvas) -> None:
    left, top = 1036, 60
    canvas.line([(left, top + 14), (left + 78, top + 14)], TEAL, 5)
    canvas.text(left + 98, top - 4, "daily", size=28)
    canvas.dashes([(left, top + 60), (left + 78, top + 60)], TEAL, 4)
    canvas.text(left + 98, top + 42, "three days\na week", size=28)
    canvas.line([(60, HEIGHT - 60), (60 + 184, HEIGHT - 60)], INK, 3)
    for x in (60, 244):
        canvas.line([(x, HEIGHT - 68), (x, HEIGHT - 60)], INK, 3)
    canvas.text(152, HEIGHT - 76, "10 km", size=26, anchor="md")
    canvas.text(WIDTH - 40, HEIGHT - 40, "Invented places", size=25, fill=GREY, anchor="rd")
    canvas.arrow([(60, 130), (60, 62)], INK, 3, 18)
    canvas.text(60, 138, "N", size=26, weight=600, anchor="ma")
