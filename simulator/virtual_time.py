"""A loop whose time jumps to the next timer: hours in seconds, and a deadlock is an error."""

import asyncio
import selectors
from datetime import datetime, timedelta


class Deadlock(RuntimeError):
    """Everything waits and nothing is scheduled."""


class _JumpingSelector(selectors.SelectSelector):
    """Answers at once; what would have been waited is added to the time."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None:
            raise Deadlock("every task waits and no timer is set; no sockets or threads under virtual time")
        self.now_s += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop under virtual time, beginning at 0 s."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)
        self._clock_resolution = 1e-9

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._jumping.now_s


class VirtualClock:
    """A firmware.clock.Clock whose wall time follows the running loop's time from a given moment."""

    def __init__(self, begin: datetime) -> None:
        self._begin = begin

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self.elapsed_s())

    def elapsed_s(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, duration_s: float) -> None:
        await asyncio.sleep(duration_s)
