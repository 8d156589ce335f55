"""AVIF files are decoded in a process of their own: what its decoder takes is bounded whatever the header says."""

import io

import pytest
from PIL import Image

from stories.images import apart, decoding
from stories.images.decoding import decode
from stories.images.limits import UnusableImage
from tests.stories.images.pictures import as_file, four_corners


def avif(size, mode="L"):
    out = io.BytesIO()
    Image.new(mode, size, 200).save(out, "AVIF", speed=10)
    return out.getvalue()


def test_only_avif_goes_apart(monkeypatch):
    def fail(*args):
        raise AssertionError("decoded here")

    monkeypatch.setattr(decoding, "decode_here", fail)
    assert decode(as_file(four_corners(60, 40), "AVIF"), 1600).picture.size == (60, 40)
    with pytest.raises(AssertionError, match="decoded here"):
        decode(as_file(four_corners(60, 40)), 1600)


def test_a_header_that_lies_takes_no_more_than_is_given(monkeypatch):
    lying = bytearray(avif((7000, 6000)))
    at = lying.index(b"ispe") + 8
    lying[at : at + 8] = (64).to_bytes(4, "big") + (48).to_bytes(4, "big")
    assert decode(bytes(lying), 1600).picture.size == (64, 48)
    monkeypatch.setattr(apart, "MEMORY", 48 * 1024 * 1024)
    with pytest.raises(UnusableImage) as refused:
        decode(bytes(lying), 1600)
    assert refused.value.code == "damaged"


@pytest.mark.parametrize("answer", [b"", b"Killed", b"[1"])
def test_a_process_that_breaks_is_a_refusal_too(monkeypatch, answer):
    monkeypatch.setattr(apart, "_answer", lambda *args: answer)
    with pytest.raises(UnusableImage):
        decode(as_file(four_corners(60, 40), "AVIF"), 1600)
