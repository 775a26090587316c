"""How long a piece of work takes."""

from collections.abc import Callable
from time import perf_counter

import numpy as np


def median_ms(
    work: Callable[[], object], times: int = 20, clock: Callable[[], float] = perf_counter
) -> float:
    """The median of several runs after a first one; `process_time` as the clock leaves out what others do."""
    work()
    durations_s: list[float] = []
    for _ in range(times):
        begun_s = clock()
        work()
        durations_s.append(clock() - begun_s)
    return float(np.median(durations_s)) * 1000.0
