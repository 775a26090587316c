"""Keys of names: the same again, the same for every spelling, the same from both sides."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from firmware.records.claimed import ClaimedIdentity, ClaimSource
from firmware.records.comparison import compare
from firmware.records.registered import FieldVerdict, RegisterEntry
from firmware.records.text_keys import comparison_key, unmarked_key

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĐÐ'’- \u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
names = st.text(alphabet=VIETNAMESE, max_size=12) | st.text(max_size=8)


def verdict(here: str, there: str) -> FieldVerdict:
    claim = ClaimedIdentity("001190000123", ClaimSource.CARD, here)
    return compare(claim, RegisterEntry("001190000123", there))[1].verdict


@given(names)
def test_a_key_is_its_own_key(name: str) -> None:
    assert comparison_key(comparison_key(name)) == comparison_key(name)
    assert unmarked_key(unmarked_key(name)) == unmarked_key(name)


@given(names)
def test_composed_and_decomposed_letters_have_the_same_keys(name: str) -> None:
    forms = [name, *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))]

    assert len({comparison_key(form) for form in forms}) == 1
    assert len({unmarked_key(form) for form in forms}) == 1


@given(names)
def test_names_that_compare_equal_are_found_together(name: str) -> None:
    assert unmarked_key(comparison_key(name)) == unmarked_key(name)


@given(names.filter(bool), names.filter(bool))
def test_both_sides_come_to_the_same_verdict(one: str, other: str) -> None:
    assert verdict(one, other) is verdict(other, one)
