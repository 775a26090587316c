"""The program fits into the board's memory, and a strobe hardly touches the heap."""

import pytest

from tests.iris_coprocessor.memory import measured

pytestmark = pytest.mark.slow


def test_the_program_takes_less_than_half_of_a_heap_of_192_kb() -> None:
    memory = measured()

    assert memory.program < 80_000  # with pointers of 64 bits; the board's have 32
    assert memory.left > 80_000
    assert memory.strobe < 200
