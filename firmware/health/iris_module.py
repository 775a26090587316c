"""Does the iris module answer, is it whole, and does the iris camera follow its trigger?

The module's own self-test lights each string of LEDs for some milliseconds, within what it allows itself.
"""

import asyncio
from functools import partial

from firmware.health.behind_port import HeardLine, PortCodes, check_behind_port
from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.health.module_under_test import ModuleUnderTest, TestedModule
from firmware.health.trigger import ending_code, follow
from hw.faults import DeviceFault
from hw.iris.faults import ModuleBroken, ModuleForeign, ModuleRefused, ModuleRestarted, ModuleSilent
from hw.iris.messages import Code, Faults, Identity, ModuleStatus, SelfTest
from hw.wire.line import ByteLine

ROUND_TRIPS = 5
BUSY_S = 3.0  # it rests a second after a session, and between two self-tests
BUSY_STEP_S = (
    0.7  # every question keeps a session alive that a dead booth left: it ends after 0.5 s of silence
)
FIRST_READING_S, READING_STEP_S = 1.0, 0.1  # of a distance sensor that has just been woken
RESTARTED_S = 0.2  # its clock may lag so far behind ours
STRINGS = ("left", "right", "between")
Found = tuple[FaultCode, str]
_PORT = PortCodes(
    Device.IRIS_MODULE,
    FaultCode.MODULE_PORT_MISSING,
    FaultCode.MODULE_PORT_TAKEN,
    FaultCode.MODULE_PORT_UNUSABLE,
)
_BUSY = frozenset({Code.INVALID_STATE, Code.IN_PROGRESS})
_OF_EARLIER = Faults.HOST_LOST | Faults.TRIGGER_LOST  # they ended an earlier session, and forbid nothing
_CODES = (
    (Faults.CFG_CRC, FaultCode.MODULE_PROGRAM_DAMAGED),
    (Faults.LED_SHORT, FaultCode.MODULE_LED_SHORT),
    (Faults.RAIL_TRIPPED, FaultCode.MODULE_RAIL),  # without it no string and no one-shot can be tried
    (Faults.ONE_SHOT_FAIL, FaultCode.MODULE_ONE_SHOT),
    (Faults.TOF_FAIL | Faults.TOF_STALE, FaultCode.MODULE_RANGER),
    (Faults.OVERTEMP, FaultCode.MODULE_HOT),
    (Faults.LED_OPEN, FaultCode.MODULE_LED_OPEN),
)


async def check_iris_module(module: ModuleUnderTest) -> CheckResult:
    """Its self-test and a second of light; tells whose fault it is when its frames do not come."""
    return await check_behind_port(module.port, module.open_line, _PORT, partial(_talk, module))


async def _talk(module: ModuleUnderTest, line: HeardLine) -> CheckResult:
    async def opened() -> ByteLine:
        return line

    try:
        tested = await module.open_module(opened)
    except ModuleSilent:
        silent = FaultCode.MODULE_GARBLED if line.heard_bytes else FaultCode.MODULE_SILENT
        return _result((), (silent, f"{line.heard_bytes} bytes came, and no answer"))
    except (ModuleForeign, ModuleRefused) as fault:
        return _result((), _called(fault))
    try:
        return await _examined(module, tested)
    except (ModuleBroken, ModuleForeign, ModuleRefused, ModuleRestarted, ModuleSilent) as fault:
        return _result((), _called(fault))


async def _examined(module: ModuleUnderTest, tested: TestedModule) -> CheckResult:
    begun_s = asyncio.get_running_loop().time()
    identity, round_trip_s = await tested.hello(), await _round_trip_s(tested)
    test, status = await _self_tested(tested), await _with_a_reading(tested)
    figures = (*_figures(identity, round_trip_s, status), *_of_the_leds(test))
    if status.up_ms * 1e-3 + RESTARTED_S < asyncio.get_running_loop().time() - begun_s:
        return _result(figures, (FaultCode.MODULE_RESTARTS, "while it was tested"))
    found = _found(status.faults, test)
    if found is not None and found[0] is not FaultCode.MODULE_LED_OPEN:
        return _result(figures, found)
    followed = await follow(module, tested)
    return _result((*figures, *followed.figures), found or followed.fault)


