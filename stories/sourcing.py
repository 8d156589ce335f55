"""Finding or making the Article and Outlet behind a source.

Articles and Outlets are shared by stories. What a source row or a document says of one is written to it while
no other story uses it; once another does, only its blanks are filled, so that no story rewrites another's source.
An Article that no story uses yet loses nothing either: what is said of it is written, what is not said stays.

One that a Version cites, or whose report was corrected or retracted, never becomes another report.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from stories.document import SourceEntry
from stories.fetching.asking import request_details
from stories.merging import is_another_report
from stories.models import Article, Citation, Outlet, Source, Story
from stories.outlets import free_outlet_slug
from stories.shared_rows import hold_shared_rows

DETAILS = ("title", "archive_url", "authors", "published", "language")


def _blank(value: object) -> bool:
    return value in ("", [], None)


def _said(entry: SourceEntry) -> tuple[object, ...]:
    """All that an entry says of a report without an address."""
    return (entry.title, entry.archive_url, tuple(entry.authors), entry.published, entry.language, entry.outlet)


def _saying(article: Article) -> tuple[object, ...]:
    outlet = article.outlet.name if article.outlet else ""
    return (article.title, article.archive_url, tuple(article.authors), article.published, article.language, outlet)


def _without_address(entries: Iterable[SourceEntry]) -> Iterable[Article]:
    """The Articles without an address that any of the entries may mean, the oldest last."""
    titles = {entry.title for entry in entries if not entry.url and has_details(entry)}
    return Article.objects.filter(url="", title__in=titles).select_related("outlet").order_by("-pk") if titles else ()


def entry_of(number: int, article: Article | None) -> SourceEntry:
    """What a document says of the source under that number."""
    if article is None:
        return SourceEntry(number=number)
    return SourceEntry(
        number=number,
        url=article.url,
        outlet=article.outlet.name if article.outlet else "",
        outlet_kind=article.outlet.kind if article.outlet else "",
        **{name: getattr(article, name) for name in DETAILS},
    )


def has_details(entry: SourceEntry) -> bool:
    return any(not _blank(value) for value in entry.details())


def write_sources(story: Story, entries: Iterable[SourceEntry]) -> None:
    """Make the story's Sources those of `entries`, each under its number; numbers left out are never given again."""
    entries = list(entries)
    rows = {row.number: row for row in story.sources.select_related("article__outlet")}
    library = Library(story, entries)
    arranged = max((row.position for row in rows.values()), default=0)
    new: list[Source] = []
    changed: list[Source] = []
    for entry in entries:
        row = rows.pop(entry.number, None) or Source(story=story, number=entry.number, position=arranged)
        article = library.article_for(entry, row.article)
        if row.pk is None or row.article_id != (article and article.pk):
            row.article = article
            (changed if row.pk else new).append(row)
    Source.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    Source.objects.bulk_update(changed, ["article"], batch_size=200)
    Source.objects.bulk_create(new)


def articles_of(story: Story, entries: Iterable[SourceEntry]) -> dict[int, int | None]:
    """The Article id behind each source of a document: the draft's under that number if it is the same report, else the
    one that a Version rests on under it, else the one at that address. An older document may have had another report
    under the number, and a report may have got another address or title on its own page since. One to four queries."""
    entries = list(entries)
    found = _in_draft(story, entries)
    rest = [entry for entry in entries if entry.number not in found and has_details(entry)]
    before = _cited_before(story, rest)
    addresses = {entry.url for entry in rest if entry.url and entry.number not in before}
    by_url = dict(Article.objects.filter(url__in=addresses).values_list("url", "pk")) if addresses else {}
    return {
        entry.number: found.get(entry.number) or before.get(entry.number) or by_url.get(entry.url) for entry in entries
    }


def sources_to_put_back(story: Story, entries: Iterable[SourceEntry]) -> list[SourceEntry]:
    """The sources of an older document as the draft may have them again: one whose report goes by another address or
    title by now says what the library says of it, so that writing it makes no second Article."""
    entries = list(entries)
    found = _in_draft(story, entries)
    before = _cited_before(story, [entry for entry in entries if entry.number not in found])
    articles = Article.objects.select_related("outlet").in_bulk(before.values())
    known = {number: articles[pk] for number, pk in before.items()}
    return [
        entry
        if (article := known.get(entry.number)) is None or (entry.url and article.url == entry.url)
        else entry_of(entry.number, article)
        for entry in entries
    ]


def _in_draft(story: Story, entries: Iterable[SourceEntry]) -> dict[int, int]:
    """By number the Article ids that the draft has, where the entry means the same report."""
    rows = {row.number: row.article for row in story.sources.select_related("article")}
    return {
        entry.number: article.pk
        for entry in entries
        if (article := rows.get(entry.number)) and article.url == entry.url and not is_another_report(article, entry)
    }


def _cited_before(story: Story, entries: Iterable[SourceEntry]) -> dict[int, int]:
    """By number the Article id that the newest Version of the story to cite the same report there rests on: the same
    by its address, or by its title where it has none."""
    asked = {entry.number: entry.url or entry.title for entry in entries if has_details(entry)}
    if not asked:
        return {}
    cited = Citation.objects.filter(version__story=story, number__in=asked, article__isnull=False)
    rows = list(cited.order_by("version__number").values_list("version", "number", "article").distinct())
    documents = story.versions.filter(pk__in={version for version, _, _ in rows})
    names = {
        (version, entry.number): entry.url or entry.title
        for version, sources in documents.values_list("pk", "document__sources")
        for entry in map(SourceEntry.model_validate, sources or ())
    }
    return {number: article for version, number, article in rows if names.get((version, number)) == asked[number]}


