"""How a person gives eyes: one after the other, as the screen asks, with glasses or mix-ups."""

import asyncio

import numpy as np

from simulator.behaviour import Behaviour, Eyes, Seen
from simulator.world import World


class EyeGiver:
    """Brings eyes before the iris camera, and takes them away."""

    def __init__(self, world: World, screen: Eyes, behaviour: Behaviour, rng: np.random.Generator) -> None:
        self._world = world
        self._screen = screen
        self._behaviour = behaviour
        self._rng = rng
        self._wears_glasses = behaviour.eye_glasses
        self._same_left = behaviour.same_eye_times
        self._first = self._choice = ""
        self._asked = "", False
        self._shown = ""

    async def give(self, seen: Seen) -> None:
        """Bring the wanted eye, or say why not; another one that is there leaves before."""
        wanted = (seen.target or "").removeprefix("eye_")
        if reason := self._behaviour.missing_eyes.get(wanted):
            self._screen.say("cannot_give", reason)
            return
        if self._behaviour.swaps_eyes:
            wanted = "left" if wanted == "right" else "right"
        if seen.hint == "eye_glasses":
            self._wears_glasses = False
        if self._shown and (seen.hint == "eye_other" or self._shown != wanted):
            self.take_away()
            await asyncio.sleep(self._behaviour.move_s * self._rng.uniform(0.7, 1.5))
        asked = wanted, seen.hint == "eye_other"  # a view that changes otherwise asks for nothing new
        if asked != self._asked and asked != (self._asked[0], False):
            self._choice = self._chosen(wanted)
        self._asked = asked
        self._shown = self._choice
        self._world.eye(self._shown, self._how())

    def take_away(self) -> None:
        """Step back."""
        self._shown = ""
        self._world.eye("away")

    def _chosen(self, wanted: str) -> str:
        """The wanted one, unless the first one is given once more for the other."""
        self._first = self._first or wanted
        if wanted == self._first or not self._same_left:
            return wanted
        self._same_left -= 1
        return self._first

    def _how(self) -> str:
        if self._wears_glasses:
            return "glasses"
        return "blinking" if self._behaviour.eye_blinks else "well"
