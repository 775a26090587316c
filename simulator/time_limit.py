"""A limit on the CPU time of a block, for code under virtual time that never ends."""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType


class TimeLimitReached(SystemExit):
    """The block took too long; a SystemExit, because an event loop hands no other exception on at once."""


@contextmanager
def cpu_limit(limit_s: float) -> Generator[None]:
    """Raise TimeLimitReached in the block after `limit_s` of CPU time; in the main thread only."""

    def reached(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise TimeLimitReached(f"{limit_s:g} s of CPU were not enough")

    before = signal.signal(signal.SIGPROF, reached)
    signal.setitimer(signal.ITIMER_PROF, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)
