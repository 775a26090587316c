"""What befalls bytes on their way, one kind at a time and together."""

import numpy as np
import pytest

from simulator.damage import Chunk, Damage, duplicate, flip, loss, stall, together

DAMAGES: dict[str, Damage] = {
    "loss": loss(np.random.default_rng(1), 0.1),
    "flip": flip(np.random.default_rng(1), 0.1),
    "duplicate": duplicate(np.random.default_rng(1), 0.1),
    "stall": stall(np.random.default_rng(1), 0.1, 2.0),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damage_befalls_about_its_share(damage: Damage) -> None:
    sent = Chunk(bytes(1))

    altered = sum(damage(sent) != sent for _ in range(2000))

    assert 150 < altered < 250


def test_a_flip_changes_one_bit_of_a_byte() -> None:
    damaged = flip(np.random.default_rng(2), 1.0)(Chunk(bytes(500)))

    assert {value.bit_count() for value in damaged.data} == {1}


def test_damages_come_one_after_the_other() -> None:
    rng = np.random.default_rng(2)
    both = together(duplicate(rng, 1.0), stall(rng, 1.0, 0.5))

    assert both(Chunk(b"ab", 0.1)) == Chunk(b"abab", 0.6)
