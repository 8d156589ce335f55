from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command

from stories.images import rendering
from stories.images.library import add_picture, give_file
from stories.images.rendering import KEPT_AFTER, fingerprint, is_stale, render_file, stale_files
from stories.models import Image, PictureFile
from tests.stories.images.exiftool import read_tags
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def content(name):
    with default_storage.open(name) as opened:
        return opened.read()


def files_of(file):
    return {entry["file"] for entry in file.renditions}


@pytest.fixture
def image():
    return add_picture(as_file(four_corners(500, 400)), caption="Corners", credit_line="Skell Courier")


@pytest.fixture
def file(image):
    return image.files.get()


def test_a_picture_gets_its_renditions(image, file):
    assert render_file(image.sha256, at=NOON)
    file.refresh_from_db()
    assert {(one["ratio"], one["format"]) for one in file.renditions} == {
        (ratio, kind) for ratio in ("", "16:9", "4:3", "1:1", "1.91:1") for kind in ("avif", "webp", "jpg")
    }
    assert all(len(content(one["file"])) == one["bytes"] for one in file.renditions)
    assert read_tags(content(file.renditions[0]["file"]))["XMP-photoshop:Credit"] == "Skell Courier"
    assert file.rendered_as == fingerprint(image)


def test_what_is_made_is_not_made_again(image, monkeypatch):
    render_file(image.sha256, at=NOON)
    monkeypatch.setattr(rendering, "render", None)
    assert not render_file(image.sha256, at=NOON)
    assert not list(stale_files())


def test_a_file_that_nobody_knows_is_nothing_to_do():
    assert not render_file("f" * 64, at=NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"focal_x": 0},
        {"may_be_cropped": False},
        {"credit_line": "Somebody else"},
        {"licensor_url": "https://a.example"},
    ],
)
def test_what_renditions_are_made_from_makes_them_stale(image, file, change):
    render_file(image.sha256, at=NOON)
    Image.objects.update(**change)
    assert [stale.pk for stale in stale_files()] == [file.pk]
    before = PictureFile.objects.get().renditions
    render_file(image.sha256, at=NOON)
    assert PictureFile.objects.get().renditions != before


def test_a_caption_changes_no_rendition(image):
    render_file(image.sha256, at=NOON)
    Image.objects.update(caption="Other words", alt_text="More words")
    assert not list(stale_files())


def test_replaced_renditions_stay_a_week_for_who_still_names_them(image, file):
    render_file(image.sha256, at=NOON)
    old = files_of(PictureFile.objects.get())
    Image.objects.update(credit_line="Somebody else")
    render_file(image.sha256, at=NOON + timedelta(hours=1))
    Image.objects.update(focal_x=10)
    render_file(image.sha256, at=NOON + KEPT_AFTER)
    assert all(map(default_storage.exists, old))
    Image.objects.update(focal_x=90)
    render_file(image.sha256, at=NOON + timedelta(hours=1) + KEPT_AFTER)
    file.refresh_from_db()
    assert not any(map(default_storage.exists, old))
    assert all(map(default_storage.exists, files_of(file)))
    assert not old & {name for name, _ in file.superseded}


def test_a_replaced_rendition_that_another_picture_shows_stays(image, file):
    render_file(image.sha256, at=NOON)
    file.refresh_from_db()
    other = add_picture(as_file(four_corners(300, 300)))
    PictureFile.objects.filter(image=other).update(renditions=file.renditions[:1], rendered_as="x")
    Image.objects.filter(pk=image.pk).update(credit_line="Somebody else")
    render_file(image.sha256, at=NOON)
    Image.objects.filter(pk=image.pk).update(credit_line="A third")
    render_file(image.sha256, at=NOON + KEPT_AFTER)
    kept = [name for name in files_of(file) if default_storage.exists(name)]
    assert kept == [file.renditions[0]["file"]]


def test_the_first_rendition_is_there_before_the_rest(image, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(rendering, "render", fail)
    with pytest.raises(OSError, match="disk full"):
        render_file(image.sha256, at=NOON)
    file = PictureFile.objects.get()
    assert [(one["ratio"], one["width"], one["format"]) for one in file.renditions] == [("", 500, "jpg")]
    assert is_stale(file)


def test_a_change_meanwhile_is_rendered_too(image, monkeypatch):
    rendered = []

    def change_meanwhile(*args, **kwargs):
        rendered.append(kwargs["focal"])
        Image.objects.update(focal_x=20)
        return []

    monkeypatch.setattr(rendering, "render", change_meanwhile)
    render_file(image.sha256, at=NOON)
    assert rendered == [(50, 50), (20, 50)]
    assert not list(stale_files())


def test_a_lost_original_gives_renditions_of_the_readers_copy(image, file):
    storages["originals"].delete(image.original.name)
    render_file(image.sha256, at=NOON)
    assert len(PictureFile.objects.get().renditions) > 20


def test_a_damaged_original_gives_renditions_of_the_readers_copy(image, file):
    storages["originals"].delete(image.original.name)
    storages["originals"].save(image.original.name, default_storage.open(f"pictures/{image.sha256}.thumb.jpg"))
    with storages["originals"].open(image.original.name, "wb") as original:
        original.write(b"no picture")
    render_file(image.sha256, at=NOON)
    assert len(PictureFile.objects.get().renditions) > 20


def test_a_killed_picture_is_not_rendered(image):
    Image.objects.update(killed_at=NOON)
    assert not render_file(image.sha256, at=NOON)
    assert PictureFile.objects.get().renditions == []


def test_the_renditions_of_a_replaced_file_stay(image):
    first = image.sha256
    render_file(first, at=NOON)
    give_file(image, as_file(four_corners(300, 300)))
    Image.objects.update(credit_line="Somebody else")
    assert [stale.sha256 for stale in stale_files()] == [image.sha256]


def test_the_command_renders_what_is_stale(image, capsys):
    call_command("render_pictures")
    assert capsys.readouterr().out == "Corners: done\n1 pictures were rendered.\n"
    assert not list(stale_files())


def test_the_command_goes_on_after_a_failure_and_says_so(image, capsys):
    add_picture(as_file(), caption="Lost")
    lost = Image.objects.get(caption="Lost")
    default_storage.delete(lost.file.name)
    with pytest.raises(CommandError, match="1 of the pictures failed; 1 were rendered"):
        call_command("render_pictures")
    assert "Corners: done" in capsys.readouterr().out
