"""A whole terminal under virtual time: the real booth, a twin behind every wire, and a person."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from firmware.booth import open_sensor
from firmware.screen.view import View
from firmware.serving import Devices, Machine, serve_visit
from firmware.workers import JobKind
from hw.boards.board import NominalMs, load_board
from hw.fingerprint.profiles import PROFILES
from simulator.cameras import SimulatedCamera
from simulator.citizen import Citizen
from simulator.director import Director
from simulator.fingerprint_twin import FingerprintTwin
from simulator.inline_workers import InlineWorkers
from simulator.people.eye_scene import EyeScene
from simulator.people.person import Person
from simulator.people.portrait_scene import PortraitScene
from simulator.port import SimulatedPort
from simulator.scenario import Scenario
from simulator.screens import SharedScreen
from simulator.stopwatch import Stopwatch, TimedScene
from simulator.storage import SimulatedDisk
from simulator.trace import Trace
from simulator.virtual_time import VirtualClock
from simulator.world import Devices as Twins
from simulator.world import World

BOARD = Path(__file__).parents[1] / "hw" / "boards" / "terminal_a.toml"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # eight o'clock on a Monday in Viet Nam
LONGEST_VISIT_S = 7200.0


@dataclass(frozen=True, slots=True)
class Played:
    """One visit as it went.

    phases: name and virtual seconds. shown: instructions and hints, in order. cpu_s: of everything;
    image_cpu_s: of pictures alone, drawn, judged and sealed.
    """

    outcome: str
    phases: tuple[tuple[str, float], ...]
    shown: tuple[str, ...]
    trace: Trace
    virtual_s: float
    cpu_s: float
    image_cpu_s: float


class PhaseLog:
    """A firmware.visit.dialogue.Watch that remembers what was shown, and how long each phase took."""

    def __init__(self) -> None:
        self._entered: list[tuple[str, float]] = []
        self._shown: list[str] = []

    def saw(self, view: View) -> None:
        """Remember the phase and everything that is new on the screen."""
        if not self._entered or self._entered[-1][0] != view.phase.value:
            self._entered.append((view.phase.value, _now_s()))
        for word in (view.instruction, view.hint):
            if word is not None and (not self._shown or self._shown[-1] != word):
                self._shown.append(word)

    @property
    def shown(self) -> tuple[str, ...]:
        """Instructions and hints in the order shown."""
        return tuple(self._shown)

    def phases(self) -> tuple[tuple[str, float], ...]:
        """Each phase with its duration until the next, the last one until now."""
        ends = [begin_s for _, begin_s in self._entered[1:]] + [_now_s()]
        return tuple(
            (name, end_s - begin_s) for (name, begin_s), end_s in zip(self._entered, ends, strict=True)
        )


class Stage:
    """One terminal with its world; visits are played one after the other."""

    def __init__(self, state: Path, rng: np.random.Generator) -> None:
        self._board = load_board(BOARD)
        self._rng = rng
        self._state = state
        self._profile = PROFILES[self._board.fingerprint.profile]
        twin = FingerprintTwin(self._profile, rng.spawn(1)[0])
        self._port = SimulatedPort(twin, self._board.fingerprint.baud)
        self._portrait, self._eyes = PortraitScene(rng.spawn(1)[0]), EyeScene(rng.spawn(1)[0])
        self._disk = SimulatedDisk()
        self._images = Stopwatch()
        self._cameras = (
            SimulatedCamera(TimedScene(self._portrait, self._images)),
            SimulatedCamera(TimedScene(self._eyes, self._images), name="iris"),
        )
        portrait, iris = self._cameras
        plugs = {"fingerprint": self._port, "portrait": portrait, "iris": iris}
        self.world = World(Twins(twin, self._portrait, self._eyes, plugs, self._disk), rng.spawn(1)[0])

    async def play(self, person: Person, scenario: Scenario) -> Played:
        """One visit of `person` as the scenario says."""
        trace, log = Trace(), PhaseLog()
        screen = SharedScreen(trace)
        director = Director(screen, self.world, scenario.events, trace)
        citizen = Citizen(person, self.world, director, scenario.behaviour, self._rng.spawn(1)[0])
        begun_s, begun_cpu_s, begun_image_s = _now_s(), time.process_time(), self._images.total_s
        living = asyncio.create_task(citizen.live())
        try:
            async with asyncio.timeout(LONGEST_VISIT_S):
                outcome = await serve_visit(self._devices(), self._machine(), screen, log)
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
            await director.stop()
        trace.note(f"ended {outcome}")
        cpu_s = time.process_time() - begun_cpu_s
        image_s = self._images.total_s - begun_image_s
        return Played(outcome.value, log.phases(), log.shown, trace, _now_s() - begun_s, cpu_s, image_s)

    def _devices(self) -> Devices:
        portrait, iris = self._cameras
        return Devices(
            open_sensor=partial(open_sensor, self._port.open, self._profile),
            sensor=self._profile,
            portrait_camera=portrait,
            portrait_model="simulated",
            iris_camera=iris,
            iris_model="simulated",
        )

    def _machine(self) -> Machine:
        return Machine(
            clock=VirtualClock(MORNING),
            workers=InlineWorkers(_nominal_s(self._board.nominal_ms), self._images),
            disk=self._disk,
            free_bytes=self._disk.free_bytes,
            random_bytes=self._rng.bytes,
            state=self._state,
        )


def _nominal_s(nominal_ms: NominalMs) -> dict[JobKind, float]:
    return {kind: getattr(nominal_ms, kind.value) / 1000.0 for kind in JobKind}


def _now_s() -> float:
    return asyncio.get_running_loop().time()
