"""manage.py import_story: what it prints, and with which status it ends."""

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from PIL import Image as Pixels

from stories.importing.pasted_text import read_pasted_text
from stories.importing.report import Code
from stories.models import Story, Topic, Version
from tests import factories
from tests.stories.images.pictures import as_file, four_corners
from tests.stories.importing.examples import CLEAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    def write(text, name="story.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def run(*arguments, **options):
    """What the command prints, and the status it ends with."""
    out = StringIO()
    try:
        call_command("import_story", *map(str, arguments), stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def as_json(out):
    return [json.loads(line) for line in out.splitlines()]


def test_reference_is_imported_and_again_without_change(write, shared_story):
    path = write(shared_story)
    out, status = run(path)
    assert status == 0
    assert "imported as a new story" in out
    assert "5 sections, 20 sentences (19 cited), 30 events, 24 sources (21 cited), 1 picture" in out
    before = list(Story.objects.values())
    assert "nothing has changed" in run(path)[0]
    assert list(Story.objects.values()) == before


def test_json_output_is_one_object_a_file(write, shared_story):
    out, status = run(write(shared_story), write("", "empty.txt"), json=True)
    first, second = as_json(out)
    assert status == 1
    assert set(first) == set(second) == {"document", "report", "left_out"}
    assert len(first["document"]["timeline"]) == 30
    assert first["document"]["uid"] == str(Story.objects.get().uid)
    assert {entry["code"] for entry in first["report"]} <= set(Code)
    assert all(isinstance(entry["line"], int) and entry["message"] for entry in first["report"])
    assert {entry["code"]: entry["count"] for entry in first["report"] if "count" in entry} == {
        "announced_sub_stories": 22,
        "announced_resources": 2,
    }
    refusal = {"line": 1, "code": "refused", "message": "The file is empty."}
    assert second == {"document": None, "report": [refusal], "left_out": []}


def test_its_own_output_can_be_imported(write):
    (told,) = as_json(run(write(CLEAN), json=True)[0])
    Story.objects.all().update(parent=None)
    Story.objects.all().delete()
    (again,) = as_json(run(write(json.dumps(told["document"]), "story.json"), json=True)[0])
    assert again["document"] == told["document"]


def test_list_of_documents_prints_one_object_each(write):
    document = read_pasted_text(CLEAN).document.as_json()
    out, status = run(write(json.dumps([document, {"uid": 1}])), format="json", json=True)
    assert [told["document"] is None for told in as_json(out)] == [False, True]
    assert status == 1


HOSTILE = {
    "empty": b"",
    "blank": b" \n\n\t",
    "binary": bytes(range(256)) * 40,
    "windows": "Café\n\nclosed".encode("cp1252"),
    "cut": CLEAN.encode()[:-4] + "–".encode()[:2],
    "furniture": b"Top Headlines\n\nFeeds\n",
    "huge line": b"x" * 5_000_000,
    "too big": b"Headline\n\n" + b"A line of a story that goes on. " * 170_000,
    "one paragraph": b"Headline\n\n" + b"A line of a story that goes on. " * 6_000,
    "five paragraphs": (b"Headline\n" + b"\n\n" + b"It goes on. " * 60_000) * 5,
    "many lines": b"Headline\n" + b"Line\n" * 1_000_000,
    "brackets": b"Headline\n\n" + b"[" * 900_000,
    "markers": b"Headline\n\n" + b"[1]" * 60_000,
    "spaces": b"Headline\n\n" + b"a" + b" " * 900_000 + b"b",
    "dates": b"Headline\n\nTimeline\n\n" + b"Jan 1 2020 - " * 70_000,
    "sources": b"Headline\n\nSources\n\n" + b"(" * 450_000 + b"1. " + b"- " * 100_000,
    "full size": b"Headline\n\n" + b"Image: a\n" * 1 + b" source" * 120_000 + b" full size",
}


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_file_ends_in_a_result_or_a_refusal(write, name, form):
    out, status = run(write(HOSTILE[name]), format=form, json=True)
    (told,) = as_json(out)
    refused = [entry for entry in told["report"] if entry["code"] == "refused"]
    assert status == (1 if refused else 0)
    assert (told["document"] is None) == bool(refused) == (not Story.objects.exists())


def test_cut_off_text_is_a_story(write):
    for length in range(0, len(CLEAN), 97):
        (told,) = as_json(run(write(CLEAN[:length]), json=True, dry_run=True)[0])
        assert told["document"] or told["report"][-1]["code"] == "refused"


def test_unreadable_paths_are_refused_and_do_not_stop_the_others(write, tmp_path):
    out, status = run(tmp_path / "nowhere.txt", tmp_path, write(CLEAN), tmp_path / "a\0b")
    assert status == 1
    assert "There is no file" in out
    assert "is not a file" in out
    assert Story.objects.filter(slug="lighthouse-keepers-vote-to-strike").exists()


@pytest.mark.parametrize("options", [{"topic": "nowhere"}, {"parent": "nowhere"}, {"image": "/nowhere.jpg"}])
def test_options_that_name_nothing_are_wrong_usage(write, options):
    assert run(write(CLEAN), **options) == ("", 2)
    assert Story.objects.count() == 0


def test_image_goes_with_one_story(write, tmp_path):
    out = BytesIO()
    Pixels.new("RGB", (640, 400), "navy").save(out, "JPEG")
    picture = write(out.getvalue(), "light.jpg")
    path = write(CLEAN)
    assert run(path, path, image=picture)[1] == 2
    assert run(path, image=write(b"no picture", "no.jpg"))[1] == 2
    (told,) = as_json(run(path, image=picture, json=True)[0])
    assert told["document"]["gallery"][0]["width"] == 640


def test_story_is_published_in_its_topic(write):
    Topic.objects.create(name="World", slug="world")
    text = CLEAN[: CLEAN.index("  • A light")] + CLEAN[CLEAN.index("What the keepers") :]
    out, status = run(write(text), publish=True, topic="world")
    assert status == 0
    assert "Published as Version 1" in out
    assert Version.objects.get().topic.slug == "world"


def test_refusal_to_publish_keeps_the_draft(write):
    out, status = run(write(CLEAN.replace("[2–3]", "[99]")), publish=True)
    assert status == 1
    assert "refused" in out
    assert Story.objects.filter(slug="lighthouse-keepers-vote-to-strike").exists()
    assert Version.objects.count() == 0


def test_dry_run_says_what_would_be(write):
    out, status = run(write(CLEAN), dry_run=True, publish=True)
    assert status == 0
    assert "would be imported as a new story" in out
    assert Story.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 2), (["--format", "xml", "a.txt"], 2), (["--colour", "a.txt"], 2), (["nowhere.txt"], 1)],
)
def test_process_ends_with_the_status_and_a_sentence(arguments, status, tmp_path):
    ended = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "import_story", *arguments],
        capture_output=True,
        cwd=tmp_path,
        text=True,
        check=False,
    )
    assert ended.returncode == status
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_database_without_tables_is_said_in_a_sentence(write, tmp_path):
    ended = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "import_story", str(write(CLEAN))],
        capture_output=True,
        env={"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"},
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "migrate" in ended.stdout
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_output_that_lacks_a_character_stops_nothing(write, tmp_path, encoding, options):
    ended = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "import_story", "--dry-run", *options, write(CLEAN)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3"},
        check=False,
    )
    assert b"Traceback" not in ended.stderr
    if options:
        assert json.loads(ended.stdout)["document"]["headline"]


def test_a_slug_that_is_no_text_is_wrong_usage(write):
    with pytest.raises(CommandError, match="--topic: The text contains half a character") as caught:
        call_command("import_story", write(CLEAN), topic="\udcff")
    assert caught.value.returncode == 2


def test_one_picture_does_not_go_to_every_story_of_a_list(write):
    stories = [factories.document().as_json() for _ in range(2)]
    with pytest.raises(CommandError, match="--image goes with one story") as caught:
        call_command(
            "import_story", write(json.dumps(stories), "two.json"), image=write(as_file(four_corners(60, 40)), "a.jpg")
        )
    assert caught.value.returncode == 2
    assert not Story.objects.exists()


def test_json_output_names_what_was_left_out(write):
    (told,) = as_json(run(write(CLEAN), json=True)[0])
    assert told["left_out"] == [
        {
            "line": 5,
            "text": "Updated Feb 18 2026, 14:30 UTC (3 articles)",
            "reason": "the time of an update follows from the Versions",
        }
    ]
