import pytest

from stories.search.folding import fold, index_words, pairs, stem, words_in


def forms(text):
    return [word.form for word in words_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ferry crews suspend the STRIKE", ["ferry", "crews", "suspend", "the", "strike"]),
        ("Umerov\u2011Lvova met\u202fon 12\u00a0May", ["umerov", "lvova", "met", "on", "12", "may"]),
        ("negociación, Ærø, straße, Łódź, Đà Nẵng", ["negociacion", "aero", "strasse", "lodz", "da", "nang"]),
        ("l’accord d'État, the crew’s don't", ["accord", "etat", "the", "crew", "don"]),
        ("It opened [1][2, 4–6]. Then [sic]", ["it", "opened", "then", "sic"]),
        ("أخبار مُدُن", ["اخبار", "مدن"]),
        ("Київ їде, Ёлка и йод", ["київ", "їде", "елка", "и", "йод"]),
        ("co\u00adoperation", ["cooperation"]),
        ("snake_case under_score", ["snake", "case", "under", "score"]),
        ("ＡＢＣ １２３ ﬁne", ["abc", "123", "fine"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("… – ! [6] “” ﹰ", []),
        ("", []),
    ],
)
def test_a_text_has_these_words(text, found):
    assert forms(text) == found


def test_each_word_says_where_it_stands():
    text = "Die Fähre – Linie [3] 1"
    assert [text[word.start : word.end] for word in words_in(text)] == ["Die", "Fähre", "Linie", "1"]


def test_scripts_without_spaces_are_indexed_by_pairs():
    assert forms("東京都の知事 meets") == ["東京都の知事", "meets"]
    assert list(index_words("東京都 opens", "ja")) == ["東京", "京都", "都", "opens"]
    assert pairs("駅") == ["駅"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "negotiations", "negotiation"),
        ("en-GB", "opened", "opens"),
        ("es", "negociaciones", "negociacion"),
        ("ar", "المدينة", "مدينة"),
        ("ru", "переговоры", "переговоров"),
    ],
)
def test_words_of_one_stem_are_one_in_the_language_of_the_story(language, one, other):
    assert stem(fold(one), language) == stem(fold(other), language)


def test_a_language_without_a_stemmer_keeps_its_words():
    assert stem("паром", "uk") == "паром"
    assert stem("2026", "en") == "2026"


def test_a_word_has_an_end():
    assert len(fold("x" * 5000)) == 60
