"""Pixels of any kind brought to plain ones (L, LA, RGB, RGBA, CMYK, LAB), a band at a time to spare memory."""

from PIL import Image

BAND = 4_000_000
PLAIN = {"1": "L", "PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB", "HSV": "RGB"}


def in_bands(picture: Image.Image, factor: int) -> Image.Image:
    """A copy in plain pixels, `factor` times smaller. Takes little memory besides the picture's own."""
    width, height = picture.size
    rows = factor * max(1, BAND // (width * factor))
    small: Image.Image | None = None
    for top in range(0, height, rows):
        band = plain(picture.crop((0, top, width, min(height, top + rows))))
        band = band.reduce(factor) if factor > 1 else band
        if small is None:
            small = Image.new(band.mode, (-(-width // factor), -(-height // factor)))
        small.paste(band, (0, top // factor))
    assert small is not None
    return small


def is_plain(picture: Image.Image) -> bool:
    """Whether the pixels are plain already, so that nothing has to be copied."""
    return picture.mode in ("L", "RGB", "CMYK") and "transparency" not in picture.info


def plain(band: Image.Image) -> Image.Image:
    """The band with 8 bits a channel, no palette, and transparency as a channel."""
    if band.mode.startswith("I;16"):
        return _eight_bits(band)
    if band.mode in ("I", "F"):
        raise ValueError(f"pixels of mode {band.mode} have no known range")
    if band.mode == "P" or "transparency" in band.info:
        return band.convert(_with_alpha(band))
    return band.convert(PLAIN.get(band.mode, band.mode))


def _eight_bits(band: Image.Image) -> Image.Image:
    return band.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _with_alpha(band: Image.Image) -> str:
    transparent = "transparency" in band.info or (band.palette is not None and band.palette.mode == "RGBA")
    if band.mode in ("1", "L"):
        return "LA"
    return "RGBA" if transparent else "RGB"