async def _round_trip_s(tested: TestedModule) -> float:
    """Of the quickest of some exchanges; ModuleSilent when the last of them is lost too."""
    quickest_s = float("inf")
    for left in reversed(range(ROUND_TRIPS)):
        try:
            quickest_s = min(quickest_s, (await tested.exchange()).round_trip_s)
        except ModuleSilent:
            if not left:
                raise
    return quickest_s


async def _self_tested(tested: TestedModule) -> SelfTest | None:
    """Ask again while it rests; None when it may not light now; ModuleRefused when it goes on refusing."""
    loop = asyncio.get_running_loop()
    end_s = loop.time() + BUSY_S
    while True:
        try:
            return await tested.self_test()
        except ModuleRefused as refused:
            if refused.code is Code.FORBIDDEN:
                return None
            if refused.code not in _BUSY or loop.time() >= end_s:
                raise
        await asyncio.sleep(BUSY_STEP_S)


async def _with_a_reading(tested: TestedModule) -> ModuleStatus:
    """Its status, once the distance sensor has read anything, or not in its time."""
    loop = asyncio.get_running_loop()
    end_s = loop.time() + FIRST_READING_S
    while (status := await tested.status()).faults & Faults.TOF_STALE and loop.time() < end_s:
        await asyncio.sleep(READING_STEP_S)
    return status


def _figures(identity: Identity, round_trip_s: float, status: ModuleStatus) -> tuple[Figure, ...]:
    away = "nobody" if status.distance_mm is None else status.distance_mm
    return (
        Figure("program", ".".join(str(number) for number in identity.program)),
        Figure("answer", round(round_trip_s * 1e3, 1), "ms"),
        Figure("up", round(status.up_ms / 60_000, 1), "min"),
        Figure("temperature", status.temperature_c, "°C"),
        Figure("distance", away, "" if status.distance_mm is None else "mm"),
    )


def _of_the_leds(test: SelfTest | None) -> tuple[Figure, ...]:
    if test is None:
        return ()
    names = zip(STRINGS, test.lines, strict=False)
    currents = (Figure(name, line.current_ma, "mA") for name, line in names)
    return (*currents, Figure("one-shot", round(test.one_shot_us * 1e-3, 1), "ms"))


def _found(faults: Faults, test: SelfTest | None) -> Found | None:
    """The first cause of what it says of itself. test: None when it would not light, which has a cause."""
    lines = () if test is None else test.lines
    dead = [name for name, line in zip(STRINGS, lines, strict=False) if not line.is_whole]
    if dead and test is not None and not test.one_shot_us:
        faults &= ~Faults.ONE_SHOT_FAIL  # nobody saw its pulse
    code = next((code for fault, code in _CODES if fault & faults), None)
    if test is None:
        code = code or ending_code(faults & ~_OF_EARLIER) or FaultCode.MODULE_REFUSES
    if code is None:
        return None
    is_of_leds = code in {FaultCode.MODULE_LED_OPEN, FaultCode.MODULE_LED_SHORT}
    return code, f"the string {', '.join(dead)}" if dead and is_of_leds else f"it says {faults.name}"


def _called(fault: DeviceFault) -> Found:
    match fault:
        case ModuleBroken():
            code = next((code for each, code in _CODES if each & fault.faults), FaultCode.MODULE_REFUSES)
        case ModuleForeign():
            code = FaultCode.MODULE_OTHER
        case ModuleRestarted():
            code = FaultCode.MODULE_RESTARTS
        case ModuleSilent():
            code = FaultCode.MODULE_SILENT
        case _:
            code = FaultCode.MODULE_REFUSES
    return code, str(fault)


def _result(figures: tuple[Figure, ...], found: Found | None) -> CheckResult:
    code, detail = found or (None, "")
    return CheckResult(Device.IRIS_MODULE, figures, code, detail)
