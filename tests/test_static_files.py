"""The fonts and stylesheets that every page brings."""

import re

from django.conf import settings

STATIC = settings.BASE_DIR / "static"


def test_fonts_at_first_view_are_at_most_60_kilobytes():
    sizes = [(STATIC / "fonts" / name).stat().st_size for name in ("newsreader-latin.woff2", "inter-latin.woff2")]
    assert sum(sizes) <= 60_000


def test_every_font_has_its_licence_beside_it():
    families = {path.name.split("-")[0] for path in (STATIC / "fonts").glob("*.woff2")}
    assert families == {"newsreader", "inter"}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / f"{family}-OFL.txt").read_text()


def test_stylesheets_name_only_files_that_exist():
    for sheet in (STATIC / "css").glob("*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert (sheet.parent / name).is_file(), f"{sheet.name} names {name}"


def test_stylesheets_have_no_shadows_and_no_gradients():
    for sheet in (STATIC / "css").glob("*.css"):
        assert not re.search(r"box-shadow|text-shadow|gradient\(", sheet.read_text()), sheet.name
