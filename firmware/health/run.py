"""One check after the other, each with its deadline."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

from firmware.health.findings import CheckResult, Device, FaultCode

LIMIT_S = 20.0  # the slowest: a garbled sensor, asked twice, and drained before
WITH_A_PERSON_S = 180.0  # somebody has to find the finger, and the lamp
Check = Callable[[], Awaitable[CheckResult]]


async def run_checks(checks: Mapping[Device, Check], limit_s: float = LIMIT_S) -> AsyncGenerator[CheckResult]:
    """Each result as soon as it is there; a check that does not end is a fault of its own."""
    for device, check in checks.items():
        try:
            async with asyncio.timeout(limit_s):
                result = await check()
        except TimeoutError:
            result = CheckResult(device, (), FaultCode.CHECK_STUCK, f"after {limit_s:g} s")
        yield result
