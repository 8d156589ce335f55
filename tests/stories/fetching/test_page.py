import gzip
import re
import socket
import threading

import pytest

from stories.fetching import connection
from stories.fetching.page import MOST_BODY, fetch_page
from stories.fetching.refusal import NotFetched
from tests.stories.fetching import hostile
from tests.stories.fetching.hostile import (
    ALSO_PUBLIC,
    PAGE,
    PUBLIC,
    PUBLIC_6,
    drips,
    endlessly,
    redirect,
    resets,
    response,
    sends,
    waits,
)

PRIVATE = "The address leads into a private network, so it was not fetched."
LATE = "The page did not come within 0.4 seconds."
LARGE = "The page is larger than 3 MB, so it was not read."
BROKEN = "The site “harbour.example” did not answer, or broke off."
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def web():
    with hostile.web() as found:
        yield found


@pytest.fixture
def fetch(web):
    """Fetches from the web of one's own. Only names and connections are replaced; what is public is as ever."""

    def fetch(url="http://harbour.example/report", seconds=10.0):
        return fetch_page(url, resolve=web.resolve, connect=web.connect, seconds=seconds, tls=hostile.trusting())

    return fetch


def refused(fetch, sentence, *, temporary=False, **asked):
    with pytest.raises(NotFetched) as refusal:
        fetch(**asked)
    assert str(refusal.value) == sentence
    assert refusal.value.temporary is temporary


def test_a_page_comes_with_its_address_and_charset(fetch):
    page = fetch("http://harbour.example/report?id=1#part")
    assert (page.url, page.body, page.charset) == ("http://harbour.example/report?id=1", PAGE, "utf-8")


