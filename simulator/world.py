"""The world around one terminal: a person, what they do with the devices, and what breaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

import numpy as np

from simulator.cameras import SimulatedCamera
from simulator.fingerprint.twin import FingerprintTwin
from simulator.people.card import HELD, CardHeld, text_of_2024
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import EyeMaster
from simulator.people.impressions import PLATE, Touch, impression
from simulator.people.person import Person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.skin import Skin, lived_in
from simulator.sitter import Sitter
from simulator.storage import SimulatedDisk
from simulator.triggered_camera import TriggeredCamera

GOOD_MOISTURE = 0.5
EARLY = 0.6  # share of the print that has left the glass when it is exposed
WORN = Skin(wear=1.0)
EYE_HELD: Mapping[str, EyePose] = MappingProxyType(
    {
        "glasses": EyePose(glare=0.8),
        "far": EyePose(distance_mm=330.0),
        "near": EyePose(distance_mm=235.0),
        "leaning": EyePose(distance_mm=90.0),
        "aside": EyePose(gaze_deg=(30.0, 0.0)),
    }
)  # how an eye may be brought otherwise than right
OFTEN_S = 0.7  # from blink to blink
FIVE = 5  # fingers of the right hand


class WrongCommand(Exception):
    """A stage command that nobody understands; the message lists those there are."""


class Plug(Protocol):
    """A cable that can be pulled."""

    def unplug(self) -> object:
        """Pull it."""
        ...

    def plug(self) -> object:
        """Put it back."""
        ...


@dataclass(frozen=True, slots=True)
class Devices:
    """The twins that a person meets. plugs: cables by the device's name.

    fingerprint_left: of the left hand, if it has its own. plate: rows and columns of a sensor's image.
    """

    fingerprint: FingerprintTwin
    portrait: PortraitScene
    eyes: EyeScene
    plugs: Mapping[str, Plug]
    disk: SimulatedDisk
    fingerprint_left: FingerprintTwin | None = None
    plate: tuple[int, int] = PLATE


class World:
    """Commands change it; scenarios, simulated citizens and the stage page speak the same ones."""

    def __init__(self, devices: Devices, rng: np.random.Generator) -> None:
        self._devices = devices
        self._rng = rng
        self.sitter = Sitter(devices.portrait, rng.spawn(1)[0])
        self._person: Person | None = None
        self._laid: set[int] = set()
        self.unplugged: set[str] = set()
        self._commands: Mapping[str, Callable[..., None]] = {
            "leave": self.leave,
            **self.sitter.commands,
            "card": self.card,
            "finger": self.finger,
            "lift": self.lift,
            "eye": self.eye,
            "unplug": self.unplug,
            "stall": self.stall,
            "resume": self.resume,
            "fill": self.fill,
            "free": self.free,
            "plug": self.plug,
        }

    def do(self, command: str) -> None:
        """Carry out one command line, such as "finger 3 0.9" or "unplug fingerprint"."""
        verb, *arguments = command.split()
        action = self._commands.get(verb)
        if action is None:
            raise WrongCommand(f"there is no {verb!r}; there are: {', '.join(self._commands)}")
        try:
            action(*arguments)
        except (TypeError, ValueError, KeyError) as error:
            raise WrongCommand(f"{command!r} is not complete or names something that is not there") from error

    def walk_up(self, person: Person) -> None:
        """A person stands before the terminal."""
        self.leave()
        self._laid.clear()
        self._person = person
        self.sitter.come(person)

    def leave(self) -> None:
        """Nobody is there any more; hands, card and face are gone."""
        self._person = None
        self.sitter.go()
        self.card("away")
        self.lift()
        self.eye("away")

    def card(self, how: str = "shown") -> None:
        """Hold the card before the camera: one of HELD, guardian (the grown-up's) or away."""
        person, scene = self._person, self._devices.portrait
        if how == "away" or person is None:
            scene.hide_card()
        elif how == "guardian":
            scene.show_card(person.guardian.qr_text())
        else:
            text = person.facts.qr_text()
            of_2024 = text_of_2024(text, person.guardian.name)
            scene.card = CardHeld(of_2024 if how == "2024" else text, **HELD[how])

    def finger(self, position: str, moisture: str = str(GOOD_MOISTURE), how: str = "well") -> None:
        """Lay the finger with that code on the plate: well, early (already going), or worn (by hard work)."""
        code = int(position)
        master = None if self._person is None else self._person.finger(code)
        if master is None:
            return
        if how == "worn":
            master = lived_in(master, WORN, np.random.default_rng(code))
        touch = replace(self._touch(code), moisture=float(moisture), lifted=EARLY if how == "early" else 0.0)
        shown = impression(master, self._rng, touch, self._devices.plate)
        self._sensor_of(code).present(shown)

    def _touch(self, code: int) -> Touch:
        """The first time as it is; a finger that comes again lies a little otherwise."""
        comes_again = code in self._laid
        self._laid.add(code)
        if not comes_again:
            return Touch()
        across, down, turned = self._rng.normal(0.0, (0.6, 0.8, 5.0))
        return Touch(shift_mm=(float(across), float(down)), rotation_deg=float(turned))

    def _sensor_of(self, code: int) -> FingerprintTwin:
        left = self._devices.fingerprint_left
        return self._devices.fingerprint if left is None or code <= FIVE else left

    def lift(self, position: str = "") -> None:
        """Take the finger with that code off its plate, else every finger off every plate."""
        sensors = {self._devices.fingerprint, self._devices.fingerprint_left or self._devices.fingerprint}
        for sensor in {self._sensor_of(int(position))} if position else sensors:
            sensor.lift()

    def eye(self, side: str, how: str = "well") -> None:
        """Bring the right or left eye before the iris camera: well, blinking, or as EYE_HELD says.

        Any other side takes it away.
        """
        eyes = self._devices.eyes
        if self._person is None or side not in {"right", "left"}:
            eyes.remove()
            return
        eye = self._person.iris(side)
        if how == "blinking" and isinstance(eye, EyeMaster):
            eye = replace(eye, traits=replace(eye.traits, blink_every_s=OFTEN_S))
        eyes.present(eye, EYE_HELD.get(how))

    def unplug(self, device: str) -> None:
        """Pull the cable of a device."""
        self._devices.plugs[device].unplug()
        self.unplugged.add(device)

    def plug(self, device: str) -> None:
        """Put the cable of a device back."""
        self._devices.plugs[device].plug()
        self.unplugged.discard(device)

    def stall(self, camera: str) -> None:
        """A camera delivers nothing new, without a word."""
        self._camera(camera).stall()

    def resume(self, camera: str) -> None:
        """A camera that stalled delivers again."""
        self._camera(camera).resume()

    def _camera(self, name: str) -> SimulatedCamera | TriggeredCamera:
        plug = self._devices.plugs[name]
        if not isinstance(plug, SimulatedCamera | TriggeredCamera):
            raise TypeError(name)
        return plug

    def fill(self, what: str) -> None:
        """Fill the disk."""
        self._storage(what).fill()

    def free(self, what: str) -> None:
        """Make room on the disk."""
        self._storage(what).clear()

    def _storage(self, what: str) -> SimulatedDisk:
        return {"disk": self._devices.disk}[what]
