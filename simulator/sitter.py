"""Whoever is before the portrait camera, and the light there: commands for the scene."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from simulator.people.backdrops import Backdrop
from simulator.people.lighting import Lamp
from simulator.people.moving import NEVER_S, Life, Movement
from simulator.people.paper import Paper
from simulator.people.person import Person, generate_person, invented_portrait
from simulator.people.portrait_scene import Figure, PortraitScene
from simulator.people.pose import Glasses, Pose, Scarf

FACES = {
    "good": Pose(),
    "too_close": Pose(distance_m=0.25),
    "too_far": Pose(distance_m=1.3),
    "turned": Pose(yaw_deg=25.0),
    "tilted": Pose(roll_deg=14.0),
    "chin_up": Pose(pitch_deg=15.0),
    "chin_down": Pose(pitch_deg=-15.0),
    "eyes_closed": Pose(eyes_open=0.0),
    "mouth_open": Pose(mouth_open=1.0),
    "smiling": Pose(smile=1.0),
}
OF_THE_PERSON: Mapping[str, tuple[str, ...]] = MappingProxyType(  # commands with a word each, the usual first
    {
        "eyes": ("blinking", "open", "closed"),
        "mouth": ("closed", "open"),
        "smile": ("off", "on"),
        "glasses": tuple(Glasses),
        "scarf": tuple(Scarf),
        "behind": ("nobody", "guardian", "passer"),
        "photo": ("away", *Paper),
    }
)
OF_THE_PLACE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"lamp": tuple(Lamp), "backdrop": tuple(Backdrop)}
)
BLINKING_EVERY_S = MappingProxyType({"open": NEVER_S, "closed": NEVER_S, "blinking": 4.0})
OUTSIDE_M = 0.8  # so far to the side nobody is in the picture
GUARDIAN = Pose(distance_m=0.95, shift=(0.17, -0.15))
PASSER_M, PASSES_S, STEPS_ASIDE_S = 1.25, 2.6, 1.5
NEAREST_M = 0.12
MOVE_S, SLOWEST_DEG_A_S, SLOWEST_M_A_S = 0.3, 40.0, 0.4


class Sitter:
    """Carries out what a scenario, a simulated citizen or the stage page wants of the person."""

    def __init__(self, scene: PortraitScene, rng: np.random.Generator) -> None:
        self._scene = scene
        self._rng = rng
        self.commands: Mapping[str, Callable[..., None]] = {
            "face": self.face,
            "head": self.head,
            "stand": self.stand,
            "eyes": self.eyes,
            "mouth": self.mouth,
            "smile": self.smile,
            "glasses": self.glasses,
            "scarf": self.scarf,
            "behind": self.behind,
            "photo": self.photo,
            "lamp": self.lamp,
            "backdrop": self.backdrop,
        }

    @property
    def pose(self) -> Pose:
        """The pose that is taken, or moved to."""
        return self._scene.pose

    def come(self, person: Person) -> None:
        """Somebody sits there, as the portrait wants it."""
        self.go()
        self._scene.person = person

    def go(self) -> None:
        """Nobody is there any more, nor whoever came along, nor what they held."""
        scene = self._scene
        scene.person, scene.others, scene.paper = None, (), None
        scene.pose, scene.life = Pose(), Life(seed=int(self._rng.integers(2**16)))

    def move(self, pose: Pose, takes_s: float) -> None:
        """Go over to another pose."""
        self._scene.move(pose, asyncio.get_running_loop().time(), takes_s)

    def live(self, *, blink_every_s: float | None = None, sway: float | None = None) -> None:
        """Blink and sway otherwise from now on."""
        life = self._scene.life
        self._scene.life = replace(
            life,
            blink_every_s=life.blink_every_s if blink_every_s is None else blink_every_s,
            sway=life.sway if sway is None else sway,
        )

    def face(self, name: str) -> None:
        """Hold the head in one of FACES, at once; what is worn stays on."""
        worn = self._scene.pose
        self._scene.pose = replace(FACES[name], glasses=worn.glasses, scarf=worn.scarf)

    def head(self, yaw_deg: str, pitch_deg: str = "0", roll_deg: str = "0") -> None:
        """Turn the head: degrees to the picture's right, up, and tilted to the right."""
        yaw, pitch, roll = float(yaw_deg), float(pitch_deg), float(roll_deg)
        before = self._scene.pose
        far = max(abs(yaw - before.yaw_deg), abs(pitch - before.pitch_deg), abs(roll - before.roll_deg))
        pose = replace(before, yaw_deg=yaw, pitch_deg=pitch, roll_deg=roll)
        self.move(pose, MOVE_S + far / SLOWEST_DEG_A_S)

    def stand(self, distance_m: str, right_m: str = "0", down_m: str = "0") -> None:
        """Stand so far away, to the picture's right and lower, in metres."""
        away, right, down = float(distance_m), float(right_m), float(down_m)
        if away < NEAREST_M:
            raise ValueError("nobody gets so near")
        before = self._scene.pose
        far = abs(away - before.distance_m) + abs(right - before.shift[0]) + abs(down - before.shift[1])
        self.move(replace(before, distance_m=away, shift=(right, down)), MOVE_S + far / SLOWEST_M_A_S)

    def eyes(self, how: str) -> None:
        """open, closed, or blinking as people do."""
        self.live(blink_every_s=BLINKING_EVERY_S[how])
        self._wear(eyes_open=0.0 if how == "closed" else 1.0)

    def open_eyes(self) -> None:
        """Open them wide; they blink as before."""
        self._wear(eyes_open=1.0)

    def mouth(self, how: str) -> None:
        """open or closed."""
        self._wear(mouth_open={"open": 1.0, "closed": 0.0}[how])

    def smile(self, how: str) -> None:
        """on or off."""
        self._wear(smile={"on": 1.0, "off": 0.0}[how])

    def glasses(self, which: str) -> None:
        """off, clear, glare (mirrors the lamp until the head is lowered) or dark."""
        self._wear(glasses=Glasses(which))

    def scarf(self, which: str) -> None:
        """off, on (over the ears) or ears_free."""
        self._wear(scarf=Scarf(which))

    def behind(self, who: str) -> None:
        """guardian: stands behind; passer: walks through; nobody: whoever is there goes."""
        now_s = asyncio.get_running_loop().time()
        match who:
            case "guardian":
                self._scene.others = (self._other(Movement(GUARDIAN, GUARDIAN)),)
            case "passer":
                start, end = (Pose(distance_m=PASSER_M, shift=(side * OUTSIDE_M, 0.0)) for side in (-1, 1))
                self._scene.others = (self._other(Movement(start, end, now_s, PASSES_S)),)
            case "nobody":
                self._scene.others = tuple(_stepping_aside(other, now_s) for other in self._scene.others)
            case _:
                raise ValueError(who)

    def photo(self, how: str) -> None:
        """held: a print of the person instead of themselves; mounted: one without visible edges; away."""
        self._scene.paper = None if how == "away" else Paper(how)

    def lamp(self, how: str) -> None:
        """on, dim, dead or flicker."""
        self._scene.lamp = Lamp(how)

    def backdrop(self, which: str) -> None:
        """One of Backdrop."""
        self._scene.backdrop = Backdrop(which)

    def _wear(self, **changed: object) -> None:
        movement = self._scene.movement
        self._scene.movement = replace(movement, end=replace(movement.end, **changed))  # pyright: ignore[reportArgumentType]

    def _other(self, movement: Movement) -> Figure:
        """Who came along, drawn from the facts of the guardian; else a stranger."""
        seed = int(self._rng.integers(2**31))
        stranger = generate_person(seed)
        person = self._scene.person
        if person is not None:
            stranger = replace(stranger, portrait=invented_portrait(seed, person.guardian))
        return Figure(stranger, movement, Life(seed=seed % 1000))


def _stepping_aside(other: Figure, now_s: float) -> Figure:
    """Out of the picture, on the side where they stand."""
    pose = other.movement.pose(now_s)
    side = OUTSIDE_M if pose.shift[0] >= 0.0 else -OUTSIDE_M
    gone = replace(pose, shift=(side, pose.shift[1]))
    return replace(other, movement=Movement(pose, gone, now_s, STEPS_ASIDE_S))
