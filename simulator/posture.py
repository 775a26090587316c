"""What somebody does before the portrait camera: where they begin, and what hints make them do."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from simulator.behaviour import Behaviour
from simulator.people.pose import Glasses, Pose
from simulator.sitter import OUTSIDE_M, Sitter

LEFT_OVER = (-0.25, 0.35)  # of a fault that somebody mends by eye: they overshoot, or stop too early
STRIDE = (0.15, 0.35)  # of the distance, back or closer
SHORTER = 0.5  # the next step after one that went too far
TAKES_S = (0.4, 0.9)
TURN_DEG, TURN_S, TURNED_S = (18.0, 28.0), (0.9, 1.4), 0.25
CALMER = 0.4
SEEN_STRAIGHT_DEG = 3.0  # who is straighter than this tries another way
ENTERING_M = 1.0
BLINKS_LESS_S = 3.0
SAID_TO = ("_child", "_seated", "_bedside")  # ends of hints that are meant for somebody in particular

Range = tuple[float, float]


class Posture:
    """Moves a sitter as its behaviour says. Everything is imperfect, and repeats for the same generator."""

    def __init__(self, sitter: Sitter, behaviour: Behaviour, rng: np.random.Generator) -> None:
        self._sitter = sitter
        self._behaviour = behaviour
        self._rng = rng
        self._stride = 1.0
        self._last_step = ""
        self._smiles_for = behaviour.smiles_for_hints
        self._is_here = False
        self._acts: Mapping[str, Callable[[], None]] = {
            "face_show": self._come_into_view,
            "face_alone": lambda: sitter.behind("nobody"),
            "face_closer": lambda: self._step("closer"),
            "face_back": lambda: self._step("back"),
            "face_centre": self._centre,
            "face_upright": self._straighten_up,
            "face_straight": self._look_straight,
            "face_eyes": self._open_the_eyes,
            "face_mouth": lambda: sitter.mouth("closed"),
            "face_neutral": self._stop_smiling,
            "face_still": self._calm_down,
            "face_glasses": lambda: sitter.glasses("off"),
        }

    def begin(self) -> None:
        """Walk up: who walks in for the portrait only is beside the picture until then."""
        behaviour, sitter = self._behaviour, self._sitter
        sitter.live(blink_every_s=behaviour.blink_every_s, sway=behaviour.fidgets)
        sitter.face(behaviour.faces[0])
        sitter.glasses(behaviour.glasses)
        sitter.scarf(behaviour.scarf)
        sitter.smile("on" if self._smiles_for else "off")
        sitter.photo(behaviour.photo)
        if behaviour.behind != "nobody":
            sitter.behind(behaviour.behind)
        self._is_here = behaviour.walks_in_s <= 0.0
        first = self._first_pose() if self._is_here else _outside(sitter.pose)
        sitter.move(first, 0.0)

    async def enter(self) -> None:
        """Be before the camera now, if not yet."""
        if self._is_here:
            return
        self._is_here = True
        await asyncio.sleep(self._behaviour.comes_late_s)
        self._sitter.move(self._first_pose(), self._behaviour.walks_in_s)
        await asyncio.sleep(self._behaviour.walks_in_s)

    def heed(self, hint: str) -> None:
        """Do what a hint says, as well as people can; one that is not known is not understood."""
        for audience in SAID_TO:
            hint = hint.removesuffix(audience)
        if act := self._acts.get(hint):
            act()

    async def turn(self) -> None:
        """Turn the head slowly to one side and back; somebody's picture is turned likewise."""
        before = self._sitter.pose
        side = 1.0 if self._rng.random() < 0.5 else -1.0
        turned = replace(before, yaw_deg=side * round(self._between(TURN_DEG)))
        back = replace(before, yaw_deg=float(np.rint(self._rng.normal(0.0, 1.5))))
        for pose in (turned, back):
            takes_s = self._between(TURN_S)
            self._sitter.move(pose, takes_s)
            await asyncio.sleep(takes_s + TURNED_S)

    def _first_pose(self) -> Pose:
        pose = self._sitter.pose
        if self._behaviour.stands == "ideal":
            return replace(pose, shift=(0.0, 0.0)) if pose.shift[0] >= OUTSIDE_M else pose
        low = self._behaviour.stands == "low"
        yaw, pitch, roll = self._rng.normal(0.0, (5.0, 4.0, 4.0)).tolist()
        right, down = self._rng.normal((0.0, 0.10 if low else 0.01), (0.05, 0.03)).tolist()
        away = self._rng.uniform(0.40, 0.95)
        return replace(
            pose,
            yaw_deg=float(round(yaw)),
            pitch_deg=float(round(pitch)),
            roll_deg=roll,
            distance_m=away,
            shift=(right, down),
        )

    def _come_into_view(self) -> None:
        self._move(shift=(self._rng.normal(0.0, 0.03), self._rng.normal(0.0, 0.03)))

    def _step(self, which: str) -> None:
        """A step; after one that went too far a shorter one."""
        if self._last_step not in {"", which}:
            self._stride *= SHORTER
        self._last_step = which
        factor = 1.0 + self._stride * self._between(STRIDE)
        distance_m = self._sitter.pose.distance_m
        self._move(distance_m=distance_m * factor if which == "back" else distance_m / factor)

    def _centre(self) -> None:
        right, down = self._sitter.pose.shift
        self._move(shift=(right * self._between(LEFT_OVER), down * self._between(LEFT_OVER)))

    def _straighten_up(self) -> None:
        self._move(roll_deg=self._sitter.pose.roll_deg * self._between(LEFT_OVER))

    def _look_straight(self) -> None:
        """Who believes to look straight already tries a little up or down."""
        pose = self._sitter.pose
        yaw, pitch = (angle * self._between(LEFT_OVER) for angle in (pose.yaw_deg, pose.pitch_deg))
        if max(abs(pose.yaw_deg), abs(pose.pitch_deg)) < SEEN_STRAIGHT_DEG:
            pitch = self._rng.uniform(-6.0, 6.0)
        self._move(yaw_deg=float(round(yaw)), pitch_deg=float(round(pitch)))

    def _open_the_eyes(self) -> None:
        self._sitter.open_eyes()
        if self._sitter.pose.glasses is Glasses.DARK:
            self._sitter.glasses("off")
        self._sitter.live(blink_every_s=max(self._behaviour.blink_every_s, BLINKS_LESS_S))

    def _stop_smiling(self) -> None:
        self._smiles_for = max(0, self._smiles_for - 1)
        if self._smiles_for == 0:
            self._sitter.smile("off")

    def _calm_down(self) -> None:
        self._sitter.live(sway=CALMER * self._behaviour.fidgets)

    def _move(self, **changed: object) -> None:
        pose = replace(self._sitter.pose, **changed)  # pyright: ignore[reportArgumentType]
        self._sitter.move(pose, self._between(TAKES_S))

    def _between(self, limits: Range) -> float:
        return float(self._rng.uniform(*limits))


def _outside(pose: Pose) -> Pose:
    """Beside the picture."""
    return replace(pose, distance_m=ENTERING_M, shift=(OUTSIDE_M, 0.0))
