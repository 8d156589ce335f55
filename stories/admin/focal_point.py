"""The focal point on a picture's form: set by click, by key or by number, with what each crop keeps of the picture."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stories.images.crops import RATIOS, crop_box
from stories.models import Image


def focal_point(image: Image) -> SafeString:
    """The picture with its focal point, and its piece in each ratio as an SVG view of the same file."""
    if not image.file or image.killed_at is not None:
        return render_to_string("admin/stories/image/_focal_point.html", {"image": None})
    size = image.width or 1, image.height or 1
    pieces = [(ratio, sides, _view(image, size, ratio)) for ratio, sides in RATIOS.items()]
    return render_to_string("admin/stories/image/_focal_point.html", {"image": image, "pieces": pieces})


def _view(image: Image, size: tuple[int, int], ratio: str) -> str:
    """What is shown, as SVG says it in `viewBox`: left, top, width and height in pixels of the picture."""
    if not image.may_be_cropped:
        return f"0 0 {size[0]} {size[1]}"
    left, top, right, bottom = crop_box(size, ratio, (image.focal_x, image.focal_y))
    return f"{left} {top} {right - left} {bottom - top}"
