"""Gallery blocks taken apart."""

import pytest

from stories.importing.lines import lines_of
from stories.importing.pictures import take_pictures

CAPTION = "The light at Port Sallow before it was automated."


def pictures_in(text):
    return take_pictures(lines_of(text))


@pytest.mark.parametrize(
    ("text", "alt_text", "caption", "credit", "source"),
    [
        (
            f"• A light\nA light\nImage: Post\n{CAPTION} (Coast Pictures) Source Full size",
            "A light", CAPTION, "Coast Pictures", "Post",
        ),
        (f"  • A light\n\n    Image: Post\n\n    {CAPTION} (AP) Source Full size", "A light", CAPTION, "AP", "Post"),
        (f"Alt text: A light\nCaption: {CAPTION}\nCredit: AP\nImage: Post", "A light", CAPTION, "AP", "Post"),
        (f"Image: Post\n{CAPTION} (Photo by Ilse Quandt/AP)", "", CAPTION, "Ilse Quandt/AP", "Post"),
        (f"{CAPTION} (© Coast Office) Full\u202fsize", "", CAPTION, "© Coast Office", ""),
        (f"• {CAPTION} (right) Source Full size", "", f"{CAPTION} (right)", "", ""),
        (f"• {CAPTION}\nImage: Post\n{CAPTION} Source Full size", CAPTION, CAPTION, "", "Post"),
        (f"• {CAPTION} (2024)\n{CAPTION} (2024) Full size", f"{CAPTION} (2024)", f"{CAPTION} (2024)", "", ""),
    ],
)  # fmt: skip
def test_caption_alt_text_credit_and_outlet_are_told_apart(text, alt_text, caption, credit, source):
    (picture,), rest = pictures_in(text)
    assert (picture.alt_text, picture.caption, picture.credit_line, picture.source_name) == (
        alt_text, caption, credit, source,
    )  # fmt: skip
    assert rest == []


def test_several_pictures_are_kept_apart_by_bullets_and_links():
    text = f"• One\nImage: A\nFirst. Source Full size\n• Two\nImage: B\nSecond. (AP) Full size\n\n{CAPTION}"
    pictures, rest = pictures_in(text)
    assert [(p.alt_text, p.caption, p.source_name, p.line) for p in pictures] == [
        ("One", "First.", "A", 1),
        ("Two", "Second.", "B", 4),
    ]
    assert [line.text for line in rest] == [CAPTION]


def test_running_text_is_no_picture():
    text = "• The union asks for two keepers.\n• The office says no.\n\nA paragraph cites a report [1]."
    pictures, rest = pictures_in(text)
    assert pictures == []
    assert "\n".join(line.text for line in rest) == text.replace("\n\n", "\n")


def test_section_that_follows_without_a_blank_line_is_left():
    pictures, rest = pictures_in("• One\nImage: A\nFirst. Full size\nHeading\nA paragraph [1].")
    assert len(pictures) == 1
    assert [line.text for line in rest] == ["Heading", "A paragraph [1]."]
