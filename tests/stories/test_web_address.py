"""One report, one spelling of its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories import web_address
from stories.web_address import UnusableAddress


@pytest.mark.parametrize(
    ("given_", "normal"),
    [
        ("", ""),
        ("https://a.example", "https://a.example/"),
        (" HTTPS://A.Example:443/Path#part ", "https://a.example/Path"),
        ("http://a.example:80/", "http://a.example/"),
        ("http://a.example:8080/", "http://a.example:8080/"),
        ("https://a.example/x?utm_source=m&id=7&fbclid=q", "https://a.example/x?id=7"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?b=2&a=1"),
        ("https://a.example/x?flag", "https://a.example/x?flag"),
        ("https://a.example/x?q=%20é+~&utm_id=1&flag&b=a/b", "https://a.example/x?q=%20é+~&flag&b=a/b"),
        ("https://a.example/x?utm%5Fsource=m", "https://a.example/x"),
        ("https://a.example/x?gbraid=1&wbraid=2&_ga=3.4&id=7&yclid=5", "https://a.example/x?id=7"),
        ("https://a.example/x?ttclid=1&twclid=2&igsh=3&mc_eid=4&ref_src=twsrc", "https://a.example/x"),
        ("https://a.example/x?UTM_Source=1&mtm_campaign=2&at_custom1=3&WT.mc_id=4", "https://a.example/x"),
        ("https://a.example/x?cmpid=1&s_cid=2&ns_source=3&xtor=RSS-1&wt_zmc=5", "https://a.example/x"),
        ("https://youtu.be/abc?si=share&t=10", "https://youtu.be/abc?t=10"),
        ("https://www.youtube.com/watch?v=abc&feature=shared", "https://www.youtube.com/watch?v=abc"),
        (
            "https://a.example/x?si=1&feature=2&cid=3&ref=4&source=5",
            "https://a.example/x?si=1&feature=2&cid=3&ref=4&source=5",
        ),
        ("https://youtube.com.a.example/x?si=1", "https://youtube.com.a.example/x?si=1"),
        ("https://a.example/x?at_home=1&mc_id=2&fbclidx=3", "https://a.example/x?at_home=1&mc_id=2&fbclidx=3"),
        ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_an_address_has_one_spelling(given_, normal):
    assert web_address.normalise(given_) == normal
    assert web_address.normalise(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "//a.example/x",
        "a.example",
        "ftp://a.example/",
        "https://",
        "https://a.example:99999/",
        "https://a b.example/",
        "https://a.example/\n",
        'https://a.example/"onclick',
        "https://a.example/\u202f",
        "data:text/html,x",
        "https://[::1",
    ],
)
def test_what_is_no_web_address_is_refused_in_words(text):
    text = text if text.strip() == text else text + "x"
    with pytest.raises(UnusableAddress, match=r"\.$"):
        web_address.normalise(text)


def test_an_address_of_endless_length_is_refused():
    with pytest.raises(UnusableAddress, match="longer than"):
        web_address.normalise("https://a.example/" + "x" * 2000)


@pytest.mark.parametrize("address", ["https://a.example/" + "ж" * 1000, "https://a.example?" + "x" * 1982])
def test_an_address_that_no_index_could_hold_is_refused(address):
    assert len(address) <= 2000
    with pytest.raises(UnusableAddress, match="longer than"):
        web_address.normalise(address)


@given(st.text(max_size=60).map(lambda text: "https://a.example/" + text) | st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text):
    try:
        once = web_address.normalise(text)
    except UnusableAddress:
        return
    assert web_address.normalise(once) == once
