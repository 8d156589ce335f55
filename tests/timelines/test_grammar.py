import pytest

from timelines.dates import EventDate, UnreadableDate

SAME = [
    ("2022-02-24", "Feb 24 2022; feb 24 2022; FEB 24, 2022; Feb. 24 2022; Feb. 24, 2022.; February 24th, 2022"),
    ("2022-02-24", "Feb 24th 2022"),
    ("2022-02-24", "24 Feb 2022; 24 Feb. 2022; 24th February 2022; 24th of February, 2022"),
    ("2022-02-24", "the 24th of February 2022; 24. Feb 2022"),
    ("2022-02-24", "2022 Feb 24; on Feb 24 2022; 2022/02/24; 24/02/2022; 02/24/2022; 24.02.2022; 24.2.2022"),
    ("2022-02-24", "24-02-2022; Feb,24,2022"),
    ("2022-02-24", "Feb\u202f24\u202f2022; Feb\u00a024,\u00a02022; 2022\u201002\u201124;  Feb  24   2022 "),
    ("2022-02-24", "Feb\t24\n2022"),
    ("2026-02-02", "02/02/2026"),
    ("2024-09", "Sep 2024; Sept 2024; Sept. 2024; September 2024; September, 2024; September of 2024"),
    ("2024-09", "in September 2024; 2024-09; 2024 September"),
    ("2019", "2019; in 2019; year 2019; 2019."),
    ("2025-12-06/2025-12-07", "Dec 6-7 2025; Dec 6–7, 2025; Dec 6\u20117 2025; December 6 – 7, 2025"),
    ("2025-12-06/2025-12-07", "6-7 Dec 2025; 6th–7th of December 2025"),
    ("2025-12-06/2025-12-07", "Dec 6 to 7 2025; from Dec 6 to Dec 7 2025; Dec 6–Dec 7 2025"),
    ("2025-12-06/2025-12-07", "2025-12-06 – 2025-12-07; 6 Dec 2025 to 7 Dec 2025"),
    ("2025-11-28/2025-12-03", "Nov 28 – Dec 3 2025; 28 Nov – 3 Dec 2025; Nov. 28–Dec. 3, 2025"),
    ("2025-11-28/2025-12-03", "Nov 28 through Dec 3, 2025; 28 November–3 December 2025"),
    ("2025-12-20/2026-01-10", "20 Dec 2025–10 Jan 2026; Dec 20 2025 - Jan 10 2026"),
    ("2025-01/2025-03", "Jan–Mar 2025; January to March 2025; Jan 2025 – Mar 2025; from January until March 2025"),
    ("2023-22", "Summer 2023; summer of 2023; the Summer, 2023; 2023 summer"),
    ("2023-23", "Autumn 2023; fall 2023"),
    ("2024-35", "Q3 2024; q3, 2024; 2024 Q3; third quarter of 2024; 3rd quarter 2024; the third quarter, 2024"),
    ("199X", "1990s; the 1990s; 1990's; 1990’s; in the 1990s"),
    ("199X~", "c. 1990s; circa the 1990s"),
    ("190X", "1900s"),
    ("2021/2022", "2021–2022; 2021-2022; 2021 to 2022; 2021–22; 2021-22; from 2021 to 2022"),
    ("1999/2000", "1999–2000; 1999–00"),
    ("1990~", "c. 1990; c 1990; c.1990; ca. 1990; circa 1990; about 1990; around 1990; ~1990; approx. 1990; C. 1990"),
    ("../1944", "before 1945; Before 1945; prior to 1945; until 1944; till 1944; up to 1944; until Dec 1944"),
    ("../1944", "before Jan 1945"),
    ("2014/..", "since 2014; Since 2014; from 2014; 2014 – present; 2014–present; 2014 to the present; 2014 – now"),
    ("2022-02-24/..", "since Feb 24 2022; since 24 February, 2022; since 2022-02-24; Feb 24 2022 – present"),
    ("2024-03-03T14:30:00Z", "Mar 3, 2024 14:30 UTC; Mar 3 2024, 14:30 UTC; 3 March 2024 at 14:30 GMT"),
    ("2024-03-03T14:30:00Z", "2:30 pm UTC, Mar 3 2024; Mar 3 2024 2:30 p.m. UTC"),
    ("2024-03-03T14:30:00Z", "2024-03-03T14:30:00Z; 2024-03-03 14:30Z; 14:30 UTC on 3 March 2024"),
    ("2024-03-03T14:30:00Z", "Mar 3 2024, 14:30 UTC+0; Mar 3 2024 14:30 UTC-00:00"),
    ("2024-03-03T14:30:00+02:00", "Mar 3 2024, 14:30 UTC+02:00; Mar 3 2024 14:30 UTC+2"),
    ("2024-03-03T14:30:00+02:00", "2024-03-03T14:30:00+02:00; Mar 3 2024 14:30 +0200; Mar 3 2024, 14:30 GMT+2"),
    ("2024-03-03T00:00:05-05:30", "Mar 3 2024, 00:00:05 UTC−05:30; Mar 3 2024 12:00:05 am UTC-5:30"),
    ("0033-04-03", "Apr 3 AD 33; 3 April AD 33; Apr 3, A.D. 33"),
    ("0476", "476; AD 476; 0476"),
]  # fmt: skip
FORMS = [(form, edtf) for edtf, forms in SAME for form in forms.split(";")]


@pytest.mark.parametrize(("text", "edtf"), FORMS)
def test_all_ways_to_write_a_date_are_read_alike(text, edtf):
    date = EventDate.parse(text)
    assert (date.earliest, date.latest) == (EventDate(edtf).earliest, EventDate(edtf).latest)
    assert date.edtf == edtf or "until Dec" in text or "before Jan" in text


