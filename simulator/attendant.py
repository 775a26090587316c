"""An attendant of the ward office who looks at the person and answers what the screen asks."""

import asyncio

from simulator.behaviour import Eyes, Seen

LOOKING = frozenset({"attest_look", "attest_presence"})


class LookingAttendant:
    """Answers by touch. looks: the answers of each time that are not as they should be."""

    def __init__(self, eyes: Eyes, looks: tuple[tuple[str, ...], ...], reaction_s: float) -> None:
        self._eyes = eyes
        self._looks = list(looks)
        self._reaction_s = reaction_s

    async def look(self, seen: Seen) -> None:
        """Say what is seen, then that the rest is as it should be, or take what the screen offers then."""
        if "retake" in seen.asks:
            self._eyes.say("retake", "portrait")
            return
        answers = self._looks.pop(0) if self._looks else ()
        if seen.instruction == "attest_presence" and not any(it.startswith("presence") for it in answers):
            answers = ("presence seen", *answers)
        for answer in answers:
            self._eyes.say("looked", answer)
            await asyncio.sleep(self._reaction_s)
        if not any(answer.endswith(" again") for answer in answers):
            self._eyes.say("looked", "rest")
