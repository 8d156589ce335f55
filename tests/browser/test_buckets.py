"""What browsers make of pictures from a bucket, under the policy that the settings give then."""

import runpy

import pytest
from django.conf import settings as project

from stories.images.library import add_picture
from tests import factories
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)
SHOWN = "() => [...document.querySelectorAll('main img, #content img')].map((img) => img.complete && img.naturalWidth)"


@pytest.fixture
def picture(in_buckets, settings):
    read = runpy.run_path(str(project.BASE_DIR / "newsdesk" / "settings.py"))
    settings.CONTENT_SECURITY_POLICY = read["CONTENT_SECURITY_POLICY"]
    settings.ADMIN_CONTENT_SECURITY_POLICY = read["ADMIN_CONTENT_SECURITY_POLICY"]
    return add_picture(as_file(four_corners(800, 500)), caption="Ferries", alt_text="Ferries", credit_line="Drawn here")


def test_readers_see_the_picture(picture, page, live_server):
    entry = {name: getattr(picture, name) for name in ("sha256", "width", "height", "alt_text", "credit_line")}
    story = factories.live(gallery=[{**entry, "file": picture.file.name}])
    page.goto(live_server.url + story.get_absolute_url(), wait_until="load")
    assert page.evaluate(SHOWN) == [800]


def test_the_photo_desk_sees_the_picture_and_saves_its_original(picture, desk):
    page = desk(f"/admin/stories/image/{picture.pk}/change/")
    page.wait_for_load_state("load")
    assert page.evaluate(SHOWN)[0] == 800
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the original").click()
    assert started.value.suggested_filename == f"picture-{picture.pk}.jpg"
    assert started.value.path().read_bytes() == as_file(four_corners(800, 500))
