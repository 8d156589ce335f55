"""Pasted texts of invented stories, cleaner and messier than the reference."""

CLEAN = """\
Lighthouse Keepers Vote to Strike

The keepers' union says automation came too fast.

Updated Feb 18 2026, 14:30 UTC (3 articles)

  • A lighthouse at dusk
    Image: Harbour Post
    The light at Port Sallow before it was automated. (Coast Pictures) Source Full size

What the keepers want

The union asks for two keepers at each light [1]. It called its members out [1][2].

A second paragraph cites more [2–3].

What the coast office says

The office says lamps need no keeper [3]. It cites <b>figures</b> & a "study" [sic].

Sources

1. Keepers vote to strike – Harbour Post, Feb 18 2026 https://harbour.example/strike
2. “Union counts ballots”, Coast Radio, 17 February 2026. https://radio.example/ballots
[3] Lamps and keepers (Coast Office, 2026-02-10) https://office.example/lamps.pdf

Timeline

1950 – Three hundred keepers serve [3].
Early 2026 – The last tender is opened [1].
Feb 17 2026 – The ballots are counted [2].

Dive deeper (2 sub-stories)

How a Lamp Was Automated
The Last Keeper of Port Sallow

All related articles (3 articles)

External resources (1 link)

Register of lights – Coast Office
https://office.example/register
"""


def big_story(sections: int = 200, events: int = 2000, sources: int = 900) -> str:
    """A story of that size, its headings run into their paragraphs."""
    parts = ["Harbour Talks Go On and On", "", f"Updated ({sources} articles)", ""]
    for n in range(1, sections + 1):
        parts += [
            f"Round {n} of the Talks Ends Without a Deal The delegates met for the {n}th time in Port Sallow [{n}]. "
            f"Nobody signed in round {n} [{n + 1}]. A third sentence says that quota {n} stays open [{n + 2}].",
            "",
        ]
    parts += ["Sources", "", "Timeline", ""]
    parts += [
        f"{1000 + n // 4} – Event number {n} takes place in the harbour [{n % sources + 1}]." for n in range(events)
    ]
    return "\n".join([*parts, "", "Dive deeper (0 sub-stories)", f"All related articles ({sources} articles)"])
