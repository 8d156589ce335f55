"""Pixels of any kind brought to plain ones (L, RGB, CMYK, LAB), a tile at a time to spare memory."""

from PIL import Image, ImageChops

TILE = 4_000_000
PLAIN = {"1": "L", "RGBX": "RGB", "YCbCr": "RGB", "HSV": "RGB"}


def in_tiles(picture: Image.Image, factor: int) -> Image.Image:
    """A copy in plain pixels, `factor` times smaller. Takes little memory besides the picture's own."""
    width, height = picture.size
    columns = min(width, factor * max(1, TILE // factor**2))
    rows = factor * max(1, TILE // (columns * factor))
    small: Image.Image | None = None
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            tile = plain(picture.crop((left, top, min(width, left + columns), min(height, top + rows))))
            tile = tile.reduce(factor) if factor > 1 else tile
            if small is None:
                small = Image.new(tile.mode, (-(-width // factor), -(-height // factor)))
            small.paste(tile, (left // factor, top // factor))
    assert small is not None
    return small


def is_plain(picture: Image.Image) -> bool:
    """Whether the pixels are plain already, so that nothing has to be copied."""
    return picture.mode in ("L", "RGB", "CMYK") and "transparency" not in picture.info


def plain(tile: Image.Image) -> Image.Image:
    """The tile with 8 bits a channel and no palette; what is transparent lies over the white of paper."""
    if tile.mode.startswith("I;16"):
        tile = _eight_bits(tile)
    if tile.mode in ("I", "F"):
        raise ValueError(f"pixels of mode {tile.mode} have no known range")
    if tile.mode == "P" or "transparency" in tile.info or tile.mode in ("PA", "La", "RGBa"):
        tile = tile.convert(_with_alpha(tile))
    return _on_paper(tile) if tile.mode in ("LA", "RGBA") else tile.convert(PLAIN.get(tile.mode, tile.mode))


def _eight_bits(tile: Image.Image) -> Image.Image:
    """Grey, and where one value of the 16 bits is transparent, with an alpha channel that says so."""
    numbers = tile.convert("I")
    grey = numbers.point(lambda value: value * (1 / 256)).convert("L")
    if (key := tile.info.get("transparency")) is None:
        return grey
    shown = ImageChops.lighter(_above(numbers, key), ImageChops.invert(_above(numbers, key - 1)))
    return Image.merge("LA", (grey, shown))


def _above(numbers: Image.Image, least: int) -> Image.Image:
    """White where the 16-bit number is larger, black elsewhere."""
    return numbers.point(lambda value: value * 255 + -255 * least).convert("L")


def _with_alpha(tile: Image.Image) -> str:
    transparent = "transparency" in tile.info or (tile.palette is not None and tile.palette.mode == "RGBA")
    if tile.mode in ("1", "L", "La"):
        return "LA"
    return "RGBA" if transparent or tile.mode in ("PA", "RGBa") else "RGB"


def _on_paper(tile: Image.Image) -> Image.Image:
    colours = tile.convert("L" if tile.mode == "LA" else "RGB")
    paper = Image.new(colours.mode, tile.size, "white")
    paper.paste(colours, mask=tile.getchannel("A"))
    return paper
