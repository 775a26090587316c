"""Between people: the terminal invites, and minds the place where portraits are taken."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from firmware.clock import Clock
from firmware.health.findings import FaultCode
from firmware.health.scene import SceneSeen
from firmware.visit.dialogue import Dialogue

_log = logging.getLogger(__name__)

LOOK_EVERY_S = 10.0
CERTAIN_LOOKS = 2  # alike, one after the other: somebody may have walked through the picture

Look = Callable[[], Awaitable[SceneSeen | None]]
"""What the scene is like without a person; None when that cannot be told now."""


async def invite(dialogue: Dialogue, look: Look, clock: Clock) -> None:
    """Invite until somebody comes; meanwhile an attendant is told, once, what is wrong with the scene."""
    async with asyncio.TaskGroup() as meanwhile:
        minding = meanwhile.create_task(_mind_the_scene(dialogue, look, clock))
        await dialogue.wait_for_start()
        minding.cancel()


async def _mind_the_scene(dialogue: Dialogue, look: Look, clock: Clock) -> None:
    looks: list[FaultCode | None] = []
    while True:
        await clock.sleep(LOOK_EVERY_S)
        seen = await look()
        if seen is None:
            continue
        looks = [*looks, seen.fault][-CERTAIN_LOOKS:]
        if len(looks) == CERTAIN_LOOKS and len(set(looks)) == 1:
            _tell(dialogue, seen)


def _tell(dialogue: Dialogue, seen: SceneSeen) -> None:
    attention = None if seen.fault is None else seen.fault.value
    if attention == dialogue.view.attention:
        return
    figures = ", ".join(f"{figure.name} {figure.value}" for figure in seen.figures)
    _log.warning("the place for portraits: %s (%s)", attention or "good again", figures)
    dialogue.show(attention=attention)
