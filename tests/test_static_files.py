"""The fonts and stylesheets that every page brings."""

import re

import pytest
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


def colours(scheme):
    """The colours of a scheme by the names of their tokens."""
    tokens = (STATIC / "css/tokens.css").read_text()
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark if scheme == "dark" else light))


def contrast(one, other):
    """As WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


GROUNDS = ("paper", "paper-aged", "evidence-wash", "added-wash")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_the_borders_of_fields_stand_out_from_what_is_beneath(scheme):
    found = colours(scheme)
    for name in ("ink", "ink-soft", "evidence"):
        assert min(contrast(found[name], found[ground]) for ground in GROUNDS) >= 4.5, name
    assert min(contrast(found["rule-strong"], found[ground]) for ground in GROUNDS[:2]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_docs_have_the_contrasts_as_they_are(scheme):
    documented = (settings.BASE_DIR / "docs/design.md").read_text().partition(f"| {scheme} | colour |")[2]
    rows = re.findall(r"^\| `([a-z-]+)` \| `(#[0-9a-f]{6})` \| (.+) \|$", documented.partition("\n\n")[0], re.MULTILINE)
    assert [name for name, *_ in rows] == ["ink", "ink-soft", "evidence", "rule-strong"]
    found = colours(scheme)
    for name, colour, told in rows:
        assert colour == found[name]
        assert [float(ratio) for ratio in told.split(" | ")] == [
            round(contrast(colour, found[ground]), 1) for ground in GROUNDS
        ], name
