"""What changed, word by word, as readers see it."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from stories.comparing import Words
from stories.interface import interface_attributes
from stories.rich_text import mark_inert
from stories.version_changes import How, SentenceChange

register = template.Library()
SPOKEN = {"ins": gettext_lazy("[added: %(words)s]"), "del": gettext_lazy("[removed: %(words)s]")}
LABELS = {
    How.ADDED: pgettext_lazy("what changed", "New"),
    How.REMOVED: pgettext_lazy("what changed", "Gone"),
    How.CHANGED: pgettext_lazy("what changed", "Changed"),
    How.MOVED: pgettext_lazy("what changed", "Moved"),
    How.RESOURCED: pgettext_lazy("what changed", "Re-sourced"),
}
FIELDS = {
    "Headline": gettext_lazy("Headline"),
    "Standfirst": gettext_lazy("Standfirst"),
    "Byline": gettext_lazy("Byline"),
    "Topic": gettext_lazy("Topic"),
}


@register.simple_tag
def changed_words(words: Iterable[Words]) -> SafeString:
    """Both texts as one; whoever hears the page is told where words come and go."""
    return mark_inert("".join(map(_run, words)))


def _run(words: Words) -> str:
    text = escape(words.text)
    if not words.how:
        return text
    before, _, after = escape(str(SPOKEN[words.how])).partition("%(words)s")
    return f"<{words.how}>{_unseen(before)}{text}{_unseen(f'{after} ')}</{words.how}>"


def _unseen(said: str) -> str:
    return f'<span class="visually-hidden" {interface_attributes()}>{said}</span>'


@register.filter
def how_label(how: How) -> str:
    """“Changed”, “New”; "" for what is the same."""
    return str(LABELS.get(how, ""))


@register.filter
def field_label(name: str) -> str:
    """“Headline”: a part of a story's head, by its name in `VersionChanges`."""
    return str(FIELDS[name])


@register.filter
def sentence_label(sentence: SentenceChange) -> str:
    """“Changed, moved”: all that happened to a sentence, in words; its sources stand beside it."""
    label = how_label(sentence.how)
    return (
        gettext("%(change)s, moved") % {"change": label}
        if sentence.is_moved and sentence.how is not How.MOVED
        else label
    )
