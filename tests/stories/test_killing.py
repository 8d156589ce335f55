from io import StringIO

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from stories import killing, tasks
from stories.images import rendering
from stories.images.library import add_picture, give_file, thumbnail_url
from stories.images.queueing import waiting_to_be_placed
from stories.images.rendering import render_file
from stories.images.withholding import WITHHELD, place_files
from stories.killing import kill_pictures, lift_kill, live_with, stories_with
from stories.models import AuditEntry, Image
from stories.refusals import BadNote, Refused
from tests import factories
from tests.stories.images.pictures import as_file, four_corners

REASON = "Recalled by the agency, notice 7"


def entry(image):
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    return {**file, "alt_text": "Four corners", "caption": "The corners", "credit_line": "Skell Courier"}


def public_files(image):
    names = [f"pictures/{file.sha256}{end}" for file in image.files.all() for end in (".jpg", ".thumb.jpg")]
    names += [one["file"] for file in image.files.all() for one in file.renditions]
    return [name for name in names if default_storage.exists(name)]


@pytest.fixture
def image(transactional_db):
    image = add_picture(as_file(four_corners(500, 400)), credit_line="Skell Courier")
    give_file(image, as_file(four_corners(300, 300)))
    for file in image.files.all():
        render_file(file.sha256, at=timezone.now())
    return image


def test_a_kill_is_one_act_that_is_written_down_for_the_picture_and_each_story(image, admin_user):
    live = factories.live(timezone.now(), headline="Live", gallery=[entry(image)])
    draft = factories.draft(headline="Draft", gallery=[entry(image)])
    factories.draft(headline="Another")
    [killed] = kill_pictures([image], by=admin_user, reason=REASON)
    assert (killed.kill_reason, killed.killed_by) == (REASON, admin_user)
    assert {one.story for one in AuditEntry.objects.filter(act="kill picture")} == {None, live, draft}
    assert stories_with([image]) == {image.pk: [draft, live]}
    assert live_with([image]) == {image.pk: [live]}


def test_its_files_can_be_fetched_by_nobody_and_come_back_as_they_were(client, image):
    before = public_files(image)
    content = {name: default_storage.open(name).read() for name in before}
    assert len(before) > 40
    kill_pictures([image], by=None, reason=REASON)
    assert public_files(image) == []
    assert client.get(f"/media/{before[0]}").status_code == 404
    assert all(storages["originals"].exists(WITHHELD + name) for name in before)
    image.refresh_from_db()
    assert thumbnail_url(image) == ""
    lift_kill(image, by=None, reason="The agency was wrong")
    assert public_files(image) == before
    assert {name: default_storage.open(name).read() for name in before} == content
    assert not any(storages["originals"].exists(WITHHELD + name) for name in before)


def test_who_killed_it_first_stays_named(image, admin_user):
    kill_pictures([image], by=admin_user, reason=REASON)
    [again] = kill_pictures([image], by=None, reason="Once more")
    assert (again.kill_reason, again.killed_by) == (REASON, admin_user)
    assert AuditEntry.objects.filter(act="kill picture").count() == 1


@pytest.mark.parametrize("reason", ["", "  ", "\0", "x" * 3000])
def test_a_kill_takes_a_reason_that_can_be_kept(image, reason):
    with pytest.raises(BadNote):
        kill_pictures([image], by=None, reason=reason)
    assert not Image.objects.exclude(killed_at=None).exists()


def test_what_is_not_killed_has_no_kill_to_lift(image):
    with pytest.raises(Refused, match="not killed"):
        lift_kill(image, by=None, reason="A mistake")


def test_the_kill_stands_where_the_storage_fails_and_the_worker_tries_again(image, monkeypatch):
    def fail(pk):
        raise OSError("no answer")

    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(killing, "place_files", fail)
    kill_pictures([image], by=None, reason=REASON)
    assert Image.objects.exclude(killed_at=None).exists()
    assert DBTaskResult.objects.get().task_path.endswith("place_picture_files")


def test_moving_goes_on_where_it_was_cut_short(image, monkeypatch):
    names = public_files(image)
    Image.objects.update(killed_at=timezone.now())
    delete, calls = default_storage.delete, []

    def delete_some(name):
        calls.append(name)
        if len(calls) == 3:
            raise OSError("no answer")
        delete(name)

    monkeypatch.setattr(default_storage, "delete", delete_some)
    with pytest.raises(OSError, match="no answer"):
        place_files(image.pk)
    place_files(image.pk)
    assert public_files(image) == []
    assert all(storages["originals"].exists(WITHHELD + name) for name in names)


def test_what_is_rendered_while_it_is_killed_does_not_stay(image, monkeypatch):
    Image.objects.update(credit_line="Another")

    def kill_meanwhile(*args, **kwargs):
        yield from real(*args, **kwargs)
        Image.objects.update(killed_at=timezone.now())

    real = rendering.render
    monkeypatch.setattr(rendering, "render", kill_meanwhile)
    before = set(default_storage.listdir("pictures")[1])
    render_file(image.sha256, at=timezone.now())
    assert public_files(image) == []
    assert set(default_storage.listdir("pictures")[1]) < before


def many(count=8):
    images = [add_picture(as_file(four_corners(100 + number, 90))) for number in range(count)]
    DBTaskResult.objects.all().delete()
    return images


def work():
    call_command("db_worker", "--batch", "--queue-name", "*", "--no-startup-delay", "--no-reload", verbosity=0)


def test_of_many_pictures_the_worker_moves_the_files_and_the_pages_do_not_wait_for_it(transactional_db):
    images = many()
    kill_pictures(images, by=None, reason=REASON)
    assert Image.objects.filter(killed_at=None).count() == 0
    assert waiting_to_be_placed() == {image.pk for image in images}
    assert all(public_files(image) for image in images)
    work()
    assert waiting_to_be_placed() == set()
    assert not any(public_files(image) for image in images)


def test_a_kill_that_is_lifted_before_the_worker_came_leaves_the_files_in_place(transactional_db):
    images = many()
    kill_pictures(images, by=None, reason=REASON)
    lift_kill(images[0], by=None, reason="The agency was wrong")
    work()
    assert [bool(public_files(image)) for image in images] == [True] + [False] * 7


def test_one_picture_whose_files_do_not_move_holds_up_no_other(transactional_db, monkeypatch):
    images = many()

    def fail_for_one(pk):
        if pk == images[2].pk:
            raise OSError("no answer")
        place_files(pk)

    monkeypatch.setattr(tasks, "place_files", fail_for_one)
    kill_pictures(images, by=None, reason=REASON)
    work()
    assert waiting_to_be_placed() == {images[2].pk}
    assert [bool(public_files(image)) for image in images] == [False, False, True] + [False] * 5
    monkeypatch.undo()
    call_command("render_pictures", stdout=StringIO())
    assert not public_files(images[2])


def test_a_kill_that_is_lifted_while_files_move_brings_them_back(image, monkeypatch):
    names, real = public_files(image), default_storage.delete
    Image.objects.update(killed_at=timezone.now())

    def lift_meanwhile(name):
        Image.objects.update(killed_at=None)
        real(name)

    monkeypatch.setattr(default_storage, "delete", lift_meanwhile)
    place_files(image.pk)
    assert public_files(image) == names


def test_the_cost_does_not_grow_with_the_pictures(transactional_db, django_assert_max_num_queries):
    images = many(30)
    factories.live(timezone.now(), gallery=[entry(image) for image in images])
    with django_assert_max_num_queries(20):
        kill_pictures(images, by=None, reason=REASON)
    assert AuditEntry.objects.filter(act="kill picture").count() == 60
