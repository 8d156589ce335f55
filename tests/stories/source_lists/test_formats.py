"""What each format of a list says of its sources."""

import json
from datetime import date

import pytest

from stories.source_lists import read_source_list

DAY = date(2026, 2, 18)
STRIKE = ("https://harbour.example/strike", "Keepers vote to strike", "Harbour Post", DAY)


def said(text):
    return [(entry.url, entry.title, entry.outlet, entry.published) for entry in read_source_list(text).entries]


def one(text):
    read = read_source_list(text)
    assert (len(read.entries), read.problems) == (1, [])
    return read.entries[0]


@pytest.mark.parametrize(
    "line",
    [
        "Keepers vote to strike – Harbour Post – Feb 18 2026 – https://harbour.example/strike",
        "1. Keepers vote to strike, Harbour Post, Feb 18 2026, https://harbour.example/strike?utm_source=x",
        "[12] “Keepers vote to strike”, Harbour Post, Feb 18 2026. https://harbour.example/strike.",
        "- [Keepers vote to strike](https://harbour.example/strike), Harbour Post, Feb 18 2026",
        "• Keepers vote to strike (Harbour Post), 2026-02-18 <https://harbour.example/strike>",
        "https://harbour.example/strike Keepers vote to strike – Harbour Post – Feb 18 2026",
    ],
)
def test_a_line_says_title_outlet_day_and_address_in_any_order(line):
    assert said(line) == [STRIKE]


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        ("https://a.example/1, https://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        ("[2] <https://a.example/1>", ["https://a.example/1"]),
        ("www.a.example/1", ["https://www.a.example/1"]),
        ("https://a.example/x_(y)", ["https://a.example/x_(y)"]),
        ("[One](https://a.example/1) and [Two](https://a.example/2)", ["https://a.example/1", "https://a.example/2"]),
    ],
)
def test_addresses_in_a_line(line, urls):
    assert [entry.url for entry in read_source_list(line).entries] == urls


def test_an_archived_copy_beside_its_page_belongs_to_it_to_the_letter():
    copy = "https://web.archive.org/web/2026/https://a.example/1?utm_source=x"
    entry = one(f"A berth opens – https://a.example/1 ({copy})")
    assert (entry.url, entry.archive_url, entry.title) == ("https://a.example/1", copy, "A berth opens")


def test_lines_in_pairs_are_title_and_address():
    read = read_source_list(
        "A berth opens\nhttps://a.example/1\n\nFreight first, Strait Wire, Feb 18 2026\nhttps://a.example/2"
    )
    assert [(entry.title, entry.outlet) for entry in read.entries] == [
        ("A berth opens", ""),
        ("Freight first", "Strait Wire"),
    ]
    assert "was taken as the title" in read.notes[0].sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Links for tomorrow", "There is no web address in this line."),
        ("See https://a.example/1 or better https://a.example/2", "2 addresses among its words"),
        ("word " * 1500 + "https://a.example/1", "too long for one source"),
    ],
)
def test_a_line_that_cannot_be_told_is_left_to_be_mended(line, sentence):
    read = read_source_list(f"https://b.example/\n{line}\nhttps://c.example/")
    assert [entry.url for entry in read.entries] == ["https://b.example/", "https://c.example/"]
    assert (read.problems[0].place, read.unread) == ("Line 2", line)
    assert sentence in read.problems[0].sentence


def test_a_dated_report_without_address_is_a_source_and_said_to_be_a_guess():
    read = read_source_list("“Keepers vote to strike”, Harbour Post, Feb 18 2026")
    assert said("“Keepers vote to strike”, Harbour Post, Feb 18 2026") == [("", *STRIKE[1:])]
    assert "without one" in read.notes[0].sentence


def test_a_year_at_the_beginning_of_a_title_is_no_number_of_a_list():
    assert one("2025. A year at sea – https://a.example/1").title == "2025. A year at sea"


@pytest.mark.parametrize(
    "table",
    [
        "URL,Title,Outlet,Date\nhttps://harbour.example/strike,Keepers vote to strike,Harbour Post,2026-02-18",
        "Titel;Zeitung;Datum;Link\nKeepers vote to strike;Harbour Post;18.02.2026;https://harbour.example/strike",
        "headline\tpublisher\tpublished_on\tweb address\n"
        "Keepers vote to strike\tHarbour Post\tFeb 18 2026\tharbour.example/strike",
        '"Publication Title","Url","Title","Date"\n'
        '"Harbour Post","https://harbour.example/strike","Keepers vote to strike","2026-02-18"',
        "| Title | Source | Published | URL |\n|---|---|---|---|\n"
        "| Keepers vote to strike | Harbour Post | 2026-02-18 | https://harbour.example/strike |",
        "https://harbour.example/strike;Keepers vote to strike;Harbour Post;2026-02-18",
        'https://harbour.example/strike,"Keepers vote to strike",Harbour Post,2026-02-18',
    ],
)
def test_a_table_with_and_without_names_of_columns(table):
    assert said(table) == [STRIKE]


