"""A MicroPython board on a port, by way of mpremote.

Always with `resume`: without it mpremote resets the board first, and a program that starts is in the way.
"""

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from firmware.clock import SystemClock
from host_tools.flash.faults import FlashFault

TIMEOUT_S = 20.0  # of one errand; the slowest, copying a file, takes one second
STARTS_WITHIN_S = 15.0  # from a reset until the port is back
PAUSE_S = 0.5
_HINT = "check the cable, close other programs on the port, and that MicroPython is on the board"
_SHA256 = re.compile(r"^[0-9a-f]{64}$", re.MULTILINE)


class BoardFault(FlashFault):
    """The board does not do what it is told."""


class Board:
    """One board; every errand is a process of its own with a deadline."""

    def __init__(self, port: str) -> None:
        self._port = port

    def reset(self) -> None:
        """Start it anew; until a terminal speaks to it, its watchdog rests."""
        self._run("reset")

    async def answers(self) -> None:
        """Wait until it takes errands; BoardFault when it does not in time.

        A board resets a tenth of a second after it was told to; what is said until then is lost.
        """
        clock = SystemClock()
        end_s = clock.elapsed_s() + STARTS_WITHIN_S
        while clock.elapsed_s() < end_s:
            await clock.sleep(PAUSE_S)
            with suppress(BoardFault):
                self._run("exec", "pass")
                return
        self._run("exec", "pass")

    def names(self) -> set[str]:
        """The names in the board's root folder."""
        return {line.split()[-1] for line in self._run("fs", "ls").splitlines()[1:] if line.strip()}

    def remove(self, name: str) -> None:
        """Remove one file."""
        self._run("fs", "rm", f":{name}")

    def copy(self, file: Path) -> str:
        """Copy one file to the root folder; the hash, in hex, of what the board then reads back itself."""
        name = f":{file.name}"
        said = self._run("fs", "cp", str(file), name, "+", "fs", "sha256sum", name)
        found = _SHA256.search(said)
        return found.group() if found else ""

    def _run(self, *words: str) -> str:
        command = [sys.executable, "-m", "mpremote", "connect", self._port, "resume", *words]
        try:
            done = subprocess.run(  # noqa: S603 (no shell, our own words)
                command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise BoardFault(f"{self._port} does not answer `{' '.join(words)}`", _HINT) from error
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().splitlines()[-1:]
            words_said = "".join(each for each in "".join(said) if each.isprintable())
            raise BoardFault(f"{self._port}, `{' '.join(words)}`: {words_said}", _HINT)
        return done.stdout