class Library:
    """The Articles and Outlets that a story's sources may mean, read at once and held until the transaction ends.

    Where the newsroom allows fetching, the details of Articles that got their address here are asked for at that end.
    """

    def __init__(self, story: Story, entries: Iterable[SourceEntry]) -> None:
        hold_shared_rows()
        entries = list(entries)
        urls = {entry.url for entry in entries if entry.url}
        self.addressed: list[Article] = []
        if settings.FETCH_ARTICLES:
            transaction.on_commit(partial(request_details, self.addressed), robust=True)
        self.by_url = {a.url: a for a in Article.objects.filter(url__in=urls).select_related("outlet")}
        self.outlets = {o.name: o for o in Outlet.objects.filter(name__in={entry.outlet for entry in entries})}
        self.uses = Counter(story.sources.values_list("article_id", flat=True))
        self.alike = {_saying(a): a for a in _without_address(entries)}
        mine = Article.objects.filter(Q(sources__story=story) | Q(url__in=urls)).values("pk")
        elsewhere = Source.objects.exclude(story=story).filter(article__in=mine)
        self.shared = set(elsewhere.values_list("article_id", flat=True))
        self.cited = set(Article.objects.filter(pk__in=mine, citations__isnull=False).values_list("pk", flat=True))
        self.shared_outlets = set(
            Article.objects.exclude(pk__in=Source.objects.filter(story=story).values("article"))
            .filter(outlet__in=[o.pk for o in self.outlets.values()])
            .values_list("outlet_id", flat=True)
        )

    def article_for(self, entry: SourceEntry, current: Article | None) -> Article | None:
        """The Article that the entry describes: found by its address, else the current one where it may change."""
        article = self._find(entry, current) if has_details(entry) else None
        if article is not None:
            self._describe(article, entry)
        if current is not None:
            self.uses[current.pk] -= 1
        if article is not None:
            self.uses[article.pk] += 1
            self.by_url[article.url] = self.alike[_saying(article)] = article
        return article

    def _find(self, entry: SourceEntry, current: Article | None) -> Article:
        known = self.by_url.get(entry.url) if entry.url else None
        if known is not None and known.url == entry.url:
            return known
        alike = None if entry.url else self.alike.get(_said(entry))
        if alike is not None and (alike.url or _saying(alike) != _said(entry)):
            alike = None  # another source of this story has changed it meanwhile
        own = self._own(entry, current)
        if own is None or (alike is not None and _saying(own) != _said(entry)):
            return alike or Article()
        return own

    def _own(self, entry: SourceEntry, current: Article | None) -> Article | None:
        """The current Article, unless another story has it, a published citation would get another address or report,
        or a report would get the bad standing of another one."""
        if current is None or current.pk in self.shared or self.uses[current.pk] > 1:
            return None
        cited = current.pk in self.cited
        if cited and current.url != entry.url:
            return None
        stays = cited or current.status != Article.Status.GOOD
        return None if stays and is_another_report(current, entry) else current

    def _describe(self, article: Article, entry: SourceEntry) -> None:
        told: Mapping[str, object] = {name: getattr(entry, name) for name in DETAILS}
        values = {"url": entry.url, "outlet": self.outlet_for(entry.outlet, entry.outlet_kind), **told}
        if article.pk in self.shared:
            values = {name: value for name, value in values.items() if _blank(getattr(article, name))}
        elif article.pk not in self.uses:
            values = {name: value for name, value in values.items() if not _blank(value)}
        changed = {name: value for name, value in values.items() if getattr(article, name) != value}
        for name, value in changed.items():
            setattr(article, name, value)
        if changed or article.pk is None:
            article.save()
        if changed.get("url"):
            self.addressed.append(article)

    def outlet_for(self, name: str, kind: str = "") -> Outlet | None:
        """The Outlet of that name, made if there is none; its kind is changed only while no other story uses it."""
        if not name:
            return None
        outlet = self.outlets.get(name)
        if outlet is None:
            outlet = Outlet.objects.create(name=name, slug=free_outlet_slug(name), kind=kind)
        elif outlet.kind != kind and (not outlet.kind or outlet.pk not in self.shared_outlets):
            outlet.kind = kind
            outlet.save()
        self.outlets[name] = outlet
        return outlet


def with_known_details(entry: SourceEntry, article: Article | None, library: Library) -> SourceEntry:
    """The entry with its blanks filled from the Article that its address leads to, its outlet of the kind known."""
    filled: dict[str, object] = {}
    if article is not None:
        filled = {name: getattr(article, name) for name in DETAILS if _blank(getattr(entry, name))}
        if article.outlet and not entry.outlet:
            library.outlets.setdefault(article.outlet.name, article.outlet)
            filled["outlet"] = article.outlet.name
    outlet = library.outlets.get(str(filled.get("outlet", entry.outlet)))
    return entry.model_copy(update={**filled, "outlet_kind": outlet.kind if outlet else ""})
