"""Is there room on the disk, and does it keep what is written?"""

import asyncio
import errno
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.outbox.disk import Disk
from firmware.outbox.vault import FREE_TO_BEGIN_BYTES
from firmware.workers import ImageWorkers, JobKind

PROBE_NAME = "selftest.probe"
PROBE_BYTES = 256 << 10  # a sealed fingerprint
PROBES = 5
SLOW_MS = 500.0  # a visit writes thirteen artefacts and waits for each

_CODES = {
    errno.ENOSPC: FaultCode.DISK_FULL,
    errno.EDQUOT: FaultCode.DISK_FULL,
    errno.EROFS: FaultCode.DISK_READ_ONLY,
    errno.ENOENT: FaultCode.DISK_FOLDER,
    errno.ENOTDIR: FaultCode.DISK_FOLDER,
    errno.EACCES: FaultCode.DISK_FOLDER,
    errno.EPERM: FaultCode.DISK_FOLDER,
}


@dataclass(frozen=True, slots=True)
class DiskUnderTest:
    """The disk of a state folder."""

    state: Path
    disk: Disk
    free_bytes: Callable[[Path], int]
    workers: ImageWorkers


async def check_disk(tested: DiskUnderTest) -> CheckResult:
    """Write a probe a few times, durably, and remove it; records are not touched."""
    figures: tuple[Figure, ...] = ()
    try:
        free = tested.free_bytes(tested.state)
        figures = (Figure("free", round(free / 1e6), "MB"),)
        writes_ms = await _written_ms(tested)
    except OSError as error:
        code = _CODES.get(error.errno or 0, FaultCode.DISK_BROKEN)
        return CheckResult(Device.DISK, figures, code, f"{tested.state}: {error.strerror}")
    figures += (
        Figure("durable write", round(median(writes_ms), 1), "ms"),
        Figure("slowest", round(max(writes_ms), 1), "ms"),
    )
    return CheckResult(Device.DISK, figures, _fault(free, median(writes_ms)))


def _fault(free_bytes: int, write_ms: float) -> FaultCode | None:
    if free_bytes < FREE_TO_BEGIN_BYTES:
        return FaultCode.DISK_FULL
    return FaultCode.DISK_SLOW if write_ms > SLOW_MS else None


async def _written_ms(tested: DiskUnderTest) -> list[float]:
    now_s = asyncio.get_running_loop().time
    probe = tested.state / PROBE_NAME
    took_ms: list[float] = []
    try:
        for _ in range(PROBES):
            begun_s = now_s()
            await tested.workers.run(JobKind.SEAL, partial(tested.disk.write, probe, bytes(PROBE_BYTES)))
            took_ms.append((now_s() - begun_s) * 1e3)
    finally:
        await tested.workers.run(JobKind.SEAL, partial(_removed, tested.disk, probe))
    return took_ms


def _removed(disk: Disk, probe: Path) -> None:
    if probe.exists():
        disk.remove(probe)
