"""One check after the other, each with its deadline."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

from firmware.health.findings import CheckResult, Device, FaultCode

LIMIT_S = 20.0  # the slowest: a garbled sensor, asked twice, and drained before
WITH_A_PERSON_S = 180.0  # somebody has to find the finger, and the lamp
A_HALT = frozenset({FaultCode.MODULE_SILENT, FaultCode.MODULE_GARBLED, FaultCode.IRIS_UNLIT})
Check = Callable[[], Awaitable[CheckResult]]


async def once_more(check: Check) -> CheckResult:
    """The check, made again where it ended as a computer that halts for half a second makes it end.

    The iris module goes dark when its terminal is silent for so long, which is no fault of the module.
    """
    result = await check()
    return await check() if result.fault in A_HALT else result


async def run_checks(checks: Mapping[Device, Check], limit_s: float = LIMIT_S) -> AsyncGenerator[CheckResult]:
    """Each result as soon as it is there; a check that does not end is a fault of its own."""
    for device, check in checks.items():
        try:
            async with asyncio.timeout(limit_s):
                result = await check()
        except TimeoutError:
            result = CheckResult(device, (), FaultCode.CHECK_STUCK, f"after {limit_s:g} s")
        yield result
