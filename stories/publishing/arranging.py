"""Where readers find a story: its rank on the front page, its address, its place below its parent."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from stories.audit import record
from stories.draft import DraftRefused, hold, refuse_taken_slug
from stories.models import Placement, PreviousSlug, Story, Version
from stories.models.story import SLUG_LENGTH
from stories.publishing.chain import By, hold_now, in_words
from stories.refusals import BadRank, BadSlug, WrongMoment


@transaction.atomic
def place(
    story: Story, *, by: By, rank: int | None, live_until: datetime | None = None, at: datetime | None = None
) -> Placement | None:
    """Put the story on a rank of the front page from now on (until `live_until`), or with rank None take it off.

    Where two stories hold one rank, the one placed later stands first. Raises BadRank, WrongMoment.
    """
    story, at = hold_now(story, at)
    if rank is not None and not 1 <= rank <= 1000:
        raise BadRank("A rank on the front page is a number from 1 to 1000.")
    if live_until is not None and live_until <= at:
        raise WrongMoment("The placement would end before it begins. Give a later moment, or none.")
    if story.placements.filter(live_from__gt=at).exists():
        raise WrongMoment("The story was placed at a later moment than this one.")
    take_off_front_page(story, at)
    if rank is None:
        record("place", "The story no longer has a rank on the front page.", by=by, story=story)
        return None
    until = f" until {in_words(live_until)}" if live_until else ""
    record("place", f"The story stands on rank {rank} of the front page{until}.", by=by, story=story)
    return Placement.objects.create(story=story, rank=rank, live_from=at, live_until=live_until)


@transaction.atomic
def rename(story: Story, *, by: By, slug: str, at: datetime | None = None) -> Story:
    """Give the story another address, at once and everywhere; the one readers knew redirects for good.

    Raises BadSlug for an address that another story has or had, or that is none.
    """
    story, at = hold_now(story, at)
    slug = slug.strip()
    if not slug or slug != slugify(slug, allow_unicode=True) or len(slug) > SLUG_LENGTH:
        raise BadSlug(
            f"“{slug[:80]}” cannot be an address. Use up to {SLUG_LENGTH} letters, digits and hyphens, in lower case."
        )
    if slug == story.slug:
        return story
    try:
        refuse_taken_slug(slug, story)
    except DraftRefused as error:
        raise BadSlug(error.messages[0]) from error
    story.previous_slugs.filter(slug=slug).delete()
    if story.versions.published(at).exists():
        PreviousSlug.objects.create(slug=story.slug, story=story)
    record("rename", f"The address is “{slug}”, it was “{story.slug}”.", by=by, story=story)
    story.slug, story.modified_by = slug, by
    story.lock_version += 1
    story.save()
    return story


@transaction.atomic
def arrange_sub_stories(parent: Story, order: list[Story], *, by: By) -> None:
    """Put the sub-stories of a story in this order, on the page too: it is an arrangement, not content."""
    hold(parent)
    for position, story in enumerate(order, 1):
        Story.objects.filter(pk=story.pk, parent=parent).update(position=position)
        Version.objects.filter(story=story).update(position=position)
    record("arrange", "The sub-stories stand in another order.", by=by, story=parent)


def take_off_front_page(story: Story, at: datetime) -> None:
    story.placements.live(at).filter(live_from=at).delete()
    story.placements.live(at).update(live_until=at)
