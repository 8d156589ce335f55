"""What changed, word by word, as readers see it."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from stories.comparing import Words
from stories.rich_text import mark_inert
from stories.version_changes import How, SentenceChange

register = template.Library()
SPOKEN = {"ins": ("[added: ", "] "), "del": ("[removed: ", "] ")}
LABELS = {
    How.ADDED: "New",
    How.REMOVED: "Gone",
    How.CHANGED: "Changed",
    How.MOVED: "Moved",
    How.RESOURCED: "Re-sourced",
}


@register.simple_tag
def changed_words(words: Iterable[Words]) -> SafeString:
    """Both texts as one; whoever hears the page is told where words come and go."""
    return mark_inert("".join(map(_run, words)))


def _run(words: Words) -> str:
    text = escape(words.text)
    if not words.how:
        return text
    before, after = (f'<span class="visually-hidden">{said}</span>' for said in SPOKEN[words.how])
    return f"<{words.how}>{before}{text}{after}</{words.how}>"


@register.filter
def how_label(how: How) -> str:
    """“Changed”, “New”; "" for what is the same."""
    return LABELS.get(how, "")


@register.filter
def sentence_label(sentence: SentenceChange) -> str:
    """“Changed, moved”: all that happened to a sentence, in words; its sources stand beside it."""
    label = how_label(sentence.how)
    return f"{label}, moved" if sentence.is_moved and sentence.how is not How.MOVED else label
