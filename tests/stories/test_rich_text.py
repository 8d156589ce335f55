import html.parser
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.rich_text import BLOCKS, INLINE, mark_inert, pieces, sanitise, show

# Pieces that pasted HTML is made of, whole, broken and hostile.
FRAGMENTS = st.sampled_from(
    """<p> </p> <p class=x> <em> </em> <b> </b> <i> <strong> </strong> <ul> </ul> <ol> <li> </li> <blockquote>
    </blockquote> <br> <br/> <a> </a> <a\thref="https://a.example/?x=1&y=2"> <a\thref=//host> <a\thref='javascript:x'>
    <object> </object> <table> <tr> <td> </table> <div> </div> <h2> <script> </script> <svg> <math> <style> <title>
    <!-- --> <![CDATA[ ]]> <textarea> </textarea> <plaintext> <template> <select> <button> </button> <form> <marquee>
    & &amp; &lt; &gt; &lt;b&gt; &#0; &#11; &nbsp; &copy &#x202f; < > " ' = / \0 \ud800 \u202f \u2011 \ufdd0 \n\n word
    [1] <a\thref="mailto:desk@paper.example"> <a\thref="https://a.example/<b>"> <sub> </sub> <sup> <noscript>
    <img\tonerror=x>
    """.split(" ")
)
PASTED = st.lists(FRAGMENTS | st.text(max_size=4), max_size=25).map("".join)


class Checker(html.parser.HTMLParser):
    """Fails on markup that is not well-formed or not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attributes):
        assert tag in INLINE | BLOCKS
        assert set(dict(attributes)) <= ({"href", "rel"} if tag == "a" else set())
        for name, value in attributes:
            assert name == "rel" or re.match(r"https?://[^/]|mailto:", value, re.IGNORECASE)
        parent = self.open[-1] if self.open else ""
        assert (tag == "li") == (parent in {"ul", "ol"})
        assert parent or tag in BLOCKS
        assert tag != "a" or "a" not in self.open
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        assert not data.strip() or self.open

    def handle_comment(self, data):
        raise AssertionError("a comment")


def check(html: str) -> None:
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert not checker.open


@given(PASTED)
@settings(max_examples=100)
def test_sanitised_html_is_allowed_well_formed_and_stays_as_it_is(pasted):
    once = sanitise(pasted)
    check(once)
    assert sanitise(once) == once
    assert not re.search("[\0-\x08\x0b\x0c\ud800-\udfff\ufdd0]", once)


@given(st.text(st.characters(exclude_categories=["Cc", "Cn", "Cs"]) | st.just("\n")))
def test_escaped_text_keeps_its_words(text):
    kept = re.sub(r"<[^>]+>", "", sanitise(html.escape(text)))
    assert html.unescape(kept).split() == text.split()


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("", ""),
        ("<p>&nbsp;</p><p></p>", ""),
        ("One line & more", "<p>One line &amp; more</p>"),
        ("One paragraph.\n\nAnother.", "<p>One paragraph.</p>\n<p>Another.</p>"),
        ("<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("<h2>Head</h2><div>One</div><div>Two</div>", "<p>Head</p><p>One</p><p>Two</p>"),
        ("<table><tr><td>x<td>y</table>", "<p> x y </p>"),
        ("<p>a<span style='color:red' class=x id=y onclick=z>b</span></p>", "<p>ab</p>"),
        ("<li>loose</li>", "<p>loose</p>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a</li><li><ul><li>b</li></ul></li></ul>"),
        ("<blockquote>said</blockquote>", "<blockquote><p>said</p></blockquote>"),
        ("<em><p>a</em>b</p>", "<p><em>a</em>b</p>"),
        ("a<em> </em>b", "<p>a b</p>"),
        ("<p>unclosed <em>here", "<p>unclosed <em>here</em></p>"),
        ("AT&T &amp;lt; &copy; &#60;b>", "<p>AT&amp;T &amp;lt; © &lt;b&gt;</p>"),
        ("<p>nul\0 half\ud800 bell&#7;</p>", "<p>nul half bell</p>"),
    ],
)
def test_what_is_kept_of_pasted_text(pasted, kept):
    assert sanitise(pasted) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/b?c=1&amp;d=2", "https://a.example/b?c=1&amp;d=2"),
        ("https://a.example/?a=1&region=2", "https://a.example/?a=1&amp;region=2"),
        (" http://a.example/ ", "http://a.example/"),
        ("mailto:desk@paper.example", "mailto:desk@paper.example"),
    ],
)
def test_full_addresses_are_kept(address, kept):
    assert sanitise(f'<p><a href="{address}" title="t" target="_blank">x</a></p>') == (
        f'<p><a href="{kept}" rel="noopener">x</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "//host.example/x",
        "/path",
        "#part",
        "page",
        "",
        "/\\host.example",
        "\\\\host.example",
        "https:host.example",
        "https:///x",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "javascript&#58;alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https://a.example/<b>",
        "mailto:a@b.example?bcc=c@d.example",
        "https://[",
    ],
)
def test_of_other_links_only_the_words_are_kept(address):
    assert sanitise(f'<p>to <a href="{address}">the words</a></p>') == "<p>to the words</p>"


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<img src=x onerror=alert(1)>",
        "<template><img src=x onerror=alert(1)></template>",
        "<<script>script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    ],
)
def test_hostile_markup_comes_out_inert(vector):
    kept = sanitise(f"<p>before</p>{vector}")
    check(kept)
    assert "<img" not in kept
    assert "<script" not in kept


@pytest.mark.parametrize(
    "html", ["&" * 100_000, "&x" * 50_000, "<" * 50_000, "<p>a [1] " * 5_000, "<em>" * 5_000, "<ul><li>" * 1_000]
)
def test_tangled_markup_takes_seconds(html):
    started = time.process_time()
    sanitise(html)
    assert time.process_time() - started < 6


def test_pieces_join_to_the_whole():
    html = sanitise('a <em>b</em> <a href="https://c.example/">c</a><br>d<p>e</p>')
    assert "".join(piece.written for piece in pieces(html)) == html


def test_only_sanitised_html_is_shown():
    assert show("<p onclick=x>a<script>b</script></p>") == "<p>a</p>"
    assert hasattr(show("x"), "__html__")
    assert hasattr(mark_inert("<p>x</p>"), "__html__")


@pytest.mark.parametrize("tag", ["ul><li", "blockquote", "em", "div", "table><tr><td", "unknown", 'ul title="<"'])
def test_what_is_nested_beyond_reason_keeps_its_words_and_ends_soon(tag):
    html = sanitise(f"<{tag}>" * 50_000 + "The berth opens" + "</em></ul>" * 50_000)
    assert "The berth opens" in html
    assert sanitise(html) == html


def test_a_hundred_paragraphs_that_nobody_closed_stay_paragraphs():
    assert sanitise("<p>One line" * 300) == "<p>One line</p>" * 300
