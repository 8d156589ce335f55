import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

pytestmark = pytest.mark.slow
IN_TEMPLATES = re.compile(r"""{% static ["']([^"']+)["']""")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """What collectstatic writes in production, but for the compressed copies, which take a minute."""
    root = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=root, STORAGES={**settings.STORAGES, "staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_every_static_file_that_a_template_names_is_collected(collected):
    """In production one that is not would break its page."""
    known = json.loads((collected / "staticfiles.json").read_text())["paths"]
    named = {
        name: str(path.relative_to(settings.BASE_DIR))
        for folder in ("templates", "stories", "timelines")
        for path in (settings.BASE_DIR / folder).rglob("*.html")
        for name in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
    }
    assert named
    assert {name: path for name, path in named.items() if name not in known} == {}


def test_ckeditor_finds_its_parts_by_their_plain_names(collected):
    """It loads plugins, styles and languages by addresses that it makes itself."""
    for part in ("config.js", "styles.js", "lang/en.js", "skins/moono-lisa/editor.css", "plugins/link/dialogs/link.js"):
        assert (collected / "ckeditor" / "ckeditor" / part).is_file()
