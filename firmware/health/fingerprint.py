"""Does the fingerprint sensor answer, and is it the one that the board file names?"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from firmware.health.behind_port import HeardLine, OpenLine, PortCodes, check_behind_port
from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from hw.boards.board import FingerprintBoard
from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.faults import (
    ImageDamaged,
    ParametersUnknown,
    SensorRefused,
    SensorSilent,
    TemplatesRemain,
)
from hw.fingerprint.geometry import Geometry, Source
from hw.fingerprint.image import FingerImage
from hw.fingerprint.opening import Opening
from hw.fingerprint.profiles import SensorProfile
from hw.wire.line import ByteLine

FINGER = "Lay a finger on the sensor and leave it there. Does it lie there?"
Ask = Callable[[str], Awaitable[bool]]
Size = tuple[int, int]  # columns, rows
_PORT = PortCodes(
    Device.FINGERPRINT,
    FaultCode.SENSOR_PORT_MISSING,
    FaultCode.SENSOR_PORT_TAKEN,
    FaultCode.SENSOR_PORT_UNUSABLE,
)


class TestedSensor(Protocol):
    """What the check needs of a sensor's driver."""

    @property
    def opening(self) -> Opening | None:
        """What was found when it was opened."""
        ...

    async def read_parameters(self) -> SensorParameters:
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


async def check_fingerprint(sensor: SensorUnderTest) -> CheckResult:
    """A question and one exposure; tells a missing, taken, silent, garbled and foreign sensor apart."""
    return await check_behind_port(Path(sensor.board.port), sensor.open_line, _PORT, partial(_talk, sensor))


async def _talk(sensor: SensorUnderTest, line: HeardLine) -> CheckResult:
    async def opened() -> ByteLine:
        return line

    try:
        driver = await sensor.open_sensor(opened)
        return await _questioned(driver, sensor)
    except SensorSilent:
        heard = line.heard_bytes
        silent = FaultCode.SENSOR_GARBLED if heard else FaultCode.SENSOR_SILENT
        return _fault(silent, f"{heard} bytes came, and no answer at any speed")
    except ParametersUnknown:
        return _fault(FaultCode.SENSOR_OTHER, "its parameters are those of no known sensor")
    except TemplatesRemain as remain:
        return _fault(FaultCode.SENSOR_TEMPLATES_STAY, str(remain))
    except ImageDamaged as damaged:
        return _fault(FaultCode.SENSOR_IMAGE_DAMAGED, str(damaged))
    except SensorRefused as refused:
        return _fault(FaultCode.SENSOR_REFUSES, str(refused))


async def _questioned(driver: TestedSensor, sensor: SensorUnderTest) -> CheckResult:
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
    lent, image_size = (), None
    if sensor.ask is not None:
        lent, image_size = await _imaged(driver, sensor.ask)
    finding = _found(driver.opening, sensor, image_size)
    code, detail = finding or (None, "")
    return CheckResult(Device.FINGERPRINT, (*figures, *lent), code, detail)


def _found(
    opening: Opening | None, sensor: SensorUnderTest, image_size: Size | None
) -> tuple[FaultCode, str] | None:
    """The gravest of what was put right when the sensor was opened, or cannot be; None when all was well."""
    if opening is None:
        return None
    board, geometry = sensor.board, opening.geometry
    expected = (sensor.profile.columns, sensor.profile.rows)
    told = image_size or (geometry.columns, geometry.rows)
    sizes = f"it has {told[0]}x{told[1]}, {sensor.profile.name} {expected[0]}x{expected[1]}"
    speeds = f"found at {opening.found_baud} baud, now at {opening.parameters.baud}"
    found = (
        (told[0] != expected[0], FaultCode.SENSOR_OTHER, sizes),
        (opening.templates_wiped > 0, FaultCode.SENSOR_TEMPLATES_LEFT, f"{opening.templates_wiped} wiped"),
        (told[1] != expected[1] or _is_untold(geometry, sensor.profile), FaultCode.SENSOR_SIZE_OPEN, sizes),
        (opening.parameters.baud < board.fastest_baud, FaultCode.SENSOR_SPEED_LOW, speeds),
        (opening.found_baud not in {board.baud, board.fastest_baud}, FaultCode.SENSOR_SPEED_OTHER, speeds),
    )
    return next(((code, detail) for holds, code, detail in found if holds), None)


def _is_untold(geometry: Geometry, profile: SensorProfile) -> bool:
    """Whether a model that can tell its size did not."""
    return profile.tells_geometry and geometry.source is not Source.SENSOR


async def _imaged(driver: TestedSensor, ask: Ask) -> tuple[tuple[Figure, ...], Size | None]:
    """The image of a technician's finger shows that the profile fits; it is forgotten at once."""
    if not await ask(FINGER) or not await driver.finger_is_imaged():
        return (Figure("image", "no finger"),), None
    begun_s = asyncio.get_running_loop().time()
    image = await driver.read_image()
    took_s = asyncio.get_running_loop().time() - begun_s
    if image is None:
        return (Figure("image", "given up"),), None
    rows, columns = image.pixels.shape
    return (Figure("image", f"{columns}x{rows}"), Figure("in", round(took_s, 1), "s")), (columns, rows)


def _fault(code: FaultCode, detail: str) -> CheckResult:
    return CheckResult(Device.FINGERPRINT, (), code, detail)
