"""Random commands, distances and heat for the real program: what its light would do to an eye at 100 mm."""

import asyncio

import numpy as np
import pytest

from hw.iris.messages import Arming, Pattern
from hw.iris.protocol import Kind
from hw.iris.radiation import dose_limit_j, pulse_irradiance
from simulator.iris_module import Told
from tests.iris_coprocessor.bench import Bench, bench

pytestmark = pytest.mark.slow
SEEDS = (1, 2, 3)
DEEDS = 40
NEAREST_MM = 100.0  # no pulse is made where less is reported, and the head rest allows no less
MEAN_LIMIT, MEAN_OVER_S = 100.0, 0.1
DISTANCES = (60, 119, 120, 300, 300, 300, 65_535)
BRIGHTEST = ((30, 3_333), (25, 4_000), (60, 1_666), (30, 3_000), (30, 3_400), (10, 65_535))


@pytest.fixture
def anyio_backend() -> str:
    """Real time and real processes."""
    return "asyncio"


async def befall(bench: Bench, rng: np.random.Generator) -> None:
    """One deed, then up to 0.6 s of silence."""
    around, module = bench.board.around, bench.module
    match int(rng.integers(8)):
        case 0:
            around.set(distance=int(rng.choice(DISTANCES)))
        case 1:
            around.set(temperature=int(rng.choice([250] * 5 + [720])))
        case 2:
            await module.code_of(
                Kind.SET_ON_US, int(rng.choice([0, 2_000, 4_000, 9_999])).to_bytes(2, "little")
            )
        case 3:
            await module.code_of(Kind.DISARM)
        case 4:
            await bench.line.write(rng.bytes(20), timeout_s=1.0)
        case _:
            fps, on_us = BRIGHTEST[int(rng.integers(len(BRIGHTEST)))]
            arming = Arming(1, fps, on_us, 65_535, 60, pattern=Pattern(int(rng.integers(3))))
            await module.code_of(Kind.ARM, arming.encode())
    await asyncio.sleep(float(rng.choice([0.05, 0.2, 0.4, 0.6])))


def greatest_share(pulses: list[Told]) -> float:
    """Of the limit of any window between two pulses."""
    begun = np.array([pulse.at_us * 1e-6 for pulse in pulses])
    lasting = np.array([pulse.values[0] * 1e-6 for pulse in pulses])
    summed = np.concatenate([[0.0], np.cumsum(lasting * pulse_irradiance(6, 0.9, NEAREST_MM))])
    shares = [0.0]
    for first in range(len(pulses)):
        window_s = begun[first:] + lasting[first:] - begun[first]
        limit = np.minimum(dose_limit_j(window_s), MEAN_LIMIT * np.maximum(window_s, MEAN_OVER_S))
        shares.append(float(np.max((summed[first + 1 :] - summed[first]) / limit)))
    return max(shares)


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_happens_there_is_never_too_much_light(seed: int) -> None:
    rng = np.random.default_rng(seed)
    async with bench() as started:
        await started.until(lambda status: not status.faults)
        for _ in range(DEEDS):
            await befall(started, rng)
        pulses = started.board.around.of("pulse", "test")

    assert len(pulses) > 30
    assert max(pulse.values[0] for pulse in pulses if pulse.what == "pulse") <= 4_000
    assert greatest_share(pulses) <= 1.0
