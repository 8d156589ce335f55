"""manage.py photo_metadata: one JSON object a file."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from stories.images.metadata import PhotoMetadata
from tests.stories.images.metadata.packets import jpeg_with_xmp, packet
from tests.stories.images.pictures import as_file


def run(*paths):
    out = StringIO()
    status = 0
    try:
        call_command("photo_metadata", *map(str, paths), stdout=out)
    except CommandError as error:
        status = error.returncode
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_each_file_is_a_line_under_the_models_field_names(tmp_path, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    path = tmp_path / "hårbour.jpg"
    path.write_bytes(jpeg_with_xmp(packet(attributes='dc:rights="© Press" photoshop:DateCreated="2026-02-18T09:30"')))
    (told,), status = run(path)
    assert status == 0
    assert list(told) == ["filename", *PhotoMetadata.__dataclass_fields__]
    assert told["filename"] == str(path)
    assert told["copyright_notice"] == "© Press"
    assert told["taken_at"] == "2026-02-18T09:30:00+01:00"


def test_what_an_upload_would_refuse_gives_a_sentence_and_stops_no_other(tmp_path):
    paths = [tmp_path / name for name in ("empty.jpg", "text.jpg", "cut.jpg", "right.jpg")]
    for path, data in zip(paths, (b"", b"words", as_file()[:-400], as_file()), strict=True):
        path.write_bytes(data)
    told, status = run(*paths, tmp_path, tmp_path / "nowhere.jpg")
    assert status == 1
    assert [set(each) == {"filename", "error"} for each in told] == [True, True, True, False, True, True]
    assert told[0]["error"] == "The file is empty."


@pytest.mark.slow
def test_a_closed_pipe_is_no_fault(tmp_path):
    path = tmp_path / "right.jpg"
    path.write_bytes(as_file())
    command = [sys.executable, settings.BASE_DIR / "manage.py", "photo_metadata", *[path] * 20]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
