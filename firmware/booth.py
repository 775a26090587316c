"""Composition root: the only module that names concrete devices."""

from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from firmware.capture.iris_light import LightDevice
from firmware.capture.policy.finger_loop import load_finger_loop
from firmware.clock import Clock, SystemClock, boot_s
from firmware.finger_stations import FingerDevice
from firmware.identity import RELEASED, load_site
from firmware.no_register import NoRegister
from firmware.outbox.newest import newest_stamp
from firmware.records.refusal import SaveRefused
from firmware.records.registered import Register
from firmware.records.samples import Hand
from firmware.register.sealed import SealedRegister
from firmware.register.socket import SocketCarrier
from firmware.sealing.keys import load_key_ring
from firmware.serving import Devices
from firmware.signals.following import FollowingLamp
from firmware.trusted_date import DateEvidence, TrustedClock
from firmware.visit.dialogue import Watch
from hw.boards.board import Board, FingerprintBoard
from hw.boards.camera import CameraBoard, CameraKind
from hw.boards.iris_module import IrisModuleBoard
from hw.camera.frames import FrameSource
from hw.camera.mjpeg import MjpegCamera
from hw.camera.source import Picamera2Camera
from hw.camera.stream import StreamCamera
from hw.camera.v4l2 import V4l2Camera
from hw.faults import DeviceFault
from hw.fingerprint.profiles import PROFILES, SensorProfile
from hw.fingerprint.sensor import FingerprintSensor
from hw.iris.focus import FocusWindow
from hw.iris.module import IrisModule
from hw.lamps.pattern import Pattern
from hw.lamps.player import LampPlayer, open_pin_factory
from hw.wire.line import ByteLine
from hw.wire.serial_line import open_serial


async def open_sensor(
    open_line: Callable[[], Awaitable[ByteLine]], profile: SensorProfile, fastest_baud: int | None = None
) -> FingerprintSensor:
    """A sensor that answers, at `fastest_baud` if it can; DeviceFault when not, and its line is closed."""
    sensor = FingerprintSensor(await open_line(), profile, fastest_baud=fastest_baud)
    try:
        await sensor.open()
    except DeviceFault:
        sensor.close()
        raise
    return sensor


async def open_line(sensor: FingerprintBoard) -> ByteLine:
    """The line to a fingerprint sensor; LineLost when its port is missing or taken."""
    return open_serial(sensor.port, sensor.baud)


def fingers_of(board: Board) -> Mapping[Hand, FingerDevice]:
    """The fingerprint sensor of each hand, not yet opened; of both hands, unless the left has its own."""
    one = finger_device(board.fingerprint)
    left = board.fingerprint_left
    return {Hand.RIGHT: one, Hand.LEFT: one if left is None else finger_device(left)}


def finger_device(sensor: FingerprintBoard) -> FingerDevice:
    """One fingerprint sensor that a board file names, not yet opened."""
    profile = PROFILES[sensor.profile]
    opened = partial(open_sensor, partial(open_line, sensor), profile, sensor.fastest_baud)
    return FingerDevice(opened, profile)


def devices_of(board: Board) -> Devices:
    """The real devices that a board file names; nothing is opened yet."""
    return Devices(
        fingers=fingers_of(board),
        finger_loop=load_finger_loop(),
        portrait_camera=camera_of("portrait", board.portrait_camera),
        portrait_model=board.portrait_camera.model,
        iris_camera=camera_of("iris", board.iris_camera),
        iris_model=board.iris_camera.model,
        iris_light=None if board.iris_module is None else light_device(board.iris_module),
    )


def light_device(module: IrisModuleBoard) -> LightDevice:
    """The iris module that a board file names, not yet opened."""
    return light_on(partial(open_module_line, module), module)


async def open_module_line(module: IrisModuleBoard) -> ByteLine:
    """The line to an iris module; LineLost when its port is missing or taken."""
    return open_serial(module.port, module.baud)


def light_on(open_line: Callable[[], Awaitable[ByteLine]], module: IrisModuleBoard) -> LightDevice:
    """An iris module on any line, not yet opened."""
    at = module.distance_mm
    window = FocusWindow(at.enter_nearest, at.enter_farthest, at.stay_nearest, at.stay_farthest)
    opened = partial(open_module, open_line)
    return LightDevice(opened, module.leds.frames_per_s, module.leds.on_us, window)


async def open_module(open_line: Callable[[], Awaitable[ByteLine]]) -> IrisModule:
    """An iris module that answers; DeviceFault when not, and its line is closed."""
    module = IrisModule(await open_line())
    try:
        await module.hello()
    except DeviceFault:
        module.close()
        raise
    return module


def camera_of(name: str, camera: CameraBoard) -> FrameSource:
    """The camera that a board file names, not yet opened."""
    match camera.kind:
        case CameraKind.STREAM:
            return StreamCamera(name, Path(camera.address), camera.shape)
        case CameraKind.PICAMERA2:
            return Picamera2Camera(name, camera)
        case CameraKind.MJPEG:
            return MjpegCamera(name, camera)
        case CameraKind.V4L2:
            return V4l2Camera(name, camera)


def clock_of(board: Board) -> TrustedClock:
    """The machine's clock, with what vouches for its date."""
    network, rtc, run = board.time.network, board.time.rtc, board.time.run
    newest = newest_stamp(board.state.folder)
    return TrustedClock(SystemClock(), boot_s, DateEvidence(network, rtc, run, RELEASED, newest))


def register_of(board: Board, clock: Clock, random_bytes: Callable[[int], bytes]) -> Register:
    """The population register behind the uplink's socket; nobody answers a terminal without keys."""
    try:
        keys = load_key_ring(board.state.folder / "keys")
    except SaveRefused:
        return NoRegister()  # such a terminal is out of order, and its screen says why
    terminal_id = load_site(board.state.folder / "identity.toml").terminal_id
    carry = SocketCarrier(board.look_up.socket)
    return SealedRegister(carry, keys, terminal_id, clock, random_bytes)


@contextmanager
def lamp_watch(board: Board) -> Generator[Watch]:
    """The status lamp that follows the screen; DeviceFault when its pins cannot be driven."""
    with lamp_player(board) as play:
        yield FollowingLamp(play)


@contextmanager
def lamp_player(board: Board) -> Generator[Callable[[Pattern], None]]:
    """What the status lamp plays patterns with; DeviceFault when its pins cannot be driven."""
    factory = open_pin_factory(board.lamps.pin_factory)
    player = LampPlayer(factory, board.lamps.pins)
    try:
        yield player.play
    finally:
        player.close()
        factory.close()