def test_a_request_tells_who_asks_and_nothing_else(fetch, web, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    web.answers["/report"] = response(b"", status="302 Found", Location="/again", Set_Cookie="who=me")
    fetch("http://harbour.example/report")
    names = [line.split(b":")[0] for line in web.requests[1].split(b"\r\n")[1:-2]]
    assert names == [b"Host", b"User-Agent", b"Accept", b"Accept-Encoding", b"Connection"]
    assert b"Newsdesk/" in web.requests[0]
    assert b"Host: harbour.example\r\n" in web.requests[0]


def test_a_page_comes_over_tls_under_its_name(fetch, web):
    assert fetch("https://harbour.example/report").body == PAGE
    assert web.connected == [(PUBLIC, 443)]


def test_a_site_that_cannot_prove_its_name_is_refused(fetch, web):
    sentence = "The site “strait.example” does not prove that it is that site (its certificate)."
    refused(fetch, sentence, url="https://strait.example/report")
    assert not web.requests


def test_certificates_that_nobody_trusts_are_refused(web):
    with pytest.raises(NotFetched, match="does not prove"):
        fetch_page("https://harbour.example/", resolve=web.resolve, connect=web.connect)


def test_the_connection_goes_to_the_address_that_was_checked(fetch, web):
    """A name server that answers with a private address the second time is asked only once."""
    web.names["harbour.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert fetch().body == PAGE
    assert web.resolved == ["harbour.example"]
    assert web.connected == [(PUBLIC, 80)]


def test_a_name_is_checked_again_when_a_redirect_comes_back_to_it(fetch, web):
    web.names["harbour.example"] = [[PUBLIC], ["127.0.0.1"]]
    web.answers["/report"] = redirect("/again")
    refused(fetch, PRIVATE)
    assert web.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("private", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
@pytest.mark.parametrize("place", [0, 1])
def test_one_private_address_among_public_ones_is_refused(fetch, web, private, place):
    addresses = [PUBLIC]
    addresses.insert(place, private)
    web.names["harbour.example"] = [addresses]
    refused(fetch, PRIVATE)
    assert not web.connected


@pytest.mark.parametrize(
    ("to", "address"),
    [
        ("http://127.0.0.1/admin/", "127.0.0.1"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("http://[::1]/", "::1"),
        ("http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1"),
        ("//localhost/", "127.0.0.1"),
        ("http://localhost./", "127.0.0.1"),
        ("http://inside.example/", "192.168.1.1"),
    ],
)
def test_a_redirect_into_a_private_network_is_refused(fetch, web, to, address):
    for name in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "localhost", "inside.example"):
        web.names[name] = [[address]]
    web.answers["/report"] = redirect(to)
    refused(fetch, PRIVATE)
    assert web.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127。0。0。1", "localhost."])
def test_odd_spellings_of_this_machine_are_known_by_what_they_resolve_to(host):
    def connect(*asked):
        pytest.fail(f"connected to {asked}")

    with pytest.raises(NotFetched, match="private network"):
        fetch_page(f"http://{host}/", connect=connect)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "gopher://harbour.example/", "ftp://harbour.example/", "data:,x"])
def test_a_redirect_to_another_scheme_is_refused(fetch, web, to):
    web.answers["/report"] = redirect(to)
    refused(fetch, "Only addresses that begin with http:// or https:// are fetched.")
    assert len(web.connected) == 1


def test_a_redirect_out_of_https_is_refused(fetch, web):
    web.answers["/report"] = redirect("http://harbour.example/report")
    sentence = "The site redirects from https:// to http://, which is not followed."
    refused(fetch, sentence, url="https://harbour.example/report")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_into_https_is_followed(fetch, web, status):
    web.answers["/report"] = redirect("https://harbour.example/there", status)
    assert fetch().url == "https://harbour.example/there"
    assert web.connected == [(PUBLIC, 80), (PUBLIC, 443)]


@pytest.mark.parametrize("to", ["http://strait.example:8080/", "http://harbour.example:22/"])
def test_a_redirect_to_another_port_is_refused(fetch, web, to):
    web.answers["/report"] = redirect(to)
    port = to.rsplit(":", 1)[1].strip("/")
    refused(fetch, f"The address names port {port}. Only the usual ports of the web are asked.")


def test_a_redirect_with_a_password_is_refused(fetch, web):
    web.answers["/report"] = redirect("http://me:secret@harbour.example/")
    refused(fetch, "The address holds a user name or a password, so it was not fetched.")


@pytest.mark.parametrize("to", ["http://[::1", "http://harbour.example:99999/", "http://a b/", "http://" + "x" * 5000])
def test_a_redirect_that_cannot_be_read_is_refused_in_words(fetch, web, to):
    web.answers["/report"] = redirect(to)
    web.names["ab"] = [[]]
    with pytest.raises(NotFetched, match=r"cannot be read|cannot be looked up") as refusal:
        fetch()
    assert "\n" not in str(refusal.value)


def test_a_loop_of_redirects_ends(fetch, web):
    web.answers["/report"] = redirect("/report")
    refused(fetch, "The site redirects more than 5 times, so the page was not fetched.")
    assert len(web.connected) == 6


def test_five_redirects_are_followed(fetch, web):
    for step in range(5):
        web.answers[f"/{step}"] = redirect(f"/{step + 1}")
    assert fetch("http://harbour.example/0").url == "http://harbour.example/5"


def test_a_redirect_in_letters_of_its_own_is_followed(fetch, web):
    web.answers["/report"] = sends("HTTP/1.1 302 Found\r\nLocation: /über\r\nContent-Length: 0\r\n\r\n".encode())
    assert fetch().url == "http://harbour.example/%C3%BCber"


def test_an_endless_body_is_cut_off(fetch, web):
    web.answers["/report"] = endlessly(HEAD + b"\r\n", b"x" * 65536)
    refused(fetch, LARGE)


def test_an_endless_body_in_chunks_is_cut_off(fetch, web):
    web.answers["/report"] = endlessly(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    )
    refused(fetch, LARGE)


def test_endless_trailers_are_cut_off(fetch, web):
    web.answers["/report"] = endlessly(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-More: y\r\n" * 1000)
    refused(fetch, LARGE)


def test_a_body_that_is_announced_too_large_is_not_read(fetch, web):
    web.answers["/report"] = waits(HEAD + b"Content-Length: 99999999999\r\n\r\n")
    refused(fetch, LARGE)


def test_a_body_of_the_largest_size_is_read(fetch, web):
    web.answers["/report"] = response(b"x" * MOST_BODY)
    assert len(fetch().body) == MOST_BODY


def test_one_byte_more_is_too_large(fetch, web):
    web.answers["/report"] = sends(HEAD, b"\r\n", b"x" * (MOST_BODY + 1))
    refused(fetch, LARGE)


@pytest.mark.parametrize("piece", [b"x" * 4096, b"X-More: " + b"y" * 4000 + b"\r\n"])
def test_endless_headers_are_cut_off(fetch, web, piece):
    web.answers["/report"] = endlessly(HEAD, piece)
    refused(fetch, "The site sends more than 64 KB before its page, so it was not fetched.")


def test_endless_interim_answers_are_cut_off(fetch, web):
    web.answers["/report"] = endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
    refused(fetch, "The site sends more than 64 KB before its page, so it was not fetched.")


def test_headers_by_the_hundred_are_refused(fetch, web):
    web.answers["/report"] = sends(HEAD, b"X: y\r\n" * 200, b"\r\n")
    refused(fetch, "The site “harbour.example” answers in a way that cannot be read.")


@pytest.mark.parametrize(
    "slow",
    [
        waits(),
        waits(HEAD),
        waits(HEAD + b"Content-Length: 100\r\n\r\n<html>"),
        drips(b"", b"H"),
        drips(HEAD, b"X"),
        drips(HEAD + b"\r\n", b"x"),
        drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["no answer", "slow headers", "slow body", "dripping status", "dripping headers", "dripping body", "chunks"],
)
def test_what_is_slow_is_cut_off_at_the_deadline(fetch, web, slow):
    web.answers["/report"] = slow
    refused(fetch, LATE, temporary=True, seconds=0.4)


@pytest.mark.parametrize("slow", [waits(), drips(b"", b"\x16")])
def test_a_greeting_without_end_is_cut_off_at_the_deadline(fetch, web, slow):
    web.answers["silent"] = slow
    with pytest.raises(NotFetched) as refusal:
        fetch("https://harbour.example/report", seconds=0.4)
    assert str(refusal.value) in {LATE, BROKEN}
    assert refusal.value.temporary


def test_the_deadline_is_for_all_hops_together(fetch, web):
    def late_redirect(connection):
        threading.Event().wait(0.15)
        redirect("/report")(connection)

    web.answers["/report"] = late_redirect
    refused(fetch, LATE, temporary=True, seconds=0.4)
    assert len(web.requests) < 6


def test_a_name_server_without_answer_is_left_at_the_deadline(fetch, web):
    asked = threading.Event()
    web.resolve = lambda host, port: asked.wait(20) and []
    refused(fetch, LATE, temporary=True, seconds=0.4)
    asked.set()


def test_an_unknown_name_is_tried_again_later(fetch, web):
    def resolve(host, port):
        raise socket.gaierror("unknown")

    web.resolve = resolve
    refused(fetch, "There is no site “harbour.example”, or its name cannot be looked up now.", temporary=True)


def test_the_next_checked_address_is_tried_when_one_does_not_answer(fetch, web):
    web.names["harbour.example"] = [[PUBLIC_6, ALSO_PUBLIC, PUBLIC]]
    reach, tried = web.connect, []

    def connect(address, port, timeout):
        tried.append(address)
        if address != PUBLIC:
            raise ConnectionRefusedError
        return reach(address, port, timeout)

    web.connect = connect
    assert fetch().body == PAGE
    assert tried == [PUBLIC_6, ALSO_PUBLIC, PUBLIC]


def test_a_site_that_does_not_answer_is_tried_again_later(fetch, web):
    def connect(address, port, timeout):
        raise ConnectionRefusedError

    web.connect = connect
    refused(fetch, BROKEN, temporary=True)


@pytest.mark.parametrize(
    "broken",
    [resets(), resets(HEAD), resets(HEAD + b"Content-Length: 100\r\n\r\n<html>"), sends()],
    ids=["at once", "in the headers", "in the body", "closed"],
)
def test_a_connection_that_breaks_is_tried_again_later(fetch, web, broken):
    web.answers["/report"] = broken
    refused(fetch, BROKEN, temporary=True)


def test_a_page_that_ends_early_is_no_page(fetch, web):
    web.answers["/report"] = sends(HEAD, b"Content-Length: 100\r\n\r\n<html>")
    refused(fetch, BROKEN, temporary=True)


def test_what_is_packed_is_refused_unread(fetch, web):
    bomb = gzip.compress(b"\0" * 5_000_000)
    web.answers["/report"] = response(bomb, Content_Encoding="gzip")
    refused(fetch, "The site sends its page packed, though it was asked not to, so it was not read.")


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/plain", "application/json"])
def test_what_is_no_web_page_is_refused(fetch, web, kind):
    web.answers["/report"] = response(kind=kind)
    refused(fetch, f"The address leads to “{kind}” instead of a web page, so it was not read.")


def test_a_page_of_no_kind_is_refused(fetch, web):
    web.answers["/report"] = response(kind="")
    refused(fetch, "The address leads to something that it does not name instead of a web page, so it was not read.")


@pytest.mark.parametrize(
    ("status", "temporary"),
    [(404, False), (403, False), (410, False), (204, False), (304, False), (429, True), (500, True), (503, True)],
)
def test_only_what_may_pass_is_tried_again(fetch, web, status, temporary):
    web.answers["/report"] = response(b"", status=f"{status} X")
    sentence = f"The site “harbour.example” answered with status {status} instead of the page."
    refused(fetch, sentence, temporary=temporary)


@pytest.mark.parametrize("size", [b"-" + b"f" * 40, b"f" * 40, b"-1", b"many"])
def test_a_chunk_of_no_possible_size_is_refused_in_words(fetch, web, size):
    web.answers["/report"] = sends(HEAD, b"Transfer-Encoding: chunked\r\n\r\n", size, b"\r\nabc\r\n0\r\n\r\n")
    with pytest.raises(NotFetched, match=r"cannot be read|broke off"):
        fetch()


@pytest.mark.parametrize(
    "noise", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\0\xff\xfe" * 100 + b"\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n"]
)
def test_what_speaks_another_protocol_is_refused_in_words(fetch, web, noise):
    web.answers["/report"] = sends(noise)
    with pytest.raises(NotFetched, match=r"cannot be read|broke off"):
        fetch()


def test_invalid_text_is_passed_on_as_it_came(fetch, web):
    web.answers["/report"] = response(b"<title>\xff\xfe\0</title>")
    assert fetch().body == b"<title>\xff\xfe\0</title>"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://harbour.example/", "Only addresses that begin with"),
        ("http:///report", "Only addresses that begin with"),
        ("http://me@harbour.example/", "a user name or a password"),
        ("http://harbour.example:8000/", "names port 8000"),
        ("https://harbour.example:80/", "names port 80"),
        ("http://harbour.example/\r\nX: y", "cannot be read"),
        ("http://harbour example/", "cannot be read"),
        ("http://har%00bour.example/", "cannot be read"),
        ("http://" + "a" * 64 + ".example/", "cannot be read"),
    ],
)
def test_addresses_that_are_not_asked(fetch, web, url, sentence):
    with pytest.raises(NotFetched, match=re.escape(sentence)):
        fetch(url)
    assert not web.resolved


def test_a_name_in_letters_of_its_own_is_asked_in_its_ascii_form(fetch, web):
    fetch("http://bücher.example/report")
    assert web.resolved == ["xn--bcher-kva.example"]


def test_several_threads_fetch_at_once(fetch):
    bodies = []
    threads = [threading.Thread(target=lambda: bodies.append(fetch().body)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [PAGE] * 8


def test_the_own_connection_goes_to_the_number_that_it_is_given():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with connection.connect("127.0.0.1", port, 5) as made:
            assert made.getpeername() == ("127.0.0.1", port)


def test_the_own_connection_takes_numbers_only():
    with pytest.raises(ValueError, match="localhost"):
        connection.connect("localhost", 80, 5)
