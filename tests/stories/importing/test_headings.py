"""Headings told from the paragraphs that run on behind them."""

import pytest

from stories.importing.headings import head_end, split_heading
from stories.importing.tokens import Told, tokens_of, told_by

NOTHING = told_by([])
RUNNING_TEXT = told_by(
    [
        "later that day Orla Venn said the harbour board would meet again [2].",
        "the compromise failed, and President Orla Venn left the hall.",
        "ministers in Marenna and Port Sallow agreed on quotas; the fleet stays in port.",
        "the deal binds Marenna until spring, said Foreign Minister Tamsin Oake.",
    ]
)

SPLITS = [
    # articles and prepositions
    ("Harbour Talks Resume With New Mediator and Wider Mandate", "The second round opened on Monday."),
    ("Fleet Returns to Port After Long Dispute", "A spokesman for the board called it a relief."),
    ("Quotas Cut for the Third Year", "In the capital, fishermen blocked two bridges."),
    ("Ministers Agree on a Common Rule", "On Monday, negotiators signed the text."),
    ("Court Upholds Ban After Appeal Fails", "After five hours of debate the judges withdrew."),
    ("Court Hears Case on Sea Borders", "In The Hague, judges asked about the old charts."),
    ("Storm Closes the Strait for a Week", "At least four ferries stayed in port."),
    ("Markets Fall on News of the Ban", "As traders left their desks, prices slid."),
    ("Union Rejects Offer and Plans Strike", "It said the offer was too late."),
    # names of one to three words, known from the rest of the text
    ("Islands Demand Guarantees While Mainland Insists on Quotas", "Marenna insists that a deal covers herring."),
    ("Fleet Owners Reject the Plan for Shared Waters", "Port Sallow said its boats would sail."),
    ("Board Criticizes Calls for Compromise", "Orla Venn rebuked the ministers."),
    # honorifics
    ("Islands Criticize Push for Compromise", "President Orla Venn rebuked the mainland’s calls."),
    ("Board Weighs Limits on Night Fishing", "Prime Minister Tamsin Oake asked for time."),
    ("Hospital Reports Fewer Cases of Poisoning", "Dr. Orla Venn said mussels were to blame."),
    ("Capital Sends Its Chief Diplomat", "Secretary of State Orla Venn arrived by ferry."),
    ("Mainland Holds to Its Demands", "Foreign Minister Tamsin Oake called them modest."),
    ("Envoys Meet for a Third Time", "Russian Foreign Minister Orla Venn left early."),
    ("Island Rejects the Offer", "Former President Orla Venn urged patience."),
    ("Mediator Sees Progress on Quotas", "U.S. envoy Orla Venn praised both sides."),
    # numbers and quotes
    ("Drones Seen Over Both Harbours Again", "43 drones were shot down overnight."),
    ("Patrols Increase Along the Sea Border", "Forty-three boats were searched."),
    ("Leaders Clash Over ‘Final’ Offer", "“We will not sign this,” Orla Venn said."),
    ("Minister Calls Plan ‘Not Fair’", "The plan would halve quotas."),
    # marks at the heading's end
    ("Will the Talks Succeed?", "Marenna doubts that they will."),
    ("Quotas at Last!", "Fishermen celebrated on the quay."),
    ("Talks Resume in the U.S.", "The delegations met at noon."),
    # openers
    ("Ferry Line Suspends All Crossings", "Meanwhile, passengers slept in the hall."),
    ("Ferry Line Suspends All Crossings", "Officials said the sea was too rough."),
    # words of the heading that could begin a sentence, and of the sentence that could end a heading
    ("Central Bank Raises Rates to Curb Inflation", "Bank of England officials voted for the rise [2]."),
    ("Tech Giants Face New Scrutiny in Europe", "European Commission regulators opened three inquiries [1]."),
    ("Cyclone Makes Landfall Near Coastal City", "More than 200,000 people were moved to shelters [1]."),
    ("Troops Withdraw From Contested Valley", "Both armies began pulling back on Friday [1]."),
    ("President Vetoes Controversial Media Law", "Opposition lawmakers vowed to override the veto [1]."),
    ("Aid Convoys Reach Besieged Enclave", "United Nations trucks carried flour and medicine [1]."),
    ("Scientists Confirm Hottest Year on Record", "2025 was 1.6 degrees warmer than the average [1]."),
    ("Ceasefire Holds for a Third Day", "Israel’s military said no rockets were fired [1]."),
    ("Protests Spread to Smaller Towns", "Students, teachers and nurses marched in 14 cities [1]."),
    ("EU Leaders Split Over Frozen Assets", "Belgium, where most of them are held, wants guarantees [1]."),
    ("Mainland and U.S. Resume Talks in Oman", "U.S. Secretary of State Orla Venn joined by video [1]."),
    ("Key Dates Ahead", "The committee reports on March 3 [1]."),
    # headings in sentence case, where a capital in their midst gives them away
    ("Talks resume in the harbour town", "The second round opened on Monday."),
    ("Fleet stays out for another week", "After the vote, crews went home."),
]


