import pytest
from PIL import Image, ImageChops

from stories.images import pixels
from stories.images.pixels import in_tiles
from tests.stories.images.pictures import four_corners


@pytest.mark.parametrize("size", [(300, 200), (5000, 3), (3, 5000), (997, 31)])
@pytest.mark.parametrize("factor", [1, 3, 40])
def test_tiles_make_the_picture_that_one_piece_makes(monkeypatch, size, factor):
    monkeypatch.setattr(pixels, "TILE", 1000)
    picture = four_corners(*size)
    assert not ImageChops.difference(in_tiles(picture, factor), picture.reduce(factor)).getbbox()


@pytest.mark.parametrize("size", [(300, 200), (5000, 3), (3, 5000), (50_000, 2)])
@pytest.mark.parametrize("factor", [1, 3, 12])
def test_no_tile_takes_more_memory_than_others(monkeypatch, size, factor):
    seen = []
    monkeypatch.setattr(pixels, "TILE", 1000)
    monkeypatch.setattr(pixels, "plain", lambda tile: seen.append(tile.width * tile.height) or tile)
    in_tiles(Image.new("RGB", size), factor)
    assert max(seen) <= 1000
