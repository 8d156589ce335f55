from io import BytesIO

import pytest
from PIL import Image, ImageEnhance

from stories.demo.edition import PICTURES
from stories.images.intake import take_in
from stories.images.library import ALIKE
from stories.images.likeness import distance, likeness_of
from tests.stories.images.pictures import as_file

DRAWN = sorted(PICTURES.glob("*.jpg"))
CHANGES = {
    "saved poorly": lambda picture: Image.open(BytesIO(as_file(picture, quality=35))),
    "made small": lambda picture: picture.resize((picture.width // 4, picture.height // 4)),
    "made darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.85),
    "without colour": lambda picture: picture.convert("L"),
}


@pytest.fixture(scope="module")
def drawn():
    return [Image.open(path).convert("RGB") for path in DRAWN]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_copy_looks_like_its_picture(drawn, change):
    assert max(distance(likeness_of(picture), likeness_of(change(picture))) for picture in drawn) <= ALIKE


def test_different_pictures_do_not_look_alike(drawn):
    hashes = [likeness_of(picture) for picture in drawn]
    pairs = [(one, other) for at, one in enumerate(hashes) for other in hashes[:at]]
    assert min(distance(one, other) for one, other in pairs) > ALIKE


def test_a_picture_of_one_tone_looks_like_nothing():
    assert likeness_of(Image.new("RGB", (400, 300), (90, 120, 30))) == ""
    assert take_in(as_file(Image.new("RGB", (400, 300), "white"))).likeness == ""
