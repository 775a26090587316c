"""What finding minutiae and comparing two prints costs, beside MINDTCT and Bozorth3 where they are."""

from collections.abc import Iterator
from functools import partial
from time import process_time

import cv2

from tests.bench.rows import Row
from tests.bench.timing import median_ms
from tests.matching.drawn import drawn
from tests.matching.matchers import Matcher, matchers

_cpu_ms = partial(median_ms, clock=process_time)  # a busy machine makes less of a difference


def _costs(matcher: Matcher) -> tuple[float, float]:
    """Milliseconds a print of 388 × 374 and a pair of such prints."""
    one, other = (drawn(1, turn=turn, shape=(374, 388)) for turn in (0.0, 0.2))
    templates = matcher.template(one), matcher.template(other)
    return _cpu_ms(lambda: matcher.template(one)), _cpu_ms(lambda: matcher.score(*templates))


def rows() -> Iterator[Row]:
    """A print, and a pair."""
    cv2.setNumThreads(1)
    ours, *peers = (_costs(make()) for make in matchers())
    beside = (
        [f"MINDTCT {print_ms:.3g}" for print_ms, _ in peers],
        [f"Bozorth3 {pair_ms:.3g}" for _, pair_ms in peers],
    )
    yield Row("minutiae of a print, 388 × 374", ours[0], "ms", "≤ 25", " ".join(beside[0]))
    yield Row("are two prints of one finger", ours[1], "ms", "≤ 5", " ".join(beside[1]))
