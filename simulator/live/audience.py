"""Who comes to the stage: people that follow the screen by themselves, or wait for somebody to guide them."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from firmware.clock import SystemClock
from firmware.records.dates import VIET_NAM
from simulator.behaviour import Behaviour
from simulator.citizen import Citizen
from simulator.director import Director
from simulator.live.supervisor import Supervisor
from simulator.live.waiting_room import WaitingRoom, drawn
from simulator.live.web_eyes import WebEyes
from simulator.people.facts import Facts
from simulator.people.person import Person
from simulator.scenario import Scenario, ScenarioInvalid, load_scenario
from simulator.trace import Trace
from simulator.world import World, WrongCommand

NOBODY = "nobody is there"


class Audience:
    """Carries out what the stage page asks for: people come and go, the rest is the world's business."""

    def __init__(
        self,
        world: World,
        next_person: Callable[[], Person],
        eyes: Callable[[], WebEyes],
        booth: Supervisor,
        register: Callable[[Facts, str], None],
        reaction_s: float | None = None,
    ) -> None:
        """register: told who comes and how it shall answer. reaction_s: of everybody, not the scenario's."""
        self._world = world
        self._waiting_room = WaitingRoom(next_person)
        self._waiting_room.invite()
        self._eyes = eyes
        self._booth = booth
        self._register = register
        self._reaction_s = reaction_s
        self._visitor: asyncio.Task[None] | None = None
        self._who = NOBODY

    def do(self, command: str) -> None:
        """Carry out one command of the page; WrongCommand when nobody understands it."""
        match command.split():
            case ["walk_up", name]:
                self._walk_up(name)
            case ["stand"]:
                self._come(self._stand())
            case ["leave"]:
                self._send_away()
                self._world.leave()
            case ["kill"]:
                self._booth.kill()
            case _:
                self._world.do(command)

    def state(self) -> dict[str, Any]:
        """What the page shows of the people and the booth."""
        return {
            "person": self._who,
            "pid": self._booth.pid,
            "visits": self._booth.ended,
            "unplugged": sorted(self._world.unplugged),
        }

    async def close(self) -> None:
        """Everybody goes home."""
        self._send_away()
        if self._visitor is not None:
            await asyncio.gather(self._visitor, return_exceptions=True)

    def _walk_up(self, name: str) -> None:
        try:
            scenario = load_scenario(name)
        except ScenarioInvalid as invalid:
            raise WrongCommand(str(invalid)) from invalid
        self._come(self._visit(scenario))

    def _come(self, visit: Coroutine[Any, Any, None]) -> None:
        self._send_away()
        self._who = "somebody is on the way"
        self._visitor = asyncio.create_task(visit)

    async def _stand(self) -> None:
        person = await self._waiting_room.call()
        self._register(person.facts, "found")
        self._world.walk_up(person)
        self._who = "somebody stands there; the buttons are their hands"

    async def _visit(self, scenario: Scenario) -> None:
        person = await self._waiting_room.call()
        person = await asyncio.to_thread(drawn, scenario.cast(person, _today()))
        self._register(person.facts, scenario.terminal.register)
        self._who = scenario.description
        eyes = self._eyes()
        director = Director(eyes, self._world, scenario.events, Trace())
        behaviour = self._hurried(scenario.behaviour)
        citizen = Citizen(person, self._world, director, behaviour, np.random.default_rng())
        watching = asyncio.create_task(eyes.watch())
        try:
            await citizen.live()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await director.stop()
        self._nobody_is_there()

    def _send_away(self) -> None:
        if self._visitor is not None:
            self._visitor.cancel()
        self._nobody_is_there()

    def _nobody_is_there(self) -> None:
        self._who = NOBODY
        self._waiting_room.invite()

    def _hurried(self, behaviour: Behaviour) -> Behaviour:
        return behaviour if self._reaction_s is None else replace(behaviour, reaction_s=self._reaction_s)


def _today() -> date:
    return (SystemClock().now() + VIET_NAM).date()
