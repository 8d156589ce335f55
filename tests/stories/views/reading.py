"""Reading pages as a reader does."""

from django.test import Client
from lxml import html


def page(client: Client, address: str, status: int = 200) -> html.HtmlElement:
    """The page at an address, parsed; the address must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, f"{address} answered {response.status_code}"
    return html.fromstring(response.content.decode())


def words(element: html.HtmlElement) -> str:
    """All text of an element, with single spaces."""
    return " ".join(element.text_content().split())


def by_class(tree: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def headlines(tree: html.HtmlElement) -> list[str]:
    """The headlines that a list of stories links to, in order."""
    return [words(link) for link in by_class(tree, "headline-link")]


def part(tree: html.HtmlElement, id: str) -> html.HtmlElement:
    """The one element with this id."""
    (found,) = tree.xpath(f"//*[@id='{id}']")
    return found


def rows(tree: html.HtmlElement, id: str) -> list[str]:
    """The words of each list item in a part of the page."""
    return [words(item) for item in part(tree, id).xpath("./*[self::ol or self::ul]/li")]
