"""A progress bar for a terminal window, and stopping at a good moment when somebody asks for it."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from host_tools.flash.faults import Interrupted

BAR_COLUMNS = 30
REPORTED_PERCENT = 10  # between two lines, where nobody watches a bar


class ProgressBar:
    """A Watch that writes to `stream`: one moving line on a terminal, else a line every tenth.

    elapsed_s: time that never jumps.
    """

    def __init__(self, stream: TextIO, elapsed_s: Callable[[], float]) -> None:
        self._stream = stream
        self._elapsed_s = elapsed_s
        self._is_terminal = stream.isatty()
        self._step, self._total_bytes, self._begun_s, self._shown_percent = "", 0, 0.0, 0
        self._is_stopped = False

    def begin(self, step: str, total_bytes: int) -> None:
        """A step begins; the one before it keeps its line."""
        self.end()
        self._step, self._total_bytes = step, max(1, total_bytes)
        self._begun_s, self._shown_percent = self._elapsed_s(), 0

    def reach(self, done_bytes: int) -> None:
        """Show it; Interrupted when `stop` was called."""
        if self._is_stopped:
            raise Interrupted("somebody stopped it", "flash the card again before it is used")
        percent = min(100, 100 * done_bytes // self._total_bytes)
        line = self._line(done_bytes, percent)
        if self._is_terminal:
            self._stream.write(f"\r{line}\x1b[K")
            self._stream.flush()
        elif percent // REPORTED_PERCENT > self._shown_percent // REPORTED_PERCENT:
            self._stream.write(f"{line}\n")
        self._shown_percent = percent

    def end(self) -> None:
        """Leave the line of the last step."""
        if self._is_terminal and self._step:
            self._stream.write("\n")
        self._step = ""

    def stop(self) -> None:
        """Let the next `reach` be the last."""
        self._is_stopped = True

    def _line(self, done_bytes: int, percent: int) -> str:
        taken_s = self._elapsed_s() - self._begun_s
        bar = "#" * (percent * BAR_COLUMNS // 100)
        pace = done_bytes / taken_s if taken_s > 0 else 0.0
        left_s = round((self._total_bytes - done_bytes) / pace) if pace > 0 else 0
        left = f"{left_s // 60}:{left_s % 60:02d} left"
        return f"{self._step:<20} [{bar:<{BAR_COLUMNS}}] {percent:3d} %  {pace / 1e6:6.1f} MB/s  {left}"


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Generator[None]:
    """Ctrl-C and SIGTERM call `stop` instead of ending the program in the midst of something."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = [(each, signal.signal(each, handle)) for each in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for each, handler in before:
            signal.signal(each, handler)