REFUSED = [
    ("01/02/2026", "ambiguous", "It may mean Feb 1 2026 or Jan 2 2026. Write the month by name."),
    ("1.2.2026", "ambiguous", "It may mean Feb 1 2026 or Jan 2 2026"),
    ("2007-08", "ambiguous", "It may mean August 2007 or 2007–2008"),
    ("13/13/2026", "no_such_day", "There is no such day"),
    ("01/02/26", "no_year", "Write the year with four digits"),
    ("Feb 30 2024", "no_such_day", "February 2024 has 29 days, so it has no 30"),
    ("Feb 29 2023", "no_such_day", "February 2023 has 28 days"),
    ("Apr 31 2024", "no_such_day", "April 2024 has 30 days"),
    ("Feb 32 2024", "no_such_day", "No month has a day 32"),
    ("2024-13-01", "no_such_day", "There is no month 13"),
    ("Dec 7-6 2025", "reversed", "The range ends (Dec 6 2025) before it begins (Dec 7 2025)"),
    ("Dec 30 – Jan 2 2026", "reversed", "write both years: “Dec 30 2025 – Jan 2 2026”"),
    ("Nov–Feb 2025", "reversed", "write both years: “Nov 2024 – Feb 2025”"),
    ("2022–2021", "reversed", "The range ends (2021) before it begins (2022)"),
    ("2024 – Mar 2024", "overlap", "“2024” and “Mar 2024” overlap"),
    ("Feb 24", "no_year", "It names no year"),
    ("Nov 28 2025 – Dec 3", "no_year", "It names no year"),
    ("24 2022", "no_month", "It names a day but no month"),
    ("0", "year", "the years 1 to 9999"),
    ("0000", "year", "the years 1 to 9999"),
    ("12022", "year", "the years 1 to 9999"),
    ("44 BC", "year", "the years 1 to 9999"),
    ("until 9999", "year", "the years 1 to 9999"),
    ("before AD 1", "year", "the years 1 to 9999"),
    ("before Jan 1 AD 1", "year", "the years 1 to 9999"),
    ("Winter 9999", "year", "the years 1 to 9999"),
    ("yesterday", "relative", "depends on the day it is read"),
    ("last week", "relative", "depends on the day it is read"),
    ("Thursday, Feb 24 2022", "weekday", "Leave out the weekday"),
    ("Febuary 24 2022", "unknown_word", "Did you mean February?"),
    ("90s", "no_year", "Write the decade with four digits"),
    ("c. Summer 1990", "approximate", "A season cannot be approximate"),
    ("before late 2014", "vague", "Leave out the vague word"),
    ("early Feb 24 2022", "vague", "Leave out the vague word"),
    ("since 2014–2015", "range", "Give it one date"),
    ("Mar 3 2024 14:30", "no_zone", "A time of day needs its time zone"),
    ("14:30 3 March 2024", "no_zone", "A time of day needs its time zone"),
    ("Mar 3 2024 14:30 EST", "zone", "“EST” is no time zone that is the same everywhere"),
    ("Mar 3 2024 14:30 Europe/Kyiv", "zone", "is no time zone that is the same everywhere"),
    ("Mar 3 2024 14:30-16:00 UTC", "ambiguous", "may be a range of times"),
    ("Mar 3 2024, 9:00–10:00", "ambiguous", "may be a range of times"),
    ("Mar 3 2024 10:00-11:00", "ambiguous", "may be a range of times"),
    ("Mar 3 2024, 9am – 10", "ambiguous", "may be a range of times"),
    ("14:30 March 3 2024", "no_zone", "needs its time zone"),
    ("1999–02", "ambiguous", "1999–2002"),
    ("1976-05", "ambiguous", "1976–2005"),
    ("2022-22", "range", "ends in the year in which it begins"),
    ("Feb 24 202", "year", "AD 202"),
    ("May 311", "year", "AD 311"),
    ("Mar 3 2024 14:30 UTC+15", "zone", "Time zones lie between"),
    ("Mar 3 2024 24:00 UTC", "time", "There is no such time of day"),
    ("Mar 3 2024 23:59:60 UTC", "time", "There is no such time of day"),
    ("Mar 3 2024 13 pm UTC", "time", "There is no such time of day"),
    ("c. Mar 3 2024 14:30 UTC", "time", "needs one exact day"),
    ("March 2024 14:30 UTC", "time", "needs one exact day"),
    ("Mar 3 14:30 UTC", "no_year", "It names no year"),
    ("", "empty", "No date is given"),
    ("\u202f", "empty", "No date is given"),
    ("x" * 40_000, "too_long", "A date has at most 100 characters"),
    ("1990?", "unreadable", "Write it like"),
    ("Feb 24/25 2022", "unreadable", "Write it like"),
    ("2014–", "unreadable", "Write it like"),
    ("–2014", "unreadable", "Write it like"),
    ("2014 – 2015 – 2016", "unreadable", "more than one dash"),
    ("Feb 24 2022 2023", "unreadable", "Write it like"),
    ("٢٠٢٢", "unreadable", "Write it like"),
    ("Feb 24 2022\0", "unreadable", "Write it like"),
    ("\ud800", "unreadable", "Write it like"),
]


@pytest.mark.parametrize(("text", "code", "sentence"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(text, code, sentence):
    with pytest.raises(UnreadableDate) as caught:
        EventDate.parse(text)
    assert sentence in str(caught.value)
    assert caught.value.code == code
    assert len(str(caught.value)) < 250


def test_refusal_quotes_what_was_typed():
    with pytest.raises(UnreadableDate, match=r"^“Feb 30 2024” cannot be read as a date\."):
        EventDate.parse(" Feb 30 2024 ")
