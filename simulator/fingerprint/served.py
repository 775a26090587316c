"""A twin on a bench, with all that shall go wrong: a cable that comes out, bytes that nobody sent."""

import asyncio
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.profiles import SensorProfile
from simulator.bench_pty import PtyBench
from simulator.damage import Chunk, Damage, together
from simulator.fingerprint.mishaps import Mishaps, in_first_upload
from simulator.fingerprint.twin import FingerprintTwin

UNPLUGGED_AFTER_S, UNPLUGGED_FOR_S = 0.3, 1.0
NOISE_EVERY_S = 0.4  # on average
NOISE_AT_MOST_BYTES = 6


class ServedSensor:
    """One sensor with a finger on its plate, behind a terminal."""

    def __init__(
        self, profile: SensorProfile, rng: np.random.Generator, mishaps: Mishaps, finger: NDArray[np.uint8]
    ) -> None:
        self._mishaps = mishaps
        self._rng = rng.spawn(1)[0]
        self._twin = FingerprintTwin(profile, rng, noise_levels=0.0, faults=mishaps.sensor)
        self._twin.present(finger)

    def bench(self, *, is_paced: bool, link: Path | None) -> PtyBench:
        """The bench that serves it."""
        bench = PtyBench(self._twin, is_paced=is_paced, link=link)
        packet = self._mishaps.unplugs_at
        bench.damage = self._mishaps.damage
        if packet is not None:
            bench.damage = together(_unplugging(bench, packet), self._mishaps.damage)
        return bench

    async def disturb(self, bench: PtyBench) -> None:
        """Go on for ever with what comes without being asked for."""
        while self._mishaps.noisy:
            await asyncio.sleep(float(self._rng.exponential(NOISE_EVERY_S)))
            bench.say(self._rng.bytes(int(self._rng.integers(1, NOISE_AT_MOST_BYTES + 1))))


def _unplugging(bench: PtyBench, packet: int) -> Damage:
    """At this packet of the first upload the cable comes out for a while."""

    def pull(chunk: Chunk) -> Chunk:
        loop = asyncio.get_running_loop()
        loop.call_later(UNPLUGGED_AFTER_S, bench.unplug)
        loop.call_later(UNPLUGGED_AFTER_S + UNPLUGGED_FOR_S, bench.plug)
        return chunk

    return in_first_upload(pull, packet)
