import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from timelines.templatetags.event_dates import event_time

MARKUP = [
    ("2022-02-24", "", '<time datetime="2022-02-24">Feb 24 2022</time>'),
    ("2024-07", "", '<time datetime="2024-07">July 2024</time>'),
    (
        "2025-12-06/2025-12-07",
        "",
        '<time datetime="2025-12-06">Dec 6</time>–<time datetime="2025-12-07">7 2025</time>',
    ),
    ("199X", "", "1990s"),
    ("1990~", "", 'c. <time datetime="1990">1990</time>'),
    ("../1944", "", 'before <time datetime="1945">1945</time>'),
    ("2024-03-03T14:30:00Z", "", '<time datetime="2024-03-03T14:30:00Z">Mar 3 2024, 14:30 UTC</time>'),
    ("2026", "Early 2026", '<time datetime="2026">Early 2026</time>'),
    ("199X", "Late 1990s", "Late 1990s"),
    ("2021/2022", "Late 2021 – early 2022", "Late 2021 – early 2022"),
    ("2015/..", "after 2014", "after 2014"),
    ("", "the other day", "the other day"),
    ("", "", ""),
    ("", "<b>&", "&lt;b&gt;&amp;"),
    ("<b>", "", "&lt;b&gt;"),
    ("<b>", "<i>", "&lt;i&gt;"),
]


@pytest.mark.parametrize(("edtf", "label", "markup"), MARKUP)
def test_date_is_rendered_with_its_time_values(edtf, label, markup):
    template = Template("{% load event_dates %}{% event_time event.date event.label %}")
    assert template.render(Context({"event": {"date": edtf, "label": label}})) == markup


def test_label_that_somebody_marked_safe_is_escaped_all_the_same():
    hostile = "<b>July</b>"
    assert event_time("2024-07", mark_safe(hostile)) == event_time("2024-07", hostile)
    assert "<b>" not in event_time("2024-07", hostile)
