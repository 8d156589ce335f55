"""Where a picture, an article or an outlet is used, as their pages in the admin show it."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stories.where_used import Uses

MOST_VERSIONS = 12


def where_used(uses: Uses, nowhere: str) -> SafeString:
    """The list of the stories that use a row, in drafts and in Versions; `nowhere` is the sentence for none."""
    context = {"uses": uses, "nowhere": nowhere, "most": MOST_VERSIONS}
    return render_to_string("admin/stories/_where_used.html", context)
