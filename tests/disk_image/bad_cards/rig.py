"""A bad card as a real block device: a FUSE file with faults under a loop device."""

import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.disk_image.bad_cards.bad_card import NAME, Faults, to_json

ROOT = Path(__file__).parents[3]
PATIENCE_S = 20.0
BOOT_BYTES = 4096  # with the boot sector and the header of a partition table


@dataclass(frozen=True)
class Rig:
    """device: what a flasher sees. memory: what the card truly holds."""

    device: Path
    memory: Path


@contextmanager
def bad_card(folder: Path, memory_bytes: int, faults: Faults) -> Generator[Rig]:
    """A card that held an old system, until the block ends; leaves no process, mount or loop device."""
    memory, mountpoint = folder / "memory", folder / "mount"
    memory.write_bytes(b"old!" * (memory_bytes // 4))
    mountpoint.mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(_server(mountpoint, memory, faults))
        stack.callback(_run, "fusermount3", "-u", "-z", mountpoint)
        assert server.stdout is not None
        assert server.stdout.readline() == b"mounted\n"
        device = _run("losetup", "--find", "--show", mountpoint / NAME)
        stack.callback(_run, "losetup", "--detach", device)
        yield Rig(Path(device), memory)


def starts_nothing(card: Path) -> bool:
    """The place of `card` where a computer begins to read is empty."""
    return card.read_bytes()[:BOOT_BYTES] == bytes(BOOT_BYTES)


def missing() -> str:
    """What this machine lacks to build the rig; "" when it can."""
    if not Path("/dev/fuse").exists() or shutil.which("fusermount3") is None:
        return "FUSE"
    try:
        return "" if _run("losetup", "--find") else "a loop device"
    except subprocess.CalledProcessError:
        return "root, for loop devices"


@contextmanager
def _server(mountpoint: Path, memory: Path, faults: Faults) -> Generator[subprocess.Popen[bytes]]:
    command = [
        sys.executable,
        "-m",
        "tests.disk_image.bad_cards.bad_card",
        mountpoint,
        memory,
        to_json(faults),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as server:
        try:
            yield server
            server.wait(PATIENCE_S)  # it ends by itself once it is unmounted
        finally:
            server.kill()


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_S)
    return done.stdout.strip()