def test_columns_without_names_are_a_guess_that_is_told():
    read = read_source_list(
        "https://a.example/1;A berth opens at last;Post;x\nhttps://a.example/2;Freight first;Wire;y"
    )
    assert read.notes[0].sentence == (
        "The columns have no names. They were taken: 1 as address, 2 as title, 3 as outlet. Left aside: column 4."
    )


def test_columns_that_mean_nothing_here_are_named_where_they_say_something():
    read = read_source_list("url,title,tags,mood,id\nhttps://a.example/,T,harbour,,7")
    assert [note.sentence for note in read.notes] == ["Left aside: the column “tags”."]


def test_a_row_of_more_cells_than_columns_is_left_with_the_names_of_the_columns():
    read = read_source_list("url,title\nhttps://a.example/1,Salt, wind and fish\nhttps://a.example/2,Fine")
    assert [entry.title for entry in read.entries] == ["Fine"]
    assert read.unread == "url,title\nhttps://a.example/1,Salt, wind and fish"
    assert "Put quotation marks" in read.problems[0].sentence


def test_a_cell_may_run_over_lines():
    read = read_source_list('url,title\nhttps://a.example/1,"Salt\nand wind"\nhttps://a.example/2,T')
    assert [entry.title for entry in read.entries] == ["Salt and wind", "T"]


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Doe, Jane; van Roe, Rick", ["Jane Doe", "Rick van Roe"]),
        ("Jane Doe and Rick Roe", ["Jane Doe", "Rick Roe"]),
        ("Jane Doe, Ann Poe & Rick Roe", ["Jane Doe", "Ann Poe", "Rick Roe"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Jane Doe, Rick Roe", ["Jane Doe", "Rick Roe"]),
        ("Ministry of Ports", ["Ministry of Ports"]),
    ],
)
def test_authors_in_a_cell(cell, authors):
    assert one(f'url,authors\nhttps://a.example/,"{cell}"').authors == authors


def bibtex(fields):
    return one("@article{key,\n" + fields + "\n}")


def test_bibtex_is_read_without_its_latex():
    entry = bibtex(
        r"""  title = {{F}{\"a}hren, {\'e}t{\'e} -- 50% {Salt \& Wind}},
  author = {M{\"u}ller, J{\"o}rg and van der Berg, Anna and Roe, Jr., Rick and {Ministry of Ports and Seas} and others},
  journal = "Harbour {P}ost", year = 2026, month = feb, day = {18},
  url = {https://harbour.example/a\_b\%20c?utm_source=x}, langid = {ngerman}"""
    )
    assert entry.title == "Fähren, été – 50% Salt & Wind"
    assert entry.authors == ["Jörg Müller", "Anna van der Berg", "Rick Roe Jr.", "Ministry of Ports and Seas"]
    assert (entry.url, entry.outlet) == ("https://harbour.example/a_b%20c", "Harbour Post")
    assert (entry.published, entry.language) == (DAY, "de")


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"Salt & Wind \& 50% of \#1, \$5 and $x_1$", "Salt & Wind & 50% of #1, $5 and $x_1$"),
        (r"\textit{In} \emph{short}: ``Stra{\ss}e''~\o", "In short: “Straße”\u00a0ø"),
        (r"No file: \input{/etc/hostname} \unknown{kept}", "No file: /etc/hostname kept"),
    ],
)
def test_a_title_keeps_all_its_words_without_latex(latex, title):
    assert bibtex("title={" + latex + "}, url={https://a.example/}").title == title


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (r"title={T}, howpublished={\url{https://a.example/x}}", "https://a.example/x"),
        ("title={T}, note={Seen at https://a.example/x, twice.}", "https://a.example/x"),
        ("title={T}, doi={10.5555/1234-x}", "https://doi.org/10.5555/1234-x"),
        ("title={T}, doi={https://doi.org/10.5555/1}, url={https://a.example/x}", "https://a.example/x"),
        ("title={T}, url={https://a.example/\n    x~y}", "https://a.example/x~y"),
    ],
)
def test_the_address_of_a_bibtex_entry(fields, url):
    assert bibtex(fields).url == url


@pytest.mark.parametrize("fields", ["year={2026}", "year=2026, month=feb", "date={2026-02}", "date={2026-02/2026-03}"])
def test_a_year_or_month_in_bibtex_is_no_day(fields):
    read = read_source_list("@misc{a, title={T}, " + fields + "}")
    assert read.entries[0].published is None
    assert "“Published” was left empty" in read.notes[0].sentence


