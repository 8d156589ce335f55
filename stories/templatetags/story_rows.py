"""The rows of a page's long lists.

They are written here and not in templates because a page has a hundred of them, and the template engine takes ten
times as long. Whatever is not a number, a date or an id of ours passes through `escape`.
"""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote
from uuid import UUID

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stories.citations.linking import Place
from stories.evidence_summary import EvidenceSummary, OutletRow, Share
from stories.models import Outlet
from stories.models.card import StoryCard
from stories.relatives import Branch, Relatives, size_of
from stories.rich_text import mark_inert
from stories.story_page import Quote, SectionRow, SourceRow, StoryPage
from stories.templatetags.moments import day, moment
from timelines.wording import Words, current_words

register = template.Library()


class Told:
    """What long lists tell of their stories, with what all rows have in common asked for once."""

    def __init__(self) -> None:
        self.zone, self.words = get_current_timezone(), current_words()
        self.counted: dict[int, str] = {}

    def updated(self, card: StoryCard) -> SafeString:
        return moment(card.updated, self.zone, self.words)

    def articles(self, card: StoryCard) -> str:
        count = card.article_count
        if count not in self.counted:
            self.counted[count] = articles(count)
        return self.counted[count]


@register.simple_tag
def contents_items(page: StoryPage, relatives: Relatives) -> SafeString:
    """The way to each part of a story that it has, with how much is there."""
    parts = [
        (page.sections[0].id if page.sections else "", _("Sections"), len(page.sections)),
        ("sources", _("Sources"), len(page.cited)),
        ("evidence", _("Evidence"), len(page.articles)),
        ("timeline", _("Timeline"), page.event_count),
        ("dive-deeper-list", _("Dive deeper"), size_of(relatives.sub_stories)),
        ("sibling-list", _("Also part of it"), len(relatives.siblings)),
        ("article-list", _("All articles"), len(page.articles)),
        ("resource-list", _("Resources"), len(page.resources)),
    ]
    return _items(
        f'<li><a href="#{escape(id)}">{escape(name)}{"" if id == "evidence" else _count(count)}</a></li>'
        for id, name, count in parts
        if count
    )


def _count(count: int) -> str:
    return f' <span class="count">{count}</span>'


@register.simple_tag
def section_items(sections: Iterable[SectionRow]) -> SafeString:
    return _items(
        f'<section id="{escape(section.id)}">\n'
        f"{f'<h2>{escape(section.heading)}</h2>' if section.heading else ''}\n{section.html}\n</section>"
        for section in sections
    )


@register.simple_tag
def source_items(rows: Iterable[SourceRow]) -> SafeString:
    """The Sources list: each under its own number, with the way back to every place that cites it."""
    words, cited = current_words(), escape(_("%(cited)s at %(places)s"))
    return _items(
        f'<li value="{row.number}" id="source-{row.number}"><div class="source"><div>{_title(row)}\n'
        f'<p class="status">{_facts(row, words)}{_archive(row)}</p>{_quotes(row)}</div>\n'
        f'<p class="places evidence">{cited % _places(row)}</p></div></li>'
        for row in rows
    )


@register.simple_tag
def cited_at(row: SourceRow) -> SafeString:
    """“Cited 3 times at 1 2 3”, the way back to every place that cites the source."""
    return mark_inert(escape(_("%(cited)s at %(places)s")) % _places(row))


@register.simple_tag
def article_items(rows: Iterable[SourceRow]) -> SafeString:
    """All related articles, each with the number under which the story cites it."""
    words, cited = current_words(), escape(_("cited as [%(number)d]"))
    return _items(
        f'<li class="cited">{_title(row)}\n<p class="status">{_facts(row, words)}'
        f' <a class="evidence" href="#source-{row.number}">{cited % {"number": row.number}}</a></p></li>'
        if row.places
        else f'<li>{_title(row)}\n<p class="status">{_facts(row, words)}</p></li>'
        for row in rows
    )


@register.simple_tag
def sub_story_items(branches: Iterable[Branch]) -> SafeString:
    """A tree of stories: each with its status, and with those below it in a list of its own."""
    return mark_inert(_tree(branches, Told()))


def _tree(branches: Iterable[Branch], told: Told) -> str:
    return "\n".join(
        f"<li><p {_tongue(branch.card)}>{_headline(branch.card)}</p>\n{_sub_story_status(branch, told)}"
        f"{f'<ol>{_tree(branch.branches, told)}</ol>' if branch.branches else ''}</li>"
        for branch in branches
    )


def _sub_story_status(branch: Branch, told: Told) -> str:
    below = f" <span>{sub_stories(size_of(branch.branches))}</span>" if branch.branches else ""
    status = f"<span>{told.articles(branch.card)}</span>{below} {told.updated(branch.card)}"
    return f'<p class="status">{status}</p>'


@register.simple_tag
def sibling_items(cards: Iterable[StoryCard], uid: UUID) -> SafeString:
    """The sub-stories of a story's parent; the story itself stands among them and leads nowhere."""
    told = Told()
    return _items(
        f'<li><p {_tongue(card)} aria-current="page">{escape(card.headline)}</p></li>'
        if card.uid == uid
        else f"<li><p {_tongue(card)}>{_headline(card)}</p>\n"
        f'<p class="status"><span>{told.articles(card)}</span> {told.updated(card)}</p></li>'
        for card in cards
    )


