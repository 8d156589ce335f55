"""Lines that name a report, in the orders in which people write them."""

import datetime

import pytest

from stories.source_lists.references import Reference, read_reference

DAY = datetime.date(2026, 2, 18)
URL = "https://harbour.example/strike"
WHOLE = Reference("Keepers vote to strike", "Harbour Post", URL, DAY)


@pytest.mark.parametrize(
    "text",
    [
        f"Keepers vote to strike – Harbour Post, Feb 18 2026 {URL}",
        f"Keepers vote to strike — Harbour Post, Feb. 18, 2026. {URL}",
        f"Keepers vote to strike - Harbour Post - 2026-02-18 - {URL}",
        f"Keepers vote to strike | Harbour Post | 18 February 2026 | {URL}",
        f"Keepers vote to strike. Harbour Post. 18 Feb 2026. {URL}",
        f"Keepers vote to strike (Harbour Post, 18 February 2026) {URL}",
        f"Keepers vote to strike (Harbour Post), February 18th, 2026: {URL}.",
        f"“Keepers vote to strike”, Harbour Post, Feb 18 2026, {URL}",
        f"Harbour Post: “Keepers vote to strike”, Feb 18 2026 {URL}",
        f"Keepers vote to strike, Harbour Post, Feb\u202f18\u202f2026, {URL}?utm_source=letter",
        f"[Keepers vote to strike]({URL}) – Harbour Post, Feb 18 2026",
        f"{URL} Keepers vote to strike – Harbour Post, Feb 18 2026",
        f"Keepers vote to strike – Harbour Post – Feb 18 2026 – {URL}",
    ],
)
def test_title_outlet_date_and_address_are_told_apart(text):
    assert read_reference(text) == WHOLE


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (URL, Reference(url=URL)),
        ("Keepers vote to strike", Reference("Keepers vote to strike")),
        ("Keepers vote to strike – Harbour Post", Reference("Keepers vote to strike", "Harbour Post")),
        (
            "BBC – Keepers of the lights vote by a wide margin",
            Reference("Keepers of the lights vote by a wide margin", "BBC"),
        ),
        ("Strike, lamps and fog: a week on the coast", Reference("Strike, lamps and fog: a week on the coast")),
        ("What happened on Feb 18 2026 at sea – Post", Reference("What happened on Feb 18 2026 at sea", "Post")),
        ("Budget of July 2025, July 2025", Reference("Budget of July 2025, July 2025")),
        ("Ballots, Feb 30 2026", Reference("Ballots, Feb 30 2026")),
        ("Lamps https://coast.example/a_(b).", Reference("Lamps", url="https://coast.example/a_(b)")),
        ("Lamps (https://coast.example/a)", Reference("Lamps", url="https://coast.example/a")),
        ("Lamps https:///nowhere", Reference("Lamps https:///nowhere")),
        ("Lamps javascript:alert(1)", Reference("Lamps javascript:alert(1)")),
        ("", Reference()),
    ],
)
def test_what_is_not_recognised_stays_in_the_title(text, reference):
    assert read_reference(text) == reference
