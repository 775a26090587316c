"""Plays a scenario's events: when the screen first shows something, things happen in the world."""

import asyncio

from simulator.behaviour import Eyes, Seen
from simulator.scenario import Event
from simulator.trace import Trace
from simulator.world import World


class Director:
    """simulator.citizen.Eyes that also watch for the cues of a scenario."""

    def __init__(self, eyes: Eyes, world: World, events: tuple[Event, ...], trace: Trace) -> None:
        self._eyes = eyes
        self._world = world
        self._waiting = list(events)
        self._trace = trace
        self._running: set[asyncio.Task[None]] = set()

    async def look(self) -> Seen:
        """What the person sees; cues in it start their events."""
        seen = await self._eyes.look()
        for event in [event for event in self._waiting if _is_cue(event, seen)]:
            self._waiting.remove(event)
            self._running.add(asyncio.create_task(self._play(event)))
        return seen

    def say(self, kind: str, value: str = "") -> None:
        """What the person says."""
        self._eyes.say(kind, value)

    async def stop(self) -> None:
        """End what is still going on; an event that nobody understood raises what was wrong with it."""
        for task in self._running:
            task.cancel()
        for error in await asyncio.gather(*self._running, return_exceptions=True):
            if isinstance(error, Exception):
                raise error

    async def _play(self, event: Event) -> None:
        for delay_s, command in event.do:
            await asyncio.sleep(delay_s)
            self._trace.note(f"event {command}")
            self._world.do(command)


def _is_cue(event: Event, seen: Seen) -> bool:
    return event.at == seen.instruction and event.target in {None, seen.target}
