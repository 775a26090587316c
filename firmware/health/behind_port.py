"""What every check of a device on a serial line begins with: the port, who else has it, what is heard."""

import errno
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from firmware.health.findings import CheckResult, Device, FaultCode
from firmware.health.port import holders_of
from hw.wire.line import ByteLine, LineLost

OpenLine = Callable[[], Awaitable[ByteLine]]


@dataclass(frozen=True, slots=True)
class PortCodes:
    """How a device's port is called when it is not there, another program has it, or it cannot be used."""

    device: Device
    missing: FaultCode
    taken: FaultCode
    unusable: FaultCode


class HeardLine:
    """A ByteLine that counts what arrives."""

    def __init__(self, line: ByteLine) -> None:
        self._line = line
        self.heard_bytes = 0

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        await self._line.write(data, timeout_s=timeout_s)

    async def read_some(self, *, timeout_s: float) -> bytes:
        data = await self._line.read_some(timeout_s=timeout_s)
        self.heard_bytes += len(data)
        return data

    def set_baud(self, baud: int) -> None:
        self._line.set_baud(baud)

    def discard_input(self) -> None:
        self._line.discard_input()

    def close(self) -> None:
        self._line.close()


async def check_behind_port(
    port: Path,
    open_line: OpenLine,
    codes: PortCodes,
    talk: Callable[[HeardLine], Awaitable[CheckResult]],
) -> CheckResult:
    """What `talk` finds on the line; a port that is missing, taken, unusable or goes away is told apart."""
    if not port.exists():
        return CheckResult(codes.device, (), codes.missing, str(port))
    if holders := holders_of(port):
        return CheckResult(codes.device, (), codes.taken, "; ".join(str(holder) for holder in holders))
    try:
        line = HeardLine(await open_line())
    except LineLost as lost:
        return _unopened(codes, lost)
    try:
        return await talk(line)
    except LineLost:
        return CheckResult(codes.device, (), codes.missing, "it went away while it was tested")
    finally:
        line.close()


def _unopened(codes: PortCodes, lost: LineLost) -> CheckResult:
    cause = lost.__cause__
    if isinstance(cause, OSError) and cause.errno == errno.EWOULDBLOCK:
        detail = "by a program of another user: sudo shows which"
        return CheckResult(codes.device, (), codes.taken, detail)
    return CheckResult(codes.device, (), codes.unusable, "" if cause is None else str(cause))
