"""Pieces follow the link, and waits after failures are spread."""

import numpy as np
import pytest

from firmware.uplink.pace import BackOff, ChunkSize
from firmware.uplink.settings import BackOffLimits, ChunkLimits

LIMITS = ChunkLimits(32 << 10, 256 << 10, 4.0)


def settled_size(bytes_per_s: float) -> int:
    """The size of pieces after some on a steady link."""
    chunks = ChunkSize(LIMITS)
    for _ in range(20):
        chunks.arrived(chunks.size, chunks.size / bytes_per_s)
    return chunks.size


@pytest.mark.parametrize(
    ("bytes_per_s", "size"),
    [(1_000.0, 32 << 10), (20_000.0, 80_000), (1e9, 256 << 10), (float("inf"), 256 << 10)],
)
def test_a_piece_takes_about_its_target_within_the_limits(bytes_per_s: float, size: int) -> None:
    assert settled_size(bytes_per_s) == pytest.approx(size, rel=0.01)


def test_a_lost_piece_halves_the_next_and_a_short_one_says_nothing() -> None:
    chunks = ChunkSize(LIMITS)
    for _ in range(5):
        chunks.arrived(chunks.size, 0.001)

    chunks.arrived(10, 60.0)
    assert chunks.size == 256 << 10
    chunks.lost()
    assert chunks.size == 128 << 10


def test_waits_double_up_to_the_limit_and_are_spread_over_all_of_it() -> None:
    chance = np.random.default_rng(1)
    waits = np.array([])
    for _ in range(400):
        back_off = BackOff(BackOffLimits(2.0, 60.0), chance.bytes)
        waits = np.append(waits, [back_off.failed_s() for _ in range(8)])
    by_failure = waits.reshape(-1, 8)

    ceilings = np.array([2, 4, 8, 16, 32, 60, 60, 60])
    assert (by_failure <= ceilings).all()
    assert by_failure.mean(axis=0) == pytest.approx(ceilings / 2, rel=0.15)


def test_after_something_worked_the_next_wait_is_a_first_one() -> None:
    back_off = BackOff(BackOffLimits(2.0, 60.0), lambda size: b"\xff" * size)
    for _ in range(50):
        back_off.failed_s()
    assert back_off.failed_s() == pytest.approx(60.0)

    back_off.worked()

    assert back_off.failed_s() == pytest.approx(2.0)
