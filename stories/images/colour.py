"""Colours brought to sRGB."""

from io import BytesIO

from PIL import Image, ImageCms

SRGB = ImageCms.createProfile("sRGB")
SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC


def as_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as RGB in sRGB. Expects L, RGB, CMYK or LAB.

    `profile` is the ICC profile that came with it; one that is broken, or meant for other pixels, is passed over.
    """
    return _through_profile(picture, profile) or _without_profile(picture)


def _without_profile(colours: Image.Image) -> Image.Image:
    if colours.mode == "LAB":
        return _transformed(colours, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return colours if colours.mode == "RGB" else colours.convert("RGB")  # which else makes a copy of the same


def _through_profile(colours: Image.Image, profile: bytes | None) -> Image.Image | None:
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if colours.mode == "L" and space == "RGB":
            colours = colours.convert("RGB")
        return _transformed(colours, source) if SPACES.get(colours.mode) == space else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _transformed(colours: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    transform = ImageCms.buildTransform(
        source, SRGB, colours.mode, "RGB", INTENT, ImageCms.Flags.BLACKPOINTCOMPENSATION
    )
    return ImageCms.applyTransform(colours, transform)  # type: ignore[return-value]
