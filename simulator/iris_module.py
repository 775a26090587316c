"""The iris module's own program under the real MicroPython, behind a pseudo-terminal."""

import asyncio
import os
import sys
import tty
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "firmware/iris_coprocessor"
BOARD = Path(__file__).parent / "micropython"
HEAP = "64k"  # a third of what the RP2040 leaves to a program
RESET_EXIT, WATCHDOG_EXIT = 0, 3  # of simulator/micropython/machine.py
POWER_ON, BY_WATCHDOG = 1, 3  # machine.reset_cause() of the RP2


_RUN = "import sys, micropython_unix as unix; sys.argv[0] = 'micropython'; sys.exit(unix.main())"


class ProgramCrashed(Exception):
    """The program ended by itself, which no board's program does."""


def micropython() -> list[str]:
    """The command of MicroPython's unix port; MICROPYTHON_BIN names another one."""
    other = os.environ.get("MICROPYTHON_BIN")
    return [other] if other else [sys.executable, "-c", _RUN]


class ModuleBoard:
    """A board that starts its program again after each reset, as hardware does."""

    def __init__(self, uart: int, program: Path) -> None:
        self._uart = uart
        self._program = program
        self._process: Process | None = None

    async def run(self) -> None:
        """Power it until cancelled; ProgramCrashed when the program ends in any other way than a reset."""
        cause = POWER_ON
        while True:
            code = await self._start_and_wait(cause)
            if code > 0 and code != WATCHDOG_EXIT:
                raise ProgramCrashed(f"exit code {code}")
            cause = BY_WATCHDOG if code == WATCHDOG_EXIT else POWER_ON

    def signal(self, number: int) -> None:
        """Halt it, let it go on, or kill it, which is a loss of power."""
        if self._process is not None:
            self._process.send_signal(number)

    async def _start_and_wait(self, cause: int) -> int:
        path = f"{BOARD}:{self._program}:.frozen"
        told = {"MICROPYPATH": path, "SIM_UART0": str(self._uart), "SIM_RESET_CAUSE": str(cause)}
        self._process = process = await asyncio.create_subprocess_exec(
            *micropython(),
            *("-X", f"heapsize={HEAP}", str(self._program / "main.py")),
            env=os.environ | told,
            stdin=DEVNULL,
            start_new_session=True,  # else Ctrl-C would reach the board's program, which no cable carries
            pass_fds=[self._uart],
        )
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


@asynccontextmanager
async def iris_module(program: Path = PROGRAM) -> AsyncGenerator[tuple[Path, ModuleBoard]]:
    """What a driver opens, and the board behind it, until the block ends."""
    near, far = os.openpty()
    tty.setraw(far)  # held open, so that drivers may come and go
    os.set_blocking(near, False)
    board = ModuleBoard(near, program)
    try:
        async with asyncio.TaskGroup() as group:
            power = group.create_task(board.run())
            yield Path(os.ttyname(far)), board
            power.cancel()
    finally:
        os.close(near)
        os.close(far)
