"""The iris module's own program under the real MicroPython, behind a pseudo-terminal, in a world."""

import asyncio
import os
import sys
import tty
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = Path(__file__).parents[1] / "firmware/iris_coprocessor"
BOARD = Path(__file__).parent / "micropython"
HEAP = "256k"  # what the RP2040 has in all; the sources are compiled on it too, which a board never does
RESET_EXIT = 3  # of simulator/micropython/machine.py, by program or watchdog
POWER_ON, BY_WATCHDOG = 1, 3  # machine.reset_cause() of the RP2
TOLD_AT_MOST = 100_000
READ_AT_MOST_BYTES = 65_536

_RUN = "import sys, micropython_unix as unix; sys.argv[0] = 'micropython'; sys.exit(unix.main())"


class ProgramCrashed(Exception):
    """The program ended by itself, which no board's program does."""


def micropython() -> list[str]:
    """The command of MicroPython's unix port; MICROPYTHON_BIN names another one."""
    other = os.environ.get("MICROPYTHON_BIN")
    return [other] if other else [sys.executable, "-c", _RUN]


@dataclass(frozen=True, slots=True)
class Told:
    """What the board's world has said. at_us: of the machine's clock since 1970."""

    at_us: int
    what: str
    values: tuple[int, ...]


@dataclass(slots=True)
class Surroundings:
    """What surrounds a board: settings by name (`simulator/micropython/world.py`), and what it said."""

    settings: dict[str, int] = field(default_factory=dict[str, int])
    told: list[Told] = field(default_factory=list[Told])
    _hand: int = -1
    _ear: int = -1
    _rest: bytes = b""

    def set(self, **settings: int) -> None:
        """Change the world from now on, over resets too."""
        self.settings |= settings
        if self._hand >= 0:
            os.write(self._hand, b"".join(f"{name} {value}\n".encode() for name, value in settings.items()))

    def of(self, *whats: str) -> list[Told]:
        """What has been told of that kind so far, in order."""
        self._listen()
        return [each for each in self.told if each.what in whats]

    def ends_for(self, hand: int, ear: int) -> None:
        """The pipes of a board that starts; nothing is written but to a live one."""
        self._hand, self._ear, self._rest = hand, ear, b""

    def as_words(self) -> str:
        """The settings for a board that starts."""
        return ",".join(f"{name}={value}" for name, value in self.settings.items())

    def _listen(self) -> None:
        while self._ear >= 0 and (data := _read_now(self._ear)):
            *lines, self._rest = (self._rest + data).split(b"\n")
            self.told += [_told(line.decode()) for line in lines]
            del self.told[:-TOLD_AT_MOST]


def _read_now(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, READ_AT_MOST_BYTES)
    except BlockingIOError:
        return b""


def _told(line: str) -> Told:
    at_us, what, *values = line.split()
    return Told(int(at_us), what, tuple(int(value) for value in values))


class ModuleBoard:
    """A board that starts its program again after each reset, as hardware does. files: its memory."""

    def __init__(self, uart: int, program: Path, files: Path, around: Surroundings) -> None:
        self.around = around
        self.files = files
        self._uart = uart
        self._program = program
        self._process: Process | None = None

    async def run(self) -> None:
        """Power it until cancelled; ProgramCrashed when the program ends in any other way than a reset."""
        cause = POWER_ON
        while True:
            code = await self._start_and_wait(cause)
            if code > 0 and code != RESET_EXIT:
                raise ProgramCrashed(f"exit code {code}")
            cause = BY_WATCHDOG if code == RESET_EXIT else POWER_ON

    def signal(self, number: int) -> None:
        """Halt it, let it go on, or kill it, which is a loss of power."""
        if self._process is not None:
            self._process.send_signal(number)

    async def _start_and_wait(self, cause: int) -> int:
        theirs, hand = os.pipe()
        ear, mouth = os.pipe()
        for end in (ear, theirs):
            os.set_blocking(end, False)
        self.around.ends_for(hand, ear)
        told = {
            "MICROPYPATH": f"{BOARD}:.frozen",  # after the folder of main.py, which is the board's root
            "SIM_UART0": str(self._uart),
            "SIM_RESET_CAUSE": str(cause),
            "SIM_WORLD": self.around.as_words(),
            "SIM_HAND": str(theirs),
            "SIM_TOLD": str(mouth),
        }
        try:
            return await self._run_with(told, [self._uart, theirs, mouth])
        finally:
            self.around.of()
            self.around.ends_for(-1, -1)
            for end in (theirs, hand, ear, mouth):
                os.close(end)

    async def _run_with(self, told: Mapping[str, str], passed: list[int]) -> int:
        self._process = process = await asyncio.create_subprocess_exec(
            *micropython(),
            *("-X", f"heapsize={HEAP}", str(self._program / "main.py")),
            env=os.environ | told,
            cwd=self.files,
            stdin=DEVNULL,
            start_new_session=True,  # else Ctrl-C would reach the board's program, which no cable carries
            pass_fds=passed,
        )
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


@asynccontextmanager
async def iris_module(
    program: Path = PROGRAM, settings: Mapping[str, int] | None = None
) -> AsyncGenerator[tuple[Path, ModuleBoard]]:
    """What a driver opens, and the board behind it, until the block ends."""
    near, far = os.openpty()
    tty.setraw(far)  # held open, so that drivers may come and go
    os.set_blocking(near, False)
    with TemporaryDirectory() as files:
        board = ModuleBoard(near, program, Path(files), Surroundings(dict(settings or {})))
        try:
            async with asyncio.TaskGroup() as group:
                power = group.create_task(board.run())
                yield Path(os.ttyname(far)), board
                power.cancel()
        finally:
            os.close(near)
            os.close(far)
