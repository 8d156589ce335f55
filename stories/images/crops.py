"""Where a picture is cut for a ratio of sides: the largest piece, as near the focal point as it lies. Pure.

static/admin/newsdesk/crops.js has the same formula, for the previews beside the focal point.
"""

RATIOS = {"16:9": (16, 9), "4:3": (4, 3), "1:1": (1, 1), "1.91:1": (191, 100)}
Box = tuple[int, int, int, int]


def crop_box(size: tuple[int, int], ratio: str, focal: tuple[int, int]) -> Box:
    """Left, top, right and bottom in pixels of the piece of a picture of `size`.

    `ratio` is one of RATIOS; `focal` is in percent from the left and from the top. All in whole numbers, `//` rounding
    down: where width · b > height · a (the picture is too wide for a : b) the piece is (height · a + b // 2) // b wide
    and as high as the picture, else as wide and (width · b + a // 2) // a high; at least 1 pixel. It begins at
    (length · percent − piece · 50) // 100, but not before 0 nor so late that it would stand out.
    """
    width, height = size
    across, down = RATIOS[ratio]
    if width * down > height * across:
        piece = max(1, (height * across + down // 2) // down), height
    else:
        piece = width, max(1, (width * down + across // 2) // across)
    left, top = (
        min(max((length * percent - part * 50) // 100, 0), length - part)
        for length, part, percent in zip(size, piece, focal, strict=True)
    )
    return left, top, left + piece[0], top + piece[1]
