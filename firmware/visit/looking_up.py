"""Asking the population register: a few times a visit, and every silence has its name."""

import asyncio

from firmware.clock import Clock
from firmware.records.claimed import ClaimedIdentity
from firmware.records.comparison import compare, has_changed
from firmware.records.registered import (
    LookUp,
    LookUpEnd,
    LookUpLimited,
    LookUpRefused,
    Register,
    RegisterSilent,
)

LOOK_UPS = 3  # somebody who mistypes needs two; who wants to try numbers gets nowhere
LIMIT_S = 20.0  # for a register that does not keep a deadline of its own


class LookUps:
    """The look-ups of one visit."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self._register = register
        self._clock = clock
        self._left = LOOK_UPS

    async def look_up(self, claim: ClaimedIdentity) -> LookUp:
        """What the register says of the claim; LIMITED without asking it when the visit asked too often."""
        if self._left == 0:
            return self._without_entry(LookUpEnd.LIMITED)
        self._left -= 1
        try:
            async with asyncio.timeout(LIMIT_S):
                entry = await self._register.entry_of(claim.number)
        except (RegisterSilent, TimeoutError):
            return self._without_entry(LookUpEnd.TIMED_OUT)
        except LookUpRefused:
            return self._without_entry(LookUpEnd.FAILED)
        except LookUpLimited:
            return self._without_entry(LookUpEnd.LIMITED)
        if entry is None:
            return self._without_entry(LookUpEnd.ABSENT)
        compared = compare(claim, entry)
        end = LookUpEnd.CHANGED if has_changed(compared) else LookUpEnd.FOUND
        return LookUp(end, self._clock.now(), entry, compared)

    def _without_entry(self, end: LookUpEnd) -> LookUp:
        return LookUp(end, self._clock.now())
