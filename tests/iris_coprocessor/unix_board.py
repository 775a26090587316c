"""A MicroPython board on a port, made of the unix port: files in a folder, a console, a UART, and resets."""

import os
import select
import signal
import subprocess
import threading
import tty
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.iris_module import BOARD, HEAP, micropython

READ_AT_MOST_BYTES = 4096
INTERRUPT = b"\x03"  # Ctrl-C on the console interrupts a board's program
PROMPT = b">>> "


@dataclass(frozen=True)
class UnixBoard:
    """port: of its console, for mpremote. link: of its UART. files: its file system."""

    port: str
    link: str
    files: Path


@contextmanager
def unix_board(files: Path) -> Generator[UnixBoard]:
    """Powered until the block ends; runs main.py after each reset when there is one."""
    ends = [os.openpty() for _ in range(3)]
    for near, far in ends:
        tty.setraw(near)
        tty.setraw(far)
    (near, _), (console, console_far), (uart, uart_far) = ends
    os.set_blocking(uart, False)
    off_read, off = os.pipe()
    power = threading.Thread(target=_run, args=(files, near, console, ends[0][1], uart, off_read))
    power.start()
    try:
        yield UnixBoard(os.ttyname(console_far), os.ttyname(uart_far), files)
    finally:
        os.close(off)
        power.join()
        for each in (*(end for pair in ends for end in pair), off_read):
            os.close(each)


def _run(files: Path, near: int, console: int, stdio: int, uart: int, off: int) -> None:
    """Start it after each reset; return when the power goes off."""
    while True:
        program = ["main.py"] if (files / "main.py").exists() else []
        if not _serve(_start(files, program, stdio, uart), near, console, off, is_running=bool(program)):
            return


def _start(files: Path, program: list[str], stdio: int, uart: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*micropython(), "-i", "-X", f"heapsize={HEAP}", *program],
        cwd=files,
        env=os.environ | {"MICROPYPATH": f"{BOARD}:.frozen", "SIM_UART0": str(uart)},
        stdin=stdio,
        stdout=stdio,
        stderr=stdio,
        pass_fds=[uart],
        start_new_session=True,
    )


def _serve(
    process: "subprocess.Popen[bytes]", near: int, console: int, off: int, *, is_running: bool
) -> bool:
    """Carry bytes between the board and its console until it resets; False when the power goes off.

    is_running: a program has the console, and Ctrl-C interrupts it until it has given way to a prompt: one
    that comes while it still starts may be lost.
    """
    ended = os.pidfd_open(process.pid)
    said = b""
    try:
        while True:
            ready, _, _ = select.select([near, console, ended, off], [], [])
            if off in ready or ended in ready:
                return off not in ready
            if near in ready:
                new = os.read(near, READ_AT_MOST_BYTES)
                said = (said + new)[-len(new) - len(PROMPT) :]
                is_running = is_running and PROMPT not in said
                os.write(console, new)
            if console in ready:
                typed = os.read(console, READ_AT_MOST_BYTES)
                if is_running and INTERRUPT in typed:
                    process.send_signal(signal.SIGINT)
                os.write(near, typed)
    finally:
        os.close(ended)
        process.kill()
        process.wait()
