"""How a visit waits for a device that broke."""

from collections.abc import Awaitable, Callable

from firmware.clock import Clock
from firmware.visit.dialogue import Dialogue
from hw.faults import DeviceFault

RECOVERY_LIMIT_S = 30.0  # a re-plugged adapter is back within seconds; after this the visit goes on without
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0)


async def bring_back(
    dialogue: Dialogue,
    clock: Clock,
    reopen: Callable[[], Awaitable[None]],
    limit_s: float = RECOVERY_LIMIT_S,
) -> None:
    """Reopen the device within the limit; the last fault is raised when it stays away."""
    before = dialogue.view
    dialogue.show(instruction="device_wait", hint=None)
    end_s = clock.elapsed_s() + limit_s
    tries = 0
    while True:
        await clock.sleep(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
        tries += 1
        try:
            await reopen()
        except DeviceFault:
            if clock.elapsed_s() >= end_s:
                raise
        else:
            break
    dialogue.show(instruction=before.instruction, hint=before.hint)
