"""Likeness: a 64-bit difference hash, alike for pictures that look alike. Pure.

The difference hash of N. Krawetz ("Kind of Like That", 2013): eight rows of nine grey pixels, and a bit for each pair
of neighbours, whether the left is brighter than the right.
"""

from itertools import pairwise

from PIL import Image

ACROSS, DOWN = 9, 8
FLAT = 4  # grey steps; pixels that differ by less differ by noise


def likeness_of(picture: Image.Image) -> str:
    """The hash as 16 hexadecimal digits; "" for a picture that is all one tone, which says nothing of its likes."""
    grey = picture.convert("L").resize((ACROSS, DOWN), Image.Resampling.BOX)
    rows = [grey.tobytes()[at : at + ACROSS] for at in range(0, ACROSS * DOWN, ACROSS)]
    if max(map(max, rows)) - min(map(min, rows)) < FLAT:
        return ""
    bits = 0
    for row in rows:
        for left, right in pairwise(row):
            bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """How many of the 64 bits differ: 0 for the same, about 32 for pictures that have nothing in common."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
