import threading
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from stories.images.intake import take_in
from stories.images.library import (
    AlreadyInLibrary,
    IsKilled,
    NotKept,
    add_picture,
    find_or_add_picture,
    give_file,
    picture_of,
    thumbnail_url,
)
from stories.images.limits import UnusableImage
from stories.models import Image
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db


def files():
    roots = (Path(default_storage.location), Path(storages["originals"].location))
    return [sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()) for root in roots]


def test_a_picture_is_added_with_its_files_named_by_content(admin_user):
    data = as_file()
    intake = take_in(data)
    image = add_picture(data, by=admin_user, caption="Corners", credit_line="Drawn here")
    image.refresh_from_db()
    assert (image.caption, image.credit_line, image.uploaded_by) == ("Corners", "Drawn here", admin_user)
    assert (image.width, image.height, image.sha256) == (64, 48, intake.sha256)
    assert image.file.read() == intake.jpeg
    assert image.original.read() == data
    assert files() == [
        [f"pictures/{intake.sha256}.jpg", f"pictures/{intake.sha256}.thumb.jpg"],
        [f"{intake.original_sha256}.jpg"],
    ]
    assert thumbnail_url(image) == f"/media/pictures/{intake.sha256}.thumb.jpg"


def test_a_picture_without_file_has_no_thumbnail():
    assert thumbnail_url(Image()) == ""


def test_originals_are_private():
    image = add_picture(as_file())
    assert Path(image.original.path).stat().st_mode & 0o077 == 0
    assert not Path(image.original.path).is_relative_to(default_storage.location)


def test_the_same_picture_is_refused_and_the_known_one_named():
    known = add_picture(as_file(), caption="Corners")
    before = files()
    with pytest.raises(AlreadyInLibrary) as caught:
        add_picture(as_file())
    assert caught.value.image == known
    assert "Corners" in str(caught.value)
    assert files() == before


def test_another_file_of_the_same_pixels_is_the_same_picture():
    add_picture(as_file(kind="PNG"))
    with pytest.raises(AlreadyInLibrary):
        add_picture(as_file(kind="PNG", compress_level=0))


def test_a_known_upload_is_known_though_it_would_be_encoded_differently_now():
    known = add_picture(as_file())
    Image.objects.update(sha256="0" * 64)
    with pytest.raises(AlreadyInLibrary) as caught:
        add_picture(as_file())
    assert caught.value.image == known


def test_an_import_finds_the_known_picture_as_it_is():
    known = find_or_add_picture(as_file(), caption="First")
    again = find_or_add_picture(as_file(), caption="Second")
    assert again == known
    assert Image.objects.get().caption == "First"


def test_an_unusable_upload_leaves_nothing():
    with pytest.raises(UnusableImage):
        add_picture(b"no picture")
    assert files() == [[], []]
    assert not Image.objects.exists()


def test_files_are_removed_when_the_row_cannot_be_saved(monkeypatch):
    def full(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Image, "save", full)
    with pytest.raises(DatabaseError):
        add_picture(as_file())
    assert files() == [[], []]


def test_files_written_first_are_removed_when_a_later_one_fails(monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(storages["originals"], "save", full)
    with pytest.raises(NotKept, match="Nothing was saved"):
        add_picture(as_file())
    assert files() == [[], []]
    assert not Image.objects.exists()


def test_a_file_that_was_written_in_part_is_removed(monkeypatch):
    save = FileSystemStorage._save

    def full(storage, name, content):
        if name.endswith(".thumb.jpg"):
            save(storage, name, ContentFile(content.read(5)))
            raise OSError("disk full")
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(NotKept):
        add_picture(as_file())
    assert files() == [[], []]


def test_a_file_cut_short_by_a_crash_is_written_again():
    intake = take_in(as_file())
    path = Path(default_storage.location, "pictures", f"{intake.sha256}.jpg")
    path.parent.mkdir(parents=True)
    path.write_bytes(intake.jpeg[:50])
    add_picture(as_file())
    assert path.read_bytes() == intake.jpeg


def test_a_replaced_file_stays_for_the_versions_that_show_it():
    image = add_picture(as_file(), caption="Corners")
    first = image.file.name
    give_file(image, as_file(four_corners(100, 100)))
    image.refresh_from_db()
    assert (image.width, image.height, image.caption) == (100, 100, "Corners")
    assert image.file.name != first
    assert default_storage.exists(first)
    give_file(image, as_file())
    image.refresh_from_db()
    assert image.file.name == first
    assert image.files.count() == 2


def test_the_earlier_file_of_a_picture_is_no_new_picture():
    image = add_picture(as_file(), caption="Corners")
    give_file(image, as_file(four_corners(100, 100)))
    with pytest.raises(AlreadyInLibrary) as caught:
        add_picture(as_file())
    assert caught.value.image == image


def test_a_picture_is_found_by_each_file_that_it_had():
    image = add_picture(as_file())
    first = image.sha256
    give_file(image, as_file(four_corners(100, 100)))
    assert picture_of(first) == picture_of(image.sha256) == image
    assert picture_of("") is picture_of("f" * 64) is None


def test_a_picture_that_awaits_its_file_is_given_it():
    image = Image.objects.create(caption="Announced")
    give_file(image, as_file())
    image.refresh_from_db()
    assert (image.caption, image.width) == ("Announced", 64)


def test_the_same_file_again_changes_nothing():
    image = add_picture(as_file())
    before = files()
    give_file(image, as_file())
    assert files() == before


def test_a_picture_is_not_given_the_file_of_another():
    known = add_picture(as_file())
    other = add_picture(as_file(four_corners(100, 100)))
    with pytest.raises(AlreadyInLibrary) as caught:
        give_file(other, as_file())
    assert caught.value.image == known


def test_after_a_refusal_the_transaction_goes_on():
    add_picture(as_file())
    with transaction.atomic():
        with pytest.raises(AlreadyInLibrary):
            add_picture(as_file())
        add_picture(as_file(four_corners(100, 100)))
    assert Image.objects.count() == 2


@pytest.fixture
def slow_disk(monkeypatch):
    """A write is seen half done for a while, as it is of a big file."""
    save = FileSystemStorage._save

    def save_in_two_steps(storage, name, content):
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(5))
        time.sleep(0.2)
        path.unlink()
        content.seek(0)
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", save_in_two_steps)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_picture(slow_disk):
    data, ended, start = as_file(four_corners(600, 400)), [], threading.Barrier(4)

    def upload():
        start.wait()
        try:
            ended.append(add_picture(data))
        except AlreadyInLibrary as known:
            ended.append(known.image)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    image = Image.objects.get()
    assert ended == [image] * 4
    assert image.file.read() == take_in(data).jpeg
    assert [len(names) for names in files()] == [2, 1]


def test_a_killed_picture_takes_no_other_file():
    image = add_picture(as_file())
    Image.objects.update(killed_at=timezone.now())
    before = files()
    with pytest.raises(IsKilled):
        give_file(image, as_file(four_corners(100, 100)))
    assert files() == before
