"""A whole terminal under virtual time: the real booth, a twin behind every wire, and a person."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from firmware.booth import light_on, open_sensor
from firmware.capture.iris_light import LightDevice
from firmware.capture.policy.finger_loop import load_finger_loop
from firmware.clock import DatedClock
from firmware.finger_stations import FingerDevice
from firmware.records.registered import Register
from firmware.records.samples import Hand
from firmware.serving import Devices, Machine, serve_visit
from firmware.visit.outcomes import Outcome
from firmware.workers import JobKind
from hw.boards.board import NominalMs, load_board
from hw.fingerprint.profiles import PROFILES
from simulator.album import Album
from simulator.automatics import Automatics
from simulator.cameras import SimulatedCamera
from simulator.citizen import Citizen
from simulator.director import Director
from simulator.fingerprint.twin import FingerprintTwin
from simulator.inline_workers import InlineWorkers
from simulator.iris_module_twin import BAUD as MODULE_BAUD
from simulator.people.eye_scene import EyeScene
from simulator.people.person import Person
from simulator.people.portrait_scene import PortraitScene
from simulator.played import Notes
from simulator.port import SimulatedPort
from simulator.scenario import Scenario, TerminalSetting
from simulator.screens import SharedScreen
from simulator.scripted_register import Ward, scripted_register
from simulator.staged_iris import MODULE_SEED, LitEyes, SimulatedIrisModule
from simulator.stopwatch import Stopwatch, TimedEyes, TimedLitScene
from simulator.storage import SimulatedDisk
from simulator.virtual_time import VirtualClock
from simulator.ward_clock import simulated_clock
from simulator.world import Devices as Twins
from simulator.world import Plug, World

BOARD = Path(__file__).parents[1] / "hw" / "boards" / "terminal_a.toml"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # eight o'clock on a Monday in Viet Nam
LONGEST_VISIT_S = 7200.0


class Stage:
    """One terminal with its world; visits are played one after the other."""

    def __init__(self, state: Path, rng: np.random.Generator, setting: TerminalSetting) -> None:
        self._board = load_board(BOARD)
        self._rng = rng
        self._state = state
        self._profile = PROFILES[setting.sensor]
        self._fastest_baud = max(setting.fastest_baud, self._profile.baud)
        self._finger_loop = replace(load_finger_loop(), prompts_ahead=setting.prompts_ahead)
        twin = FingerprintTwin(self._profile, rng.spawn(1)[0])
        left = FingerprintTwin(self._profile, rng.spawn(1)[0]) if setting.sensor_a_hand else None
        self._ports = [SimulatedPort(each, self._profile.baud) for each in (twin, left) if each is not None]
        self._portrait, self._eyes = PortraitScene(rng.spawn(1)[0]), EyeScene(rng.spawn(1)[0])
        self._disk = SimulatedDisk()
        self._images = Stopwatch()
        lit = TimedLitScene(self._portrait, self._images)
        portrait = SimulatedCamera(self._portrait, control=Automatics(lit))
        eyes = TimedEyes(self._eyes, self._images)
        self._module = self._iris_module(eyes) if setting.iris_module else None
        self._module_port = None if self._module is None else SimulatedPort(self._module.twin, MODULE_BAUD)
        free = SimulatedCamera(eyes, name="iris")
        iris = free if self._module is None else self._module.camera
        self._cameras = portrait, iris
        plugs: dict[str, Plug] = {"fingerprint": self._ports[0], "portrait": portrait, "iris": iris}
        if self._module_port is not None:
            plugs["iris_module"] = self._module_port
        plate = (self._profile.rows, self._profile.columns)
        twins = Twins(twin, self._portrait, self._eyes, plugs, self._disk, left, plate)
        self.world = World(twins, rng.spawn(1)[0])

    def _iris_module(self, eyes: LitEyes) -> SimulatedIrisModule | None:
        board, rng = self._board.iris_module, np.random.default_rng(MODULE_SEED)
        return None if board is None else SimulatedIrisModule(board, eyes, rng)

    def _iris_light(self) -> LightDevice | None:
        board, port = self._board.iris_module, self._module_port
        return None if board is None or port is None else light_on(port.open, board)

    def notes(self, now_s: float) -> Notes:
        """For one visit that begins now."""
        return Notes(now_s, self._images)

    async def play(self, person: Person, scenario: Scenario, notes: Notes) -> Outcome:
        """One visit of `person` as the scenario says; what crashes in the world crashes the visit."""
        person = scenario.cast(person)
        screen = SharedScreen(notes.trace)
        director = Director(screen, self.world, scenario.events, notes.trace)
        citizen = Citizen(person, self.world, director, scenario.behaviour, self._rng.spawn(1)[0])
        lives = [asyncio.create_task(citizen.live())]
        if self._module is not None and self._module_port is not None:
            lives.append(asyncio.create_task(self._module.live(self._module_port.say)))
        try:
            async with asyncio.timeout(LONGEST_VISIT_S):
                outcome = await self._serve(person, scenario, screen, notes)
        finally:
            for life in lives:
                life.cancel()
            lived = await asyncio.gather(*lives, director.stop(), return_exceptions=True)
        for error in lived:
            if isinstance(error, Exception):
                raise error
        notes.trace.note(f"ended {outcome}")
        return outcome

    async def _serve(self, person: Person, scenario: Scenario, screen: SharedScreen, notes: Notes) -> Outcome:
        clock = simulated_clock(self._state, scenario.terminal.date, MORNING)
        ward = Ward(self._state, clock, VirtualClock(MORNING), self._rng.bytes)
        async with scripted_register(ward, person.facts, scenario.terminal.register) as register:
            machine = self._machine(notes.album, clock, register)
            return await serve_visit(self._devices(notes.album), machine, screen, notes.log)

    def _devices(self, album: Album) -> Devices:
        portrait, iris = self._cameras
        devices = [self._finger_device(port, album) for port in self._ports]
        return Devices(
            finger_loop=self._finger_loop,
            fingers={Hand.RIGHT: devices[0], Hand.LEFT: devices[-1]},
            portrait_camera=album.camera(JobKind.PORTRAIT, portrait),
            portrait_model="simulated",
            iris_camera=album.camera(JobKind.IRIS, iris),
            iris_model="simulated",
            iris_light=self._iris_light(),
        )

    def _finger_device(self, port: SimulatedPort, album: Album) -> FingerDevice:
        opened = partial(open_sensor, port.open, self._profile, self._fastest_baud)
        return FingerDevice(album.sensor(opened), self._profile)

    def _machine(self, album: Album, clock: DatedClock, register: Register) -> Machine:
        workers = InlineWorkers(_nominal_s(self._board.nominal_ms), self._images)
        return Machine(
            clock=clock,
            workers=album.workers(workers),
            disk=self._disk,
            free_bytes=self._disk.free_bytes,
            random_bytes=self._rng.bytes,
            state=self._state,
            register=register,
        )


def _nominal_s(nominal_ms: NominalMs) -> dict[JobKind, float]:
    return {kind: getattr(nominal_ms, kind.value) / 1000.0 for kind in JobKind}
