"""Keys under which two spellings of the same Vietnamese words are equal.

Between two official lists of commune names, 18 of 3,321 names differ only in what `comparison_key` levels,
and 8 pairs of different communes differ only in marks, which `unmarked_key` levels: it is for searching.
"""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_TONE_BEFORE = re.compile(rf"(?:(?<=o)([{_TONES}])([ae])|(?<=u)([{_TONES}])(y))(?![\u0300-\u036f])")
_APOSTROPHES = re.compile("[\u2018\u2019\u02b9\u02bb\u02bc\u2032\u0060\u00b4\uff07]")
_GAPS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_LIKE_D_WITH_STROKE = str.maketrans("\u00d0\u0189", "\u0110\u0110")  # look alike; only U+0110 is Vietnamese


def comparison_key(text: str) -> str:
    """NFC, without case, kind of apostrophe, hyphens, and the two ways to place a tone in oa, oe and uy.

    The lower-case eth is left alone: it is a letter of foreign names.
    """
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    decomposed = unicodedata.normalize("NFD", visible.translate(_LIKE_D_WITH_STROKE))
    folded = unicodedata.normalize("NFD", decomposed.casefold())
    words = _GAPS.sub(" ", _APOSTROPHES.sub("'", folded)).strip()
    return unicodedata.normalize("NFC", _TONE_BEFORE.sub(_tone_last, words))


def unmarked_key(text: str) -> str:
    """The comparison key without any mark, and with d for đ: for searching, never for deciding."""
    decomposed = unicodedata.normalize("NFD", comparison_key(text).replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _tone_last(match: re.Match[str]) -> str:
    """The tone behind the second vowel, as in hoà and thuỷ."""
    tone, vowel = (part for part in match.groups() if part)
    return vowel + tone
