"""Who else has a port open, as /proc tells."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PTY_MAJORS = range(136, 144)  # Unix98 pseudo-terminals, Documentation/admin-guide/devices.txt
_PTMX = "/dev/ptmx", "/dev/pts/ptmx"


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a port open."""

    name: str
    pid: int

    def __str__(self) -> str:
        return f"{self.name}, process {self.pid}"


def holders_of(port: Path) -> tuple[Holder, ...]:
    """The other processes that may read `port`; those of other users only when this process may see them.

    The process at the near end of a pseudo-terminal is the device itself and does not count.
    """
    device = port.stat().st_rdev
    others = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    found = (_holder(pid, device) for pid in others if pid != os.getpid())
    return tuple(holder for holder in found if holder is not None)


def _holder(pid: int, device: int) -> Holder | None:
    """That process when it has the device open; None also when it has gone or may not be looked at."""
    with suppress(OSError):
        process = Path("/proc", str(pid))
        opened = tuple(_opened(process / "fd"))
        if any(_is_device(file, device) for file in opened) and not _is_near_end(process, opened, device):
            return Holder((process / "comm").read_text("utf-8", "replace").strip(), pid)
    return None


def _opened(folder: Path) -> Iterator[Path]:
    for file in folder.iterdir():
        with suppress(OSError):
            if file.readlink().is_relative_to("/dev"):
                yield file


def _is_device(file: Path, device: int) -> bool:
    with suppress(OSError):
        return file.stat().st_rdev == device
    return False


def _is_near_end(process: Path, opened: tuple[Path, ...], device: int) -> bool:
    if os.major(device) not in _PTY_MAJORS:
        return False
    number = (os.major(device) - _PTY_MAJORS.start) * 256 + os.minor(device)
    near_ends = (file for file in opened if str(file.readlink()) in _PTMX)
    return any(_terminal_number(process / "fdinfo" / file.name) == number for file in near_ends)


def _terminal_number(information: Path) -> int | None:
    found = re.search(r"^tty-index:\s*(\d+)$", information.read_text("utf-8"), re.MULTILINE)
    return None if found is None else int(found[1])
