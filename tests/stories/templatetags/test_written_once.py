"""Parts that are written once, and words that are looked up once: in each language."""

from django.template import engines
from django.utils import translation

PAGE = engines["django"].from_string(
    '{% load i18n languages written_once %}{% translate "Top Headlines" %}{% written_once "_site_links.html" %}'
)


def said(language):
    with translation.override(language):
        return PAGE.render({})


def test_what_is_written_once_is_written_in_each_language():
    english, spanish = said("en"), said("es")
    assert english.count("Top Headlines") == 2
    assert spanish.count("Top Headlines") == 0
    assert 'href="/es/corrections/"' in spanish
    assert (said("en"), said("es")) == (english, spanish)


def test_words_with_a_value_or_a_name_are_looked_up_each_time():
    page = engines["django"].from_string(
        '{% load i18n languages %}{% translate word %}{% translate "Feeds" as f %}{{ f }}'
    )
    assert [page.render({"word": word}) for word in ("Outlets", "Feeds")] == ["OutletsFeeds", "FeedsFeeds"]