@register.simple_tag
def evidence_facts(evidence: EvidenceSummary) -> SafeString:
    """The counts of a summary, each under its name."""
    facts = [
        (_("Sentences"), _citing(evidence.sentences)),
        (_("Events"), _citing(evidence.events) if evidence.events.count else ""),
        (_("Reports"), _("%(cited)s of %(count)s are cited") % _numbers(evidence.reports)),
        (_("Kinds"), escape(_kinds(evidence.kinds))),
        (_("Newest report"), day(evidence.newest) if evidence.newest else ""),
    ]
    return _items(f"<div><dt>{escape(name)}</dt> <dd>{said}</dd></div>" for name, said in facts if said)


def _citing(share: Share) -> str:
    return escape(_("%(cited)s of %(count)s cite a report (%(percent)s %%)") % _numbers(share))


def _numbers(share: Share) -> dict[str, int]:
    return {"cited": share.cited, "count": share.count, "percent": share.percent}


def _kinds(kinds: Iterable[tuple[str, int]]) -> str:
    """“14 news, 3 wire agency, 1 of no known kind”."""
    pattern, unknown = pgettext("kinds of outlets", "%(count)d %(kind)s"), _("of no known kind")
    named = ((Outlet.Kind(kind).label if kind else unknown, count) for kind, count in kinds)
    return _(", ").join(pattern % {"count": count, "kind": kind} for kind, count in named)


@register.simple_tag
def outlet_rows(rows: Iterable[OutletRow]) -> SafeString:
    """The outlets of a story; choosing one marks what rests on it."""
    return _items(
        f'<tr><th scope="row">{_outlet(row)}</th><td>{_kind(row)}</td>'
        f"<td>{row.reports}</td><td>{row.passages}</td></tr>"
        for row in rows
    )


@register.simple_tag
def briefs(cards: Iterable[StoryCard]) -> SafeString:
    """Stories in a dense column: headline, one line, status."""
    told = Told()
    return _items(
        f'<article class="brief"><h3 class="brief-headline" {_tongue(card)}>{_headline(card)}</h3>\n'
        f'{_line(card)}<p class="status">{told.updated(card)} <span>{told.articles(card)}</span></p>'
        "</article>"
        for card in cards
    )


@register.filter
def articles(count: int) -> str:
    """“24 articles”, “1 article”."""
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}


@register.filter
def sub_stories(count: int) -> str:
    """“22 sub-stories”, “1 sub-story”."""
    return ngettext("%(count)d sub-story", "%(count)d sub-stories", count) % {"count": count}


@register.filter
def tree_size(branches: Iterable[Branch]) -> int:
    return size_of(branches)


def _items(items: Iterable[str]) -> SafeString:
    return mark_inert("\n".join(items))


def _title(row: SourceRow) -> str:
    if not row.url:
        return f'<span dir="auto">{escape(row.title)}</span>'
    language = f' hreflang="{escape(row.language)}" lang="{escape(row.language)}"' if row.language else ""
    return f'<a class="evidence" href="{escape(row.url)}"{language} dir="auto">{escape(row.title)}</a>'


def _facts(row: SourceRow, words: Words) -> str:
    publisher = f"<span>{escape(row.publisher)}</span> " if row.publisher else ""
    return f"{publisher}{day(row.published, words)}" if row.published else publisher


def _archive(row: SourceRow) -> str:
    if not row.archive_url:
        return ""
    name = escape(_("Archived copy"))
    return f' <a class="evidence" href="{escape(row.archive_url)}">{name}</a>'


def _places(row: SourceRow) -> dict[str, str]:
    links = [f'<a href="#{place.anchor}" aria-label="{escape(place.name)}">{place.label}</a>' for place in row.places]
    often = escape(ngettext("Cited once", "Cited %(count)d times", len(links)) % {"count": len(links)})
    marks = f'<a class="marks" href="?source={row.number}">{often}</a>'
    return {"cited": marks, "places": " ".join(links)}


def _outlet(row: OutletRow) -> str:
    if not row.name:
        return escape(_("Outlet not known"))
    name = f'<span dir="auto">{escape(row.name)}</span>'
    return f'<a class="marks evidence" href="?outlet={quote(row.name)}">{name}</a>' if row.passages else name


def _kind(row: OutletRow) -> str:
    return escape(str(Outlet.Kind(row.kind).label)) if row.kind else ""


def _quotes(row: SourceRow) -> str:
    """The words of the report that carry citations, each with the way to its marker."""
    labels = {place.anchor: place for place in row.places}
    items = "".join(_quote(one, row.language, labels[one.anchor]) for one in row.quotes if one.anchor in labels)
    return f'\n<ul class="quotes">{items}</ul>' if items else ""


def _quote(said: Quote, language: str, place: Place) -> str:
    tongue = f' lang="{escape(language)}"' if language else ""
    words = f'<q{tongue} dir="auto">{escape(said.text)}</q>' if said.text else ""
    locator = f'<span class="locator" dir="auto">{escape(said.locator)}</span>' if said.locator else ""
    back = f'<a class="evidence" href="#{place.anchor}" aria-label="{escape(place.name)}">{place.label}</a>'
    return f'<li data-cite="{escape(said.anchor)}">{" ".join(filter(None, [words, locator]))} {back}</li>'


def _headline(card: StoryCard) -> str:
    return f'<a class="headline-link" href="{escape(card.get_absolute_url())}">{escape(card.headline)}</a>'


def _line(card: StoryCard) -> str:
    return f'<p class="brief-line" {_tongue(card)}>{escape(card.standfirst)}</p>\n' if card.standfirst else ""


def _tongue(card: StoryCard) -> str:
    """The language and direction of a story's words on a page that is in the site's own."""
    return f'lang="{escape(card.language)}" dir="auto"'
