"""A receipt's code survives being read aloud and written down."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from firmware.records.receipt import ALPHABET, RANDOM_BYTES, receipt_code, receipt_is_valid
from tests.sealing_world import seeded_bytes

codes = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES).map(
    lambda drawn: receipt_code(lambda _: drawn)
)
SIGN_PLACES = (0, 1, 2, 3, 5, 6, 7, 8, 10)


def _with(code: str, place: int, sign: str) -> str:
    return code[:place] + sign + code[place + 1 :]


@given(codes)
def test_a_code_is_nine_clear_signs_in_groups(code: str) -> None:
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]", code)
    assert receipt_is_valid(code)


def test_no_sign_looks_like_another() -> None:
    assert not set("01OIL") & set(ALPHABET)
    assert len(set(ALPHABET)) == 31


@given(codes, st.sampled_from(SIGN_PLACES), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(code: str, place: int, sign: str) -> None:
    assume(code[place] != sign)

    assert not receipt_is_valid(_with(code, place, sign))


@given(codes, st.sampled_from(SIGN_PLACES), st.sampled_from(SIGN_PLACES))
def test_two_exchanged_signs_are_noticed(code: str, one: int, other: int) -> None:
    assume(code[one] != code[other])

    assert not receipt_is_valid(_with(_with(code, one, code[other]), other, code[one]))


@given(st.text(max_size=14))
def test_any_text_may_be_asked_about(text: str) -> None:
    assert receipt_is_valid(text) in (True, False)


def test_codes_differ() -> None:
    random_bytes = seeded_bytes()

    assert len({receipt_code(random_bytes) for _ in range(1000)}) == 1000
