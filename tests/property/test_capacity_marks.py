"""Where the marks of the capacity probe lie."""

from hypothesis import given
from hypothesis import strategies as st

from host_tools.flash.card import ALIGNED_BYTES
from host_tools.flash.probe import UNIT_BYTES, mark_offsets

SIZES = st.integers(2 * UNIT_BYTES, 64 * 1024 * UNIT_BYTES).map(lambda size: size // 512 * 512)


@given(SIZES, st.data())
def test_a_card_that_wraps_at_any_unit_up_to_half_its_claim_shows_two_marks_in_one_place(
    size: int, data: st.DataObject
) -> None:
    memory = UNIT_BYTES * data.draw(st.integers(1, size // UNIT_BYTES // 2))
    offsets = mark_offsets(size)

    assert len({offset % memory for offset in offsets}) < len(offsets)


@given(SIZES)
def test_marks_lie_on_the_card_apart_from_each_other_and_are_few(size: int) -> None:
    offsets = mark_offsets(size)

    assert offsets == sorted(set(offsets))
    assert all(offset % ALIGNED_BYTES == 0 for offset in offsets)
    assert size - 2 * ALIGNED_BYTES < offsets[-1] <= size - ALIGNED_BYTES
    assert len(offsets) <= 2 * (size / UNIT_BYTES) ** 0.5 + 3
