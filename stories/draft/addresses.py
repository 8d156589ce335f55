"""The addresses of stories: none is given twice, and those that readers knew are kept."""

from django.core.exceptions import ValidationError

from stories.models import PreviousSlug, Story
from stories.models.story import SLUG_LENGTH
from stories.shared_rows import hold_shared_rows


class DraftRefused(ValidationError):
    """The document cannot become this story's draft; nothing was written."""


def refuse_taken_slug(slug: str, story: Story) -> None:
    """Raise DraftRefused where another story has the slug, or had it: its readers are still sent there.

    Until the transaction ends nobody else can take it.
    """
    hold_shared_rows()
    if Story.objects.filter(slug=slug).exclude(pk=story.pk).exists():
        raise DraftRefused("Another story has the address “%(slug)s”.", code="taken_slug", params={"slug": slug})
    if PreviousSlug.objects.filter(slug=slug).exclude(story_id=story.pk).exists():
        raise DraftRefused(
            "Another story had the address “%(slug)s”, and its readers are still sent on from there.",
            code="taken_slug",
            params={"slug": slug},
        )


def free_slug(wanted: str, story: Story) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3`, … that no story has or had, nobody else's until the
    transaction ends."""
    hold_shared_rows()
    head = wanted[: SLUG_LENGTH - 6]
    taken = set(Story.objects.filter(slug__startswith=head).exclude(pk=story.pk).values_list("slug", flat=True))
    taken.update(
        PreviousSlug.objects.filter(slug__startswith=head).exclude(story_id=story.pk).values_list("slug", flat=True)
    )
    slug, count = wanted, 1
    while slug in taken:
        count += 1
        slug = f"{head}-{count}"
    return slug
