"""Serves one visit with the devices and the machine it is given, whatever stands behind them."""

import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from firmware.capture.card import CardReader, CardTiming
from firmware.capture.face_beside import FaceBeside
from firmware.capture.iris_light import EyeFrames, FreeRunning, LightDevice, Strobed
from firmware.capture.policy.finger_loop import FingerLoop
from firmware.capture.policy.loader import load_limits
from firmware.clearing import Clearing
from firmware.clock import Clock, DatedClock
from firmware.device_limits import device_limits
from firmware.finger_stations import FingerDevice, finger_station
from firmware.identity import SOFTWARE, load_site
from firmware.outbox.disk import Disk
from firmware.outbox.sweep import sweep
from firmware.outbox.vault import VisitVault
from firmware.quality.portrait.model import FaceModel
from firmware.records.refusal import SaveRefused
from firmware.records.registered import Register
from firmware.records.samples import Hand, Modality
from firmware.screen.view import Screen, View
from firmware.sealing.keys import load_key_ring
from firmware.stations import installed_faces, iris_station, portrait_station, scene_watch
from firmware.visit.attendants import Attendant, attendant_with, load_attendants
from firmware.visit.capturing import Station
from firmware.visit.dialogue import Watch
from firmware.visit.finger_desk import FingerStation
from firmware.visit.opening import open_visit
from firmware.visit.outcomes import Outcome
from firmware.visit.phases import Phase
from firmware.visit.rules import rules_on
from firmware.visit.setting_the_date import date_is_set
from firmware.visit.terminal import Terminal
from firmware.visit.visit import run_visit
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

VISIT_ID_BYTES = 8
CLOSED_S = 60.0


@dataclass(frozen=True, slots=True)
class Devices:
    """The devices of one terminal. fingers: each hand's sensor, which may be the same one.

    finger_loop: how they are asked for. iris_light: None where the iris camera's light is always on.
    """

    fingers: Mapping[Hand, FingerDevice]
    finger_loop: FingerLoop
    portrait_camera: FrameSource
    portrait_model: str
    iris_camera: FrameSource
    iris_model: str
    iris_light: LightDevice | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """What a terminal runs on: time, threads, disk, chance, its state folder, and the way to the register."""

    clock: DatedClock
    workers: ImageWorkers
    disk: Disk
    free_bytes: Callable[[Path], int]
    random_bytes: Callable[[int], bytes]
    state: Path
    register: Register


async def serve_visit(devices: Devices, machine: Machine, screen: Screen, watch: Watch) -> Outcome:
    """One visit, from inviting to good-bye; afterwards nothing of the person is in use.

    A terminal that does not know the date, or could not save anything, invites nobody: it says why, and
    ends to try again.
    """
    if not await _knows_the_date(machine, screen, watch):
        return Outcome.CLOCK_UNKNOWN
    try:
        swept = sweep(machine.state, machine.disk, machine.clock.now())
        vault = _vault(machine)
    except SaveRefused as refusal:
        _log.error("out of order: %s", refusal.reason)
        await _stay_closed(refusal, machine.clock, screen, watch)
        return Outcome.SAVE_REFUSED
    _log.info("start: %s", swept)
    clearing = Clearing(machine.state, machine.disk, machine.workers, machine.clock, watch)
    await clearing.once()
    async with clearing.meanwhile():
        return await _serve(devices, machine, screen, clearing, vault)


async def _knows_the_date(machine: Machine, screen: Screen, watch: Watch) -> bool:
    """Whether the date can be trusted, perhaps because an attendant has just set it."""
    if open_visit(machine.clock, rules_on) is not None:
        return True
    attendants = load_attendants(machine.state / "attendants.toml")

    async def find(pin: str) -> Attendant | None:
        return await machine.workers.run(JobKind.SEAL, partial(attendant_with, pin, attendants))

    return await date_is_set(screen, watch, find, machine.clock)


async def _stay_closed(refusal: SaveRefused, clock: Clock, screen: Screen, watch: Watch) -> None:
    view = View(Phase.ENDED, refusal.reason.value)
    watch.saw(view)
    screen.show(view)
    await clock.sleep(CLOSED_S)


async def _serve(
    devices: Devices, machine: Machine, screen: Screen, watch: Watch, vault: VisitVault
) -> Outcome:
    visit_id = machine.random_bytes(VISIT_ID_BYTES).hex()
    async with AsyncExitStack() as open_devices:
        open_devices.callback(vault.close)
        fingers = finger_station(devices.fingers, machine.workers, machine.clock, devices.finger_loop)
        open_devices.callback(fingers.close)
        for camera in (devices.portrait_camera, devices.iris_camera):
            open_devices.push_async_callback(camera.close)
            await _open(camera)
        eyes = _eye_frames(devices, machine.clock)
        open_devices.callback(eyes.close)
        terminal = _terminal(devices, machine, screen, watch, fingers, vault, eyes)
        for station in terminal.stations.values():
            open_devices.callback(station.forget)
        outcome = await run_visit(terminal, visit_id)
    _log.info("visit %s ended: %s", visit_id, outcome)
    return outcome


async def _open(camera: FrameSource) -> None:
    """A camera that is not there yet is opened again when it is needed."""
    try:
        await camera.open()
    except DeviceFault as fault:
        _log.warning("%s", fault)


def _vault(machine: Machine) -> VisitVault:
    keys = load_key_ring(machine.state / "keys")
    return VisitVault(
        machine.state, keys, machine.clock, machine.random_bytes, machine.free_bytes, machine.disk
    )


def _terminal(
    devices: Devices,
    machine: Machine,
    screen: Screen,
    watch: Watch,
    fingers: FingerStation,
    vault: VisitVault,
    eyes: EyeFrames,
) -> Terminal:
    timing = load_limits(CardTiming, "card.toml", "presentation")
    card = CardReader(devices.portrait_camera, machine.workers, timing, machine.clock)
    face = installed_faces()
    scene = scene_watch(devices.portrait_camera, face, machine.workers, machine.clock)
    return Terminal(
        clock=machine.clock,
        screen=screen,
        watch=watch,
        workers=machine.workers,
        read_card=card.read,
        look_at_scene=scene.look,
        register=machine.register,
        stations=_stations(devices, machine, face, eyes),
        fingers=fingers,
        vault=vault,
        attendants=load_attendants(machine.state / "attendants.toml"),
        rules_on=rules_on,
        site=load_site(machine.state / "identity.toml"),
        software=SOFTWARE,
        limits=partial(device_limits, [device.profile for device in devices.fingers.values()]),
        random_bytes=machine.random_bytes,
    )


def _eye_frames(devices: Devices, clock: Clock) -> EyeFrames:
    if devices.iris_light is None:
        return FreeRunning(devices.iris_camera)
    return Strobed(devices.iris_camera, devices.iris_light, clock)


def _stations(
    devices: Devices, machine: Machine, face: FaceModel, eyes: EyeFrames
) -> Mapping[Modality, Station]:
    workers, clock = machine.workers, machine.clock
    portrait_camera, model = devices.portrait_camera, devices.portrait_model
    beside = FaceBeside(portrait_camera, face, workers, clock)
    return {
        Modality.PORTRAIT: portrait_station(portrait_camera, model, face, workers, clock),
        Modality.IRIS: iris_station(eyes, devices.iris_model, beside, workers, clock),
    }
