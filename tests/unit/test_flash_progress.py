"""The bar of a flasher: what it shows, and that it stops."""

from io import StringIO

import pytest

from host_tools.flash.faults import Interrupted
from host_tools.flash.progress import ProgressBar


class Window(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Seconds:
    """Time that passes only when told."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_bar_shows_share_pace_and_time_left() -> None:
    window, seconds = Window(), Seconds()
    bar = ProgressBar(window, seconds)

    bar.begin("writing", 400_000_000)
    seconds.now_s = 10.0
    bar.reach(100_000_000)
    bar.end()

    line = "writing              [#######                       ]  25 %    10.0 MB/s  0:30 left"
    assert window.getvalue() == f"\r{line}\x1b[K\n"


def test_without_a_terminal_every_tenth_is_one_line() -> None:
    stream = StringIO()
    bar = ProgressBar(stream, Seconds())

    bar.begin("writing", 1000)
    for done in range(0, 1001, 10):
        bar.reach(done)

    assert [line[54:59] for line in stream.getvalue().splitlines()] == [
        f"{n:3d} %" for n in range(10, 101, 10)
    ]


def test_a_bar_that_was_stopped_interrupts_the_work_at_the_next_step_reached() -> None:
    bar = ProgressBar(StringIO(), Seconds())
    bar.begin("writing", 1000)
    bar.stop()

    with pytest.raises(Interrupted, match="somebody stopped it"):
        bar.reach(10)
