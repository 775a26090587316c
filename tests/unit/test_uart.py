"""A receiver at another speed than the sender's hears garbage, about as long as what was sent."""

import numpy as np
import pytest

from simulator.uart import heard

SENT = np.random.default_rng(1).bytes(400)


def test_at_the_same_speed_everything_is_heard_as_it_was_sent() -> None:
    assert heard(SENT, 57_600, 57_600) == SENT


@pytest.mark.parametrize("heard_baud", [56_000, 59_300])
def test_a_speed_that_is_three_in_a_hundred_off_is_good_enough(heard_baud: int) -> None:
    assert heard(SENT, 57_600, heard_baud) == SENT


@pytest.mark.parametrize(("sent_baud", "heard_baud"), [(57_600, 9_600), (57_600, 115_200), (9_600, 115_200)])
def test_at_another_speed_garbage_of_about_the_same_duration_is_heard(
    sent_baud: int, heard_baud: int
) -> None:
    garbage = heard(SENT, sent_baud, heard_baud)

    sent_s, heard_s = len(SENT) / sent_baud, len(garbage) / heard_baud
    assert 0.5 < heard_s / sent_s < 1.1
    assert not any(SENT[begin : begin + 3] in garbage for begin in range(len(SENT)))


def test_a_byte_at_double_speed_is_what_its_bits_say() -> None:
    # On the wire 0 1111 0000 1 and rest; the slower receiver samples the places 3, 5, 7 and so on.
    assert heard(b"\x0f", 115_200, 57_600) == bytes([0b11111001])