@pytest.mark.parametrize(("heading", "body"), SPLITS)
def test_heading_is_told_from_the_paragraph_behind_it(heading, body):
    split = split_heading(f"{heading} {body}", RUNNING_TEXT)
    assert split is not None
    assert (split.heading, split.body) == (heading, body)


def test_space_that_does_not_break_holds_a_name_together():
    split = split_heading("Council Approves the Budget for Ferries Ilse\u202fQuandt said it was time.", NOTHING)
    assert split is not None
    assert split.heading == "Council Approves the Budget for Ferries"


def test_wide_gap_marks_the_end():
    split = split_heading("Council Approves Budget   Ilse Quandt Said It was time.", NOTHING)
    assert split is not None
    assert split.body.startswith("Ilse Quandt Said")


WHOLE = [
    "Prime Minister Tamsin Oake said the talks would go on.",
    "Orla Venn and Tamsin Oake met at noon.",
    "Former President Orla Venn urged patience.",
    "U.S. Secretary of State Orla Venn arrived by ferry.",
    "The second round opened on Monday. The mood was calm.",
    "In Port Sallow, Russian officials said little.",
    "New York police closed the bridge.",
    "Talks resume in the harbour town Marenna insists on quotas.",
    "She told The Economist that quotas were modest.",
    "On Tuesday the ministers met again [1]. The Second day was calmer.",
    "Fleet Returns to Port",
    "Fleet",
    "",
    "海上谈判恢复 双方代表会面。",
    "المفاوضات تستأنف في الميناء",
]


@pytest.mark.parametrize("line", WHOLE)
def test_line_without_a_heading_stays_whole(line):
    assert split_heading(line, RUNNING_TEXT) is None


def test_reference_headings_split_exactly(shared_story):
    lines = shared_story.split("\n")
    lines = [line for line in lines if len(line) > 300 and "\u202f–\u202f" not in line[:30]]
    told = _told_by_bodies(lines)
    splits = [split_heading(line, told) for line in lines]
    assert [len(split.heading.split()) for split in splits] == [9, 10, 8, 7, 9]
    assert [split.body.split()[0] for split in splits] == ["The", "Kyiv", "The", "President", "The"]


def _told_by_bodies(lines) -> Told:
    return told_by([line[tokens_of(line)[head_end(tokens_of(line))].start :] for line in lines])


@pytest.mark.parametrize("dash", ["–", "—", "-", "|"])
@pytest.mark.parametrize("heading", ["Talks resume", "What the board of the harbour says", "Talks Resume in Town"])
def test_a_dash_divides_a_heading_from_its_sentence(heading, dash):
    split = split_heading(f"{heading} {dash} The delegations met on Monday – a first [1].", NOTHING)
    assert (split.heading, split.body) == (heading, "The delegations met on Monday – a first [1].")


@pytest.mark.parametrize(
    "line",
    [
        "MARENNA – The delegations met on Monday [1].",
        "The plan – Orla Venn says – is dead [1].",
        "The plan was dead [1] – Orla Venn said so.",
        "The plan is dead – as Orla Venn said on Monday [1].",
        "The board met. It voted – The plan is dead [1].",
    ],
)
def test_a_dash_within_a_sentence_divides_nothing(line):
    split = split_heading(line, NOTHING)
    assert split is None or "–" in split.body
