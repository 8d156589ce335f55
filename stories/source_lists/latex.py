"""LaTeX as BibTeX files write it, as plain text. Pure."""

import logging
import re

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

MARKED = re.compile(r"[\\$~]|--|``|''")
BRACES = re.compile(r"[{}]")
BARE_SIGN = re.compile(r"(?<!\\)[%&#]")  # in LaTeX a remark, a column, a parameter; in a title what it looks like
LONGEST, DEEPEST = 2_000, 25
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it would write what was pasted into the log


def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    as_written = [MacroTextSpec(name, simplify_repl="%s") for name in ("url", "input", "include")]
    context.add_context_category("as written", prepend=True, macros=as_written)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", keep_comments=True)


DECODER = _decoder()


def plain(latex: str) -> str:
    """The text without its LaTeX; where it cannot be read as LaTeX, without its braces."""
    if not MARKED.search(latex):
        return _on_one_line(BRACES.sub("", latex))
    if len(latex) > LONGEST or _depth(latex) > DEEPEST:
        return _on_one_line(BRACES.sub("", latex))
    try:
        read = DECODER.latex_to_text(BARE_SIGN.sub(r"\\\g<0>", latex), tolerant_parsing=True)
    except (LatexWalkerError, ValueError, IndexError, AttributeError, TypeError, KeyError, RecursionError):
        read = BRACES.sub("", latex)
    return _on_one_line(read)


def _on_one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()


def _depth(latex: str) -> int:
    depth = deepest = 0
    for brace in BRACES.findall(latex):
        depth = max(0, depth + (1 if brace == "{" else -1))
        deepest = max(deepest, depth)
    return deepest
