"""Does the fingerprint sensor answer, and is it the one that the board file names?"""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.health.port import holders_of
from hw.boards.board import FingerprintBoard
from hw.fingerprint.faults import ImageDamaged, ParametersUnknown, SensorRefused, SensorSilent
from hw.fingerprint.image import FingerImage
from hw.fingerprint.profiles import SensorProfile
from hw.wire.line import ByteLine, LineLost

FINGER = "Lay a finger on the sensor and leave it there. Does it lie there?"
OpenLine = Callable[[], Awaitable[ByteLine]]
Ask = Callable[[str], Awaitable[bool]]


class Answer(Protocol):
    """What a sensor says of its line."""

    @property
    def baud(self) -> int:
        """Speed of the line."""
        ...

    @property
    def packet_bytes(self) -> int:
        """Content of one data packet."""
        ...


class TestedSensor(Protocol):
    """What the check needs of a sensor's driver."""

    async def read_parameters(self) -> Answer:
        """What the sensor says of itself."""
        ...

    async def finger_is_imaged(self) -> bool:
        """Ask for one exposure; False when no finger lies on the plate."""
        ...

    async def read_image(self) -> FingerImage | None:
        """The image of the last exposure; ImageDamaged when it does not come whole."""
        ...

    def close(self) -> None:
        """Give the line back."""
        ...


@dataclass(frozen=True, slots=True)
class SensorUnderTest:
    """A sensor as the board file names it, how line and driver are opened, and who can lend a finger."""

    board: FingerprintBoard
    profile: SensorProfile
    open_line: OpenLine
    open_sensor: Callable[[OpenLine], Awaitable[TestedSensor]]
    ask: Ask | None


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


async def check_fingerprint(sensor: SensorUnderTest) -> CheckResult:
    """A question and one exposure; tells a missing, taken, silent, garbled and foreign sensor apart."""
    port = Path(sensor.board.port)
    if not port.exists():
        return _fault(FaultCode.SENSOR_PORT_MISSING, str(port))
    if holders := holders_of(port):
        return _fault(FaultCode.SENSOR_PORT_TAKEN, "; ".join(str(holder) for holder in holders))
    try:
        line = HeardLine(await sensor.open_line())
    except LineLost as lost:
        return _unopened(lost)
    try:
        return await _talk(sensor, line)
    except LineLost:
        return _fault(FaultCode.SENSOR_PORT_MISSING, "it went away while it was tested")
    finally:
        line.close()


async def _talk(sensor: SensorUnderTest, line: HeardLine) -> CheckResult:
    async def opened() -> ByteLine:
        return line

    try:
        driver = await sensor.open_sensor(opened)
        return await _questioned(driver, sensor)
    except SensorSilent:
        heard = line.heard_bytes
        silent = FaultCode.SENSOR_GARBLED if heard else FaultCode.SENSOR_SILENT
        return _fault(silent, f"{heard} bytes came at {sensor.board.baud} baud")
    except ParametersUnknown:
        return _fault(FaultCode.SENSOR_OTHER, "its parameters are those of no known sensor")
    except ImageDamaged as damaged:
        return _fault(FaultCode.SENSOR_IMAGE_DAMAGED, str(damaged))
    except SensorRefused as refused:
        return _fault(FaultCode.SENSOR_REFUSES, str(refused))


async def _questioned(driver: TestedSensor, sensor: SensorUnderTest) -> CheckResult:
    profile = sensor.profile
    begun_s = asyncio.get_running_loop().time()
    answer = await driver.read_parameters()
    took_ms = (asyncio.get_running_loop().time() - begun_s) * 1e3
    plate = "a finger or dirt" if await driver.finger_is_imaged() else "empty"
    figures = (
        Figure("answer", round(took_ms, 1), "ms"),
        Figure("speed", answer.baud, "baud"),
        Figure("packets", answer.packet_bytes, "bytes"),
        Figure("plate", plate),
    )
    if (answer.baud, answer.packet_bytes) != (profile.baud, profile.packet_bytes):
        wanted = f"{profile.name} has {profile.baud} baud and packets of {profile.packet_bytes} bytes"
        return CheckResult(Device.FINGERPRINT, figures, FaultCode.SENSOR_OTHER, wanted)
    lent = () if sensor.ask is None else await _imaged(driver, sensor.ask)
    return CheckResult(Device.FINGERPRINT, (*figures, *lent))


async def _imaged(driver: TestedSensor, ask: Ask) -> tuple[Figure, ...]:
    """The image of a technician's finger shows that the profile fits; it is forgotten at once."""
    if not await ask(FINGER) or not await driver.finger_is_imaged():
        return (Figure("image", "no finger"),)
    begun_s = asyncio.get_running_loop().time()
    image = await driver.read_image()
    took_s = asyncio.get_running_loop().time() - begun_s
    if image is None:
        return (Figure("image", "given up"),)
    rows, columns = image.pixels.shape
    return (Figure("image", f"{columns}x{rows}"), Figure("in", round(took_s, 1), "s"))


def _unopened(lost: LineLost) -> CheckResult:
    cause = lost.__cause__
    if isinstance(cause, OSError) and cause.errno == errno.EWOULDBLOCK:
        return _fault(FaultCode.SENSOR_PORT_TAKEN, "by a program of another user: sudo shows which")
    return _fault(FaultCode.SENSOR_PORT_UNUSABLE, "" if cause is None else str(cause))


def _fault(code: FaultCode, detail: str) -> CheckResult:
    return CheckResult(Device.FINGERPRINT, (), code, detail)
