"""How a person behaves, and what they see of a screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from simulator.world import GOOD_MOISTURE


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person takes in of a screen."""

    phase: str
    instruction: str
    hint: str | None = None
    target: str | None = None
    asks: tuple[str, ...] = ()


class Eyes(Protocol):
    """How a person meets a screen, be it in the same process or over the network."""

    async def look(self) -> Seen:
        """The newest view, once it differs from the one looked at before."""
        ...

    def say(self, kind: str, value: str = "") -> None:
        """Press or type something that is on the screen; nothing while it asks for another part by now."""
        ...


def may_say(kind: str, looked_at: Seen | None, shown: Seen | None) -> bool:
    """Whether that can be pressed on the screen, by somebody who looked at it before it changed."""
    if looked_at is None or shown is None:
        return shown is not None and kind in shown.asks
    return kind in shown.asks and shown.target == looked_at.target


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a person behaves; the default is a good visit.

    reaction_s: on average, from seeing something new to acting on it. move_s: from lifting one finger
    to laying the next one on.
    lies: in bed, and says so at the portrait.
    looks: what an attendant answers each time the person is looked at, such as "glasses medical"; all the
    rest is as it should be.
    faces: poses taken one after the other, the next one after each hint; the last one stays. Who has only the
    good one does what the hints say instead, as well as people can.
    stands: at first, "ideal", "anywhere" (off in distance, place and pose, as people are) or "low" (a child).
    walks_in_s: who comes when the portrait is asked for takes so long, and begins comes_late_s after; 0 = is
    there already.
    blink_every_s: on average. fidgets: 1.0 = sways as people do, 12.0 = never stands still.
    smiles_for_hints: smiles until so many hints to stop. glasses, scarf, behind, photo: as the commands of
    that name; glasses come off, and others go, only after the hint for it.
    moisture: of the fingers at first; after the advice to wipe they are at moisture_wiped, and after that to
    press, or to breathe on them, at moisture_breathed.
    cards: ways of holding the card after `card`, the next one after each hint; the last one stays.
    shows: fingers given one after the other when a finger is asked for; afterwards the right one.
    lifts_early: fingers taken off too early the first time. worn: by hard work.
    calls_nobody: goes on without a finger that was seen before.
    eye_glasses: worn at the iris camera until the hint for it. eye_blinks: more than anybody should.
    missing_eyes: the reason by side. same_eye_times: so often the first eye is given for the other one too.
    swaps_eyes: gives each eye where the other one is asked for.
    leaves_at: an instruction or a target at which the person walks away.
    sets_date: what an attendant types where the terminal does not know the date, DDMMYYYYHHMM.
    birth: typed to the "day", the "year", or first as "nonsense".
    guardian: shows the "card", types the "number", or at first the "child_number".
    """

    reaction_s: float = 1.2
    move_s: float = 0.8
    card: str = "shown"
    cards: tuple[str, ...] = ()
    purpose: str = "first_issue"
    reason: str = "on_request"
    birth: str = "day"
    guardian: str = "card"
    relation: str = "mother"
    seated: bool = False
    lies: bool = False
    looks: tuple[tuple[str, ...], ...] = ()
    faces: tuple[str, ...] = ("good",)
    stands: str = "ideal"
    walks_in_s: float = 0.0
    comes_late_s: float = 0.0
    blink_every_s: float = 4.0
    fidgets: float = 1.0
    smiles_for_hints: int = 0
    glasses: str = "off"
    scarf: str = "off"
    behind: str = "nobody"
    photo: str = "away"
    moisture: float = GOOD_MOISTURE
    moisture_wiped: float = GOOD_MOISTURE
    moisture_breathed: float = GOOD_MOISTURE
    shows: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    lifts_early: tuple[int, ...] = ()
    worn: tuple[int, ...] = ()
    calls_nobody: bool = False
    eye_glasses: bool = False
    eye_blinks: bool = False
    missing_eyes: Mapping[str, str] = field(default_factory=dict[str, str])
    same_eye_times: int = 0
    swaps_eyes: bool = False
    wipes_every_finger: bool = False
    leaves_at: str = ""
    cancels_at: str = ""
    wrong_pins: int = 0
    sets_date: str = ""
    retries_save: int = 0
    retakes: tuple[str, ...] = ()
    missing: Mapping[int, str] = field(default_factory=dict[int, str])
