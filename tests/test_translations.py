"""The catalogues say all that readers are told, in each language, and the compiled ones say the same.

What is marked is found here without the programs of GNU gettext, so that nobody needs them to run the tests.
"""

import ast
import gettext
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
MARKS = {"_": (False, 1), "gettext": (False, 1), "ngettext": (False, 2), "pgettext": (True, 1), "npgettext": (True, 2)}
CALL = re.compile(r"\b(?:_|n?p?gettext)\(")
LINE = re.compile(r'(msg\w+)(?:\[\d\])? (".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
TAG = re.compile(r"</?\w+(?: [^<>]*)?>")
Key = tuple[str, ...]
"""The context, "" for none, then the English, and the English of many where there is one."""


@cache
def marked() -> set[Key]:
    code = [path for name in ("newsdesk", "stories", "timelines") for path in (settings.BASE_DIR / name).rglob("*.py")]
    found = {key for path in code for key in in_code(path.read_text(encoding="utf-8"))}
    templates = (path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    return found | {key for template in templates if "i18n" in template for key in in_template(template)}


def in_code(code: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            yield from key_of(node)


def in_template(template: str) -> Iterator[Key]:
    code = templatize(template)
    for start in (found.start() for found in CALL.finditer(code)):
        yield from key_of(call_at(code[start:]))


def call_at(code: str) -> ast.Call:
    """The call that the code begins with: up to its last bracket it is no expression."""
    for end in (found.end() for found in re.finditer(r"\)", code)):
        try:
            return ast.parse(code[:end], mode="eval").body  # type: ignore[return-value]
        except SyntaxError:
            continue
    raise AssertionError(code[:80])


def key_of(call: ast.Call) -> Iterator[Key]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    has_context, texts = MARKS.get(name.removesuffix("_lazy"), (False, 0))
    words = [getattr(arg, "value", None) for arg in call.args[: has_context + texts]]
    if words and all(isinstance(word, str) for word in words):  # others are marked where they are written
        yield tuple(words if has_context else ["", *words])


@cache
def catalogue(language: str) -> dict[Key, list[str]]:
    """What each key is translated to, in one form or in several."""
    text = (settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    found = {}
    for entry in text.split("\n\n")[1:]:
        rows = [(name, ast.literal_eval(words)) for name, words in LINE.findall(entry.replace('"\n"', ""))]
        key = [words for name, words in rows if name != "msgstr"]
        found[tuple(key if rows[0][0] == "msgctxt" else ["", *key])] = [
            words for name, words in rows if name == "msgstr"
        ]
    return found


def compiled(language: str) -> gettext.GNUTranslations:
    with (settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_marks_are_found_in_code_and_in_templates():
    code = 'import x\nx.pgettext_lazy("of a day", "Jan"), ngettext("one (1)", "many", n), _(english), other("No")'
    assert list(in_code(code)) == [("of a day", "Jan"), ("", "one (1)", "many")]
    template = '{% translate "A (b)" context "c" %}{% blocktranslate with x=y %}D {{ x }} 5 %{% endblocktranslate %}'
    assert list(in_template(template)) == [("c", "A (b)"), ("", "D %(x)s 5 %%")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_what_is_marked_and_nothing_else(language):
    """After a change of words: `make messages`, then translate what is new. It reads no words within an f-string."""
    assert len(marked()) > 300
    assert set(catalogue(language)) == marked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_is_translated_with_its_placeholders_and_tags(language):
    forms = [compiled(language).plural(count) for count in range(1000)]  # type: ignore[attr-defined]
    for key, said in catalogue(language).items():
        assert len(said) == (1 if len(key) == 2 else len(set(forms))), key
        for form, words in enumerate(said):
            assert words.strip(), key
            wanted = Counter(PLACEHOLDER.findall(key[-1]))
            if len(key) == 3 and forms.count(form) == 1:  # "two sentences" need not say 2
                wanted -= Counter({"%(count)d": 1, "%(counter)s": 1})
                assert Counter(PLACEHOLDER.findall(words)) >= wanted, words
            else:
                assert Counter(PLACEHOLDER.findall(words)) == wanted, words
            assert Counter(TAG.findall(words)) == Counter(TAG.findall(key[-1])), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_in_step(language):
    found = compiled(language)
    for (context, *english), said in catalogue(language).items():
        for form, words in enumerate(said):
            key = f"{context}\x04{english[0]}" if context else english[0]
            assert found._catalog[(key, form) if len(english) == 2 else key] == words  # type: ignore[attr-defined]


def test_nothing_waits_for_a_translator():
    for language in LANGUAGES:
        text = (settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
        assert "fuzzy" not in text
        assert "\n#~" not in text
