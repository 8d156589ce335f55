from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from timelines.dates import EventDate, printed
from timelines.printing import print_day, print_long_day, print_moment
from timelines.templatetags.event_dates import event_time
from timelines.wording import words_of

PRINTED = {
    "2022-02-24": ("24 feb 2022", "24 فبراير 2022", "24 лютого 2022"),
    "2024-07": ("julio de 2024", "يوليو 2024", "липень 2024"),
    "2024-22": ("verano de 2024", "صيف 2024", "літо 2024"),
    "2024-35": ("T3 2024", "الربع 3 من 2024", "3-й квартал 2024"),
    "199X": ("años 1990", "عقد 1990", "десятиліття 1990-х"),
    "0950": ("950 d. C.", "950 م", "950 н. е."),
    "1990~": ("1990 aprox.", "1990 تقريبًا", "прибл. 1990"),
    "2025-12-06/2025-12-07": ("6–7 dic 2025", "6–7 ديسمبر 2025", "6–7 грудня 2025"),
    "2025-11-28/2025-12-03": ("28 nov – 3 dic 2025", "28 نوفمبر – 3 ديسمبر 2025", "28 листопада – 3 грудня 2025"),
    "2024-12-28/2025-01-03": (
        "28 dic 2024 – 3 ene 2025",
        "28 ديسمبر 2024 – 3 يناير 2025",
        "28 грудня 2024 – 3 січня 2025",
    ),
    "2025-01/2025-03": ("ene–mar de 2025", "يناير–مارس 2025", "січень–березень 2025"),
    "2021/2022": ("2021–2022", "2021–2022", "2021–2022"),
    "2022-02-24/..": ("desde el 24 feb 2022", "منذ 24 فبراير 2022", "з 24 лютого 2022"),
    "2024-07/..": ("desde julio de 2024", "منذ يوليو 2024", "з липня 2024"),
    "../2024-21": ("antes del verano de 2024", "قبل صيف 2024", "до літа 2024"),
    "../1989~": ("antes de 1990 aprox.", "قبل 1990 تقريبًا", "до прибл. 1990 року"),
    "2024-03-03T14:30:00+02:00": (
        "3 mar 2024, 14:30 UTC+02:00",
        "3 مارس 2024، 14:30 UTC+02:00",
        "3 березня 2024, 14:30 UTC+02:00",
    ),
}


@pytest.mark.parametrize(("edtf", "expected"), PRINTED.items())
def test_date_is_printed_in_the_words_and_order_of_each_language(edtf, expected):
    assert tuple(printed(edtf, words_of(language)) for language in ("es", "ar", "uk")) == expected


def test_page_prints_in_its_own_language_and_editors_read_english():
    with translation.override("uk"):
        assert event_time("2024-07") == '<time datetime="2024-07">липень 2024</time>'
        assert EventDate("2024-07").display() == "July 2024"
    with translation.override("es"):
        markup = '<time datetime="2025-12-06">6</time>–<time datetime="2025-12-07">7 dic 2025</time>'
        assert event_time("2025-12-06/2025-12-07") == markup


def test_label_is_printed_as_it_was_typed():
    with translation.override("es"):
        assert event_time("2026", "Early 2026") == '<time datetime="2026">Early 2026</time>'


def test_moments_and_days_are_those_of_the_language():
    spanish = words_of("es")
    assert print_moment(datetime(2026, 2, 18, 9, 5, tzinfo=UTC), spanish) == "18 feb 2026, 09:05 UTC"
    assert print_day(date(2026, 9, 1), spanish) == "1 sept 2026"
    assert print_long_day(date(2026, 9, 1), spanish) == "1 de septiembre de 2026"
    assert print_long_day(date(2026, 9, 1), words_of("uk")) == "1 вересня 2026 року"
    assert words_of("en-us") is words_of("en")
