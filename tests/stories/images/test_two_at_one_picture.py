"""Two people at one picture at the same moment: neither writes over the other, and each is told."""

from functools import partial

import pytest

from stories.images.describing import describe
from stories.images.filling import fill_empty_fields
from stories.models import Image, MetadataTemplate
from tests.stories.test_drafts_at_once import TIMES, at_once, faults_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_a_template_and_a_writer_the_second_leaves_what_the_first_wrote():
    template = MetadataTemplate.objects.create(name="Ferries", credit_line="Strait Wire")
    for _ in range(TIMES):
        image = Image.objects.create()
        acts = [
            partial(fill_empty_fields, [image.pk], template, by=None),
            partial(describe, image.pk, {"credit_line": ""}, {"credit_line": "Harbour Courier"}, by=None),
        ]
        results = at_once(*acts)
        assert faults_of(results) == []
        [filled], described = results
        image.refresh_from_db()
        told = (filled.fields, described.written, described.theirs, image.credit_line)
        assert told in [
            (["credit line"], [], {"credit_line": "Strait Wire"}, "Strait Wire"),
            ([], ["credit_line"], {}, "Harbour Courier"),
        ]


def test_of_two_writers_of_one_field_the_second_is_asked():
    for _ in range(TIMES):
        image = Image.objects.create()
        acts = [partial(describe, image.pk, {"caption": ""}, {"caption": who}, by=None) for who in ("Bo", "Kim")]
        results = at_once(*acts)
        assert faults_of(results) == []
        image.refresh_from_db()
        assert sorted(result.written for result in results) == [[], ["caption"]]
        assert [result.theirs for result in results if result.theirs] == [{"caption": image.caption}]