def test_bibtex_joins_strings_and_keeps_what_cannot_be_read():
    text = (
        '@string{post = "Harbour"}\n@string{post = post # { Post}}\n@misc{a, title={One}, journal=post}\n'
        "stray words\n@misc{b, title={never closed\n@misc{a, title = {Same key} # post}\n% a remark\n@comment{x}"
    )
    read = read_source_list(text)
    assert [(entry.title, entry.outlet) for entry in read.entries] == [
        ("One", "Harbour Post"),
        ("Same keyHarbour Post", ""),
    ]
    assert [(problem.place, problem.words) for problem in read.problems] == [
        ("Line 4", "stray words"),
        ("Line 5", "@misc{b, title={never closed"),
    ]
    assert read.unread.startswith('@string{post = "Harbour"}')


def ris(*lines):
    return "\n".join(["TY  - NEWS", *lines, "ER  - "])


def test_ris_is_read():
    text = ris(
        "TI  - Keepers vote to strike",
        "AU  - Doe, Jane",
        "AU  - Roe, Rick, Jr.",
        "T2  - Harbour Post",
        "PY  - 2026",
        "DA  - 2026/02/18/",
        "UR  - https://harbour.example/strike",
        "UR  - https://a.example/2",
        "LA  - en",
    )
    entry = one(text)
    assert said(text) == [STRIKE]
    assert (entry.authors, entry.language) == (["Jane Doe", "Rick Roe Jr."], "en")
    assert "https://a.example/2" in read_source_list(text).notes[0].sentence


@pytest.mark.parametrize(
    ("lines", "published"),
    [(["Y1  - 2026/2/18"], DAY), (["PY  - 2026"], None), (["DA  - 2026/02//"], None), (["DA  - 2026/02/18/Wed"], DAY)],
)
def test_the_day_of_a_ris_record(lines, published):
    read = read_source_list(ris("TI  - T", *lines))
    assert read.entries[0].published == published
    assert bool(read.notes) == (published is None)


def test_ris_records_without_end_and_words_between_them_are_told():
    read = read_source_list(
        "TY  - WEB\nTI  - One\nTY  - WEB\nTI  - Two\n  and more\nER  - \nstray\n\n" + ris("TI  - Three")
    )
    assert [entry.title for entry in read.entries] == ["One", "Two and more", "Three"]
    assert [(problem.place, problem.words) for problem in read.problems] == [("Line 7", "stray")]
    assert "no end" in read.notes[0].sentence


def test_an_address_with_a_semicolon_stays_whole_in_ris():
    assert one(ris("TI  - T", "UR  - https://a.example/x;y=1")).url == "https://a.example/x;y=1"


CSL = {
    "type": "article-newspaper",
    "title": "Keepers <i>vote</i> to strike",
    "container-title": "Harbour Post",
    "URL": "https://harbour.example/strike?utm_source=x",
    "issued": {"date-parts": [[2026, "2", 18]]},
    "author": [
        {"family": "Doe", "given": "Jane"},
        {"literal": "Ministry of Ports"},
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
    ],
    "language": "en-GB",
}


@pytest.mark.parametrize("written", [[CSL], CSL, {"items": [CSL]}])
def test_csl_json_is_read(written):
    entry = one(json.dumps(written))
    assert (entry.url, entry.title, entry.outlet, entry.published) == STRIKE
    assert entry.authors == ["Jane Doe", "Ministry of Ports", "Anna van der Berg"]
    assert entry.language == "en-GB"


def test_zotero_s_own_json_is_read():
    item = {
        "itemType": "newspaperArticle",
        "title": STRIKE[1],
        "url": STRIKE[0],
        "publicationTitle": STRIKE[2],
        "date": "2026-02-18",
        "creators": [
            {"firstName": "Jane", "lastName": "Doe", "creatorType": "author"},
            {"name": "Desk", "creatorType": "editor"},
        ],
    }
    for written in ([item], {"items": [item]}, [{"key": "X", "data": item}]):
        assert said(json.dumps(written)) == [STRIKE]
        assert one(json.dumps(written)).authors == ["Jane Doe"]


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2026]]},
        {"date-parts": [[2026, 2]]},
        {"raw": "early 2026"},
        "2026",
        {"date-parts": [[2026, 2, 18], [2026, 2, 20]]},
    ],
)
def test_a_partial_date_in_csl_json_is_no_day(issued):
    read = read_source_list(json.dumps([{"title": "T", "issued": issued}]))
    assert read.entries[0].published is None
    assert "was left empty" in read.notes[0].sentence


def test_items_that_are_no_sources_are_left_as_json():
    read = read_source_list(json.dumps([CSL, 5, {"type": "book"}]))
    assert len(read.entries) == 1
    assert [problem.place for problem in read.problems] == ["Entry 2", "Entry 3"]
    assert json.loads(read.unread) == [5, {"type": "book"}]


def test_json_that_breaks_off_says_where():
    read = read_source_list('[\n{"title": "T"},\n{"title": ')
    assert (read.problems[0].place, read.entries) == ("Line 3", [])
    assert "not well-formed" in read.problems[0].sentence
