import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.images.crops import RATIOS, crop_box

SIDES = st.integers(1, 12_000)
PERCENT = st.integers(0, 100)


@pytest.mark.parametrize(
    ("size", "ratio", "focal", "box"),
    [
        ((1600, 900), "16:9", (0, 0), (0, 0, 1600, 900)),
        ((1600, 1200), "16:9", (50, 50), (0, 150, 1600, 1050)),
        ((1600, 1200), "16:9", (50, 0), (0, 0, 1600, 900)),
        ((1600, 1200), "16:9", (50, 100), (0, 300, 1600, 1200)),
        ((1600, 800), "1:1", (25, 50), (0, 0, 800, 800)),
        ((1600, 800), "1:1", (30, 50), (80, 0, 880, 800)),
        ((3, 3000), "1.91:1", (50, 50), (0, 1499, 3, 1501)),
        ((3000, 1), "1:1", (100, 100), (2999, 0, 3000, 1)),
    ],
)
def test_the_piece_is_the_largest_and_nearest_to_the_focal_point(size, ratio, focal, box):
    assert crop_box(size, ratio, focal) == box


@given(st.tuples(SIDES, SIDES), st.sampled_from(list(RATIOS)), st.tuples(PERCENT, PERCENT))
def test_the_piece_lies_in_the_picture_and_touches_two_sides(size, ratio, focal):
    left, top, right, bottom = crop_box(size, ratio, focal)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert right - left == size[0] or bottom - top == size[1]


@given(st.tuples(SIDES, SIDES), st.sampled_from(list(RATIOS)), st.tuples(PERCENT, PERCENT))
def test_the_focal_point_is_in_the_piece(size, ratio, focal):
    left, top, right, bottom = crop_box(size, ratio, focal)
    assert left - 1 <= size[0] * focal[0] / 100 <= right + 1
    assert top - 1 <= size[1] * focal[1] / 100 <= bottom + 1
