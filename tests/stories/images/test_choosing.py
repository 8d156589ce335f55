from stories.images.choosing import Offer, choose

ENTRY = {"file": "pictures/master.jpg", "width": 1600, "height": 1000}


def rendition(width, kind, ratio="", height=500):
    file = f"pictures/{ratio.replace(':', 'x')}{width}.{kind}"
    return {"ratio": ratio, "width": width, "height": height, "format": kind, "file": file, "bytes": 1}


RENDITIONS = [
    rendition(width, kind, ratio)
    for ratio, widths in (("", (2400, 1600, 1200, 800, 400)), ("16:9", (1200, 800)))
    for width in widths
    for kind in ("avif", "webp", "jpg")
]


def test_the_smallest_formats_are_offered_first_and_a_jpeg_to_all():
    chosen = choose(ENTRY, RENDITIONS)
    assert list(chosen.modern) == ["image/avif", "image/webp"]
    assert [offer.width for offer in chosen.modern["image/avif"]] == [2400, 1600, 1200, 800, 400]
    assert chosen.usual == Offer("pictures/1200.jpg", 1200, 500)
    assert chosen.widest.file == "pictures/2400.jpg"


def test_a_crop_is_offered_in_its_ratio_alone():
    chosen = choose(ENTRY, RENDITIONS, "16:9")
    assert [offer.file for offer in chosen.jpegs] == ["pictures/16x91200.jpg", "pictures/16x9800.jpg"]


def test_a_ratio_that_there_is_not_is_the_whole_picture():
    assert choose(ENTRY, RENDITIONS, "1:1") == choose(ENTRY, RENDITIONS)


def test_a_picture_that_is_not_rendered_yet_still_shows():
    for ratio in ("", "16:9"):
        chosen = choose(ENTRY, [], ratio)
        assert (chosen.modern, chosen.jpegs) == ({}, [Offer("pictures/master.jpg", 1600, 1000)])
        assert chosen.usual == chosen.widest


def test_what_is_rendered_first_is_used_and_the_readers_copy_is_the_widest():
    chosen = choose(ENTRY, [rendition(800, "jpg")])
    assert chosen.usual.file == "pictures/800.jpg"
    assert chosen.widest.file == "pictures/master.jpg"
