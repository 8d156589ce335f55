"""Outlets found by name, and slugs for new ones."""

from collections.abc import Collection

from django.utils.text import slugify

from stories.models import Outlet


def names_as_known(names: Collection[str]) -> dict[str, str]:
    """Of these names of outlets, each that is here in another spelling, with that: only capitals and spaces differ."""
    new = set(names) - set(Outlet.objects.filter(name__in=names).values_list("name", flat=True))
    if not new:
        return {}
    known = {_folded(name): name for name in Outlet.objects.order_by("-pk").values_list("name", flat=True)}
    return {name: known[_folded(name)] for name in sorted(new) if _folded(name) in known}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def free_outlet_slug(name: str) -> str:
    """A slug for a new Outlet that no other has."""
    base = slugify(name, allow_unicode=True)[:100].strip("-_") or "outlet"
    taken = set(Outlet.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, count = base, 1
    while slug in taken:
        count += 1
        slug = f"{base}-{count}"
    return slug
