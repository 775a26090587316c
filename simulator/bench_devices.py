"""The twins of a bench, whole or broken."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from hw.fingerprint.profiles import R307
from simulator.cameras import SimulatedCamera
from simulator.fingerprint.twin import FingerprintTwin
from simulator.iris_module_faults import world_of
from simulator.lines import Twin
from simulator.live.board import module_of_terminal_a
from simulator.people.eye_optics import FRAME
from simulator.people.eye_scene import EyeScene
from simulator.people.portrait_scene import PortraitScene
from simulator.spoiled import Foreign, Garbled, Still, Unlit
from simulator.staged_iris import LitEyes, SimulatedIrisModule

LAMP_OFF = 0.14  # of the light that portraits need: the room's own


class BenchFault(StrEnum):
    """What can be wrong with a bench."""

    SENSOR_UNPLUGGED = "sensor_unplugged"
    SENSOR_DEAF = "sensor_deaf"
    SENSOR_GARBLED = "sensor_garbled"
    SENSOR_OTHER = "sensor_other"
    PORTRAIT_UNPLUGGED = "portrait_unplugged"
    PORTRAIT_FROZEN = "portrait_frozen"
    PORTRAIT_SILENT = "portrait_silent"
    PORTRAIT_DARK = "portrait_dark"
    IRIS_BLACK = "iris_black"
    MODULE_UNPLUGGED = "module_unplugged"
    MODULE_SILENT = "module_silent"
    MODULE_GARBLED = "module_garbled"
    MODULE_LED_OPEN = "module_led_open"
    MODULE_LED_SHORT = "module_led_short"
    MODULE_RANGER_DEAD = "module_ranger_dead"
    MODULE_HOT = "module_hot"
    MODULE_TOO_CLOSE = "module_too_close"
    MODULE_TRIGGER_CUT = "module_trigger_cut"
    STATE_MISSING = "state_missing"
    IDENTITY_MISSING = "identity_missing"
    KEY_EXPIRED = "key_expired"
    KEY_OPEN = "key_open"


_OF_THE_MODULE: Mapping[BenchFault, str] = MappingProxyType(
    {
        BenchFault.MODULE_LED_OPEN: "led-dead",
        BenchFault.MODULE_LED_SHORT: "led-short",
        BenchFault.MODULE_RANGER_DEAD: "ranger-dead",
        BenchFault.MODULE_HOT: "over-temperature",
        BenchFault.MODULE_TOO_CLOSE: "too-close",
    }
)


def sensor(wrong: frozenset[BenchFault], rng: np.random.Generator) -> Twin:
    """A fingerprint sensor, or what is in its place."""
    if BenchFault.SENSOR_GARBLED in wrong:
        return Garbled(rng)
    if BenchFault.SENSOR_DEAF in wrong:
        return Garbled(rng, answer_bytes=0)
    twin = FingerprintTwin(R307, rng)
    return Foreign(twin) if BenchFault.SENSOR_OTHER in wrong else twin


def portrait_camera(wrong: frozenset[BenchFault], rng: np.random.Generator) -> SimulatedCamera:
    """A portrait camera before an empty place."""
    place = PortraitScene(rng)
    place.light = LAMP_OFF if BenchFault.PORTRAIT_DARK in wrong else 1.0
    camera = SimulatedCamera(place)
    if BenchFault.PORTRAIT_FROZEN in wrong:
        camera.scene = Still(camera.scene)
    if BenchFault.PORTRAIT_SILENT in wrong:
        camera.stall()
    return camera


def iris_module(wrong: frozenset[BenchFault], rng: np.random.Generator) -> SimulatedIrisModule:
    """An iris module with the camera that it triggers, before an empty place."""
    eyes: LitEyes = Unlit(FRAME, rng) if BenchFault.IRIS_BLACK in wrong else EyeScene(rng)
    settings = world_of([name for fault, name in _OF_THE_MODULE.items() if fault in wrong])
    module = SimulatedIrisModule(module_of_terminal_a(), eyes, rng, settings)
    if BenchFault.MODULE_TRIGGER_CUT in wrong:
        module.camera.stall()
    return module


def instead_of_module(wrong: frozenset[BenchFault], rng: np.random.Generator) -> Twin | None:
    """What is at the other end of the iris module's cable, unless that is the module."""
    if BenchFault.MODULE_GARBLED in wrong:
        return Garbled(rng)
    return Garbled(rng, answer_bytes=0) if BenchFault.MODULE_SILENT in wrong else None
