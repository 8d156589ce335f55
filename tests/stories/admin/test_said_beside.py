import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from stories.images.library import add_picture
from stories.models import Image
from tests.stories.images.exiftool import with_metadata
from tests.stories.images.pictures import as_file

pytestmark = pytest.mark.django_db
TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/notInTheVocabulary"


@pytest.fixture(autouse=True)
def photo_desk(sign_in):
    return sign_in("Photo desk")


@pytest.fixture
def image():
    tags = ["-XMP-dc:Description=Quay & <cranes>", "-XMP-photoshop:Credit=Skell Courier"]
    image = add_picture(with_metadata(as_file(), *tags, f"-XMP-iptcExt:DigitalSourceType={TYPE}"))
    Image.objects.update(caption="My words", digital_source_type="")
    return image


def form_of(client, image):
    return client.get(reverse("admin:stories_image_change", args=[image.pk])).content.decode()


def beside(page):
    """The input each of them is for, with what it would hold, and whether it says the same."""
    found = re.findall(r'class="said-beside( is-same)?" data-for="(\w+)" data-typed="([^"]*)"', page)
    return {name: (typed, bool(same)) for same, name, typed in found}


def test_what_the_file_says_stands_beside_each_field(client, image):
    page = form_of(client, image)
    assert beside(page) == {
        "id_caption": ("Quay &amp; &lt;cranes&gt;", False),
        "id_credit_line": ("Skell Courier", True),
        "id_digital_source_type": (TYPE, False),
    }
    assert "The file says: <q>Quay &amp; &lt;cranes&gt;</q>" in page
    assert f'<option value="{TYPE}">' in page


def test_whoever_may_only_look_reads_it_in_one_list(client, image, sign_in):
    reader = sign_in("Reporter")
    reader.groups.clear()
    reader.user_permissions.add(Permission.objects.get(codename="view_image"))
    page = form_of(client, image)
    assert not beside(page)
    assert "Quay &amp; &lt;cranes&gt; <strong>The field says something else.</strong>" in page


def test_the_caption_list_has_it_too(client, image):
    page = client.get(f"{reverse('admin:stories_image_captions')}?ids={image.pk}").content.decode()
    assert beside(page) == {
        f"id_{image.pk}_caption": ("Quay &amp; &lt;cranes&gt;", False),
        f"id_{image.pk}_credit_line": ("Skell Courier", True),
    }
