"""A person who reads the screen and does what it says, with human delays, faults and limits."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import numpy as np

from simulator.attendant import LOOKING, LookingAttendant
from simulator.behaviour import Behaviour, Eyes, Seen
from simulator.eye_giving import EyeGiver
from simulator.people.person import Person
from simulator.posture import Posture
from simulator.world import World

DEMO_PIN = "246810"
PORTRAIT_ASKED = frozenset(
    {"portrait_look", "portrait_look_seated", "portrait_look_child", "portrait_look_bedside"}
)
AGAIN_S = 1.6  # after which a hint that stays is heeded once more
FINGER_ASKED = frozenset({"finger_place", "finger_next", "finger_retry", "finger_offer"})


class Citizen:
    """Looks at the screen and acts, until the visit is over or the person has left."""

    def __init__(
        self, person: Person, world: World, eyes: Eyes, behaviour: Behaviour, rng: np.random.Generator
    ) -> None:
        self._rng = rng
        self._person = person
        self._world = world
        self._eyes = eyes
        self._behaviour = behaviour
        self._faces = list(behaviour.faces)
        self._posture = Posture(world.sitter, behaviour, rng.spawn(1)[0])
        self._iris = EyeGiver(world, eyes, behaviour, rng.spawn(1)[0])
        self._cards = [behaviour.card, *behaviour.cards]
        self._moisture = behaviour.moisture
        self._a_finger_lies = False
        self._shows = {code: list(shown) for code, shown in behaviour.shows.items()}
        self._lifts_early = set(behaviour.lifts_early)
        lacking = {position.value: reason.value for position, reason in person.missing_fingers.items()}
        self._missing = {**lacking, **behaviour.missing}
        self._wrong_pins = behaviour.wrong_pins
        self._retakes = list(behaviour.retakes)
        self._attendant = LookingAttendant(eyes, behaviour.looks, behaviour.reaction_s)
        self._retries = behaviour.retries_save
        self._moves: Mapping[str, Callable[[Seen], Awaitable[None]]] = {
            "eye_look": self._iris.give,
            "portrait_turn": lambda _: self._posture.turn(),
        }
        self._acts = {**self._acts_of_declaring(), **self._acts_of_giving()}

    def _acts_of_declaring(self) -> Mapping[str, Callable[[Seen], None]]:
        """What is done at each instruction before the captures."""
        behaviour = self._behaviour
        return {
            "attract": lambda _: self._eyes.say("start"),
            "notice": lambda _: self._eyes.say("agree"),
            "show_card": self._show_card,
            "type_number": self._type_number,
            "number_invalid": self._type_number,
            "claim_confirm": self._confirm_claim,
            "type_birth": self._type_birth,
            "birth_invalid": self._type_birth,
            "purpose": lambda _: self._eyes.say("purpose", behaviour.purpose),
            "request_reason": lambda _: self._eyes.say("reason", behaviour.reason),
            "guardian_card": self._show_guardians_card,
            "guardian_number": self._type_guardians_number,
            "guardian_is_child": self._type_guardians_number,
            "guardian_confirm": self._confirm_claim,
            "guardian_relation": lambda _: self._eyes.say("relation", behaviour.relation),
            "guardian_declare": lambda _: self._eyes.say("agree"),
            "child_assent": lambda _: self._eyes.say("agree"),
            "clock_unknown": lambda _: self._eyes.say("pin", DEMO_PIN),
            "clock_type": lambda _: self._eyes.say("number", behaviour.sets_date),
        }

    def _acts_of_giving(self) -> Mapping[str, Callable[[Seen], None]]:
        """What is done at each instruction from the first capture to the end, and whenever asked."""
        return {
            "finger_attendant": self._call,
            "finger_lift": lambda _: self._lift(),
            "eye_attendant": self._call,
            "eye_done": lambda _: self._iris.take_away(),
            "review": self._review,
            "attest": self._attest,
            "pin_wrong": self._attest,
            "still_there": lambda _: self._eyes.say("still_here"),
            "receipt": lambda _: self._eyes.say("finish"),
        }

    async def live(self) -> None:
        """Walk up, follow the screen, go home."""
        self._world.walk_up(self._person)
        self._posture.begin()
        seen = Seen("", "")
        while True:
            seen = await self._look_again(seen)
            if self._behaviour.leaves_at in {seen.instruction, seen.target}:
                break
            if seen.phase == "ended" and not self._sets_the_date(seen):
                break
            await asyncio.sleep(self._behaviour.reaction_s * self._rng.uniform(0.7, 1.5))
            await self._act(seen)
        self._world.leave()

    async def _look_again(self, seen: Seen) -> Seen:
        """The next view; before the camera a hint that stays is seen once more after a while."""
        if seen.hint is None or seen.instruction not in PORTRAIT_ASKED or len(self._behaviour.faces) > 1:
            return await self._eyes.look()
        try:
            async with asyncio.timeout(AGAIN_S):
                return await self._eyes.look()
        except TimeoutError:
            return seen

    def _sets_the_date(self, seen: Seen) -> bool:
        return self._behaviour.sets_date != "" and seen.instruction.startswith("clock_")

    async def _act(self, seen: Seen) -> None:
        if self._behaviour.cancels_at in {seen.instruction, seen.target}:
            self._eyes.say("cancel")
        elif seen.instruction in LOOKING:
            await self._attendant.look(seen)
        elif seen.instruction.startswith("save_refused"):
            self._answer_refusal()
        elif seen.instruction in FINGER_ASKED:
            await self._give_finger(seen)
        elif seen.instruction in PORTRAIT_ASKED:
            await self._face_the_camera(seen)
        elif move := self._moves.get(seen.instruction):
            await move(seen)
        elif act := self._acts.get(seen.instruction):
            act(seen)

    def _show_card(self, seen: Seen) -> None:
        if seen.hint is not None and len(self._cards) > 1:
            self._cards.pop(0)
        if self._cards[0] == "away":
            self._eyes.say("type_instead")
        else:
            self._world.card(self._cards[0])

    def _type_number(self, seen: Seen) -> None:
        self._world.card("away")
        if "number" in seen.asks:
            self._eyes.say("number", self._person.facts.number)

    def _type_birth(self, seen: Seen) -> None:
        birth = self._person.facts.birth_date
        forms = {"day": f"{birth:%d%m%Y}", "year": f"{birth:%Y}", "nonsense": "31021990"}
        is_again = seen.instruction == "birth_invalid"
        self._eyes.say("birth", forms["day" if is_again else self._behaviour.birth])

    def _show_guardians_card(self, seen: Seen) -> None:
        del seen
        if self._behaviour.guardian == "card":
            self._world.card("guardian")
        else:
            self._eyes.say("type_instead")

    def _type_guardians_number(self, seen: Seen) -> None:
        is_wrong = self._behaviour.guardian == "child_number" and seen.instruction == "guardian_number"
        facts = self._person.facts if is_wrong else self._person.guardian
        self._eyes.say("number", facts.number)

    def _confirm_claim(self, seen: Seen) -> None:
        self._world.card("away")
        if "confirm" in seen.asks:
            self._eyes.say("confirm")

    async def _face_the_camera(self, seen: Seen) -> None:
        if self._behaviour.seated and seen.instruction == "portrait_look":
            self._eyes.say("seated")
            return
        if self._behaviour.lies and "bedside" in seen.asks:
            self._eyes.say("bedside")
            return
        await self._posture.enter()
        if seen.hint is None:
            return
        if len(self._faces) > 1:
            self._faces.pop(0)
            self._world.sitter.face(self._faces[0])
        elif len(self._behaviour.faces) == 1:
            self._posture.heed(seen.hint)

    def _lift(self) -> None:
        self._world.lift()
        self._a_finger_lies = False

    async def _give_finger(self, seen: Seen) -> None:
        """Take the finger off that lies there, and lay the wanted one on."""
        code = int((seen.target or "finger_0").removeprefix("finger_"))
        if reason := self._missing.get(code):
            self._eyes.say("cannot_give", reason)
            return
        self._heed(seen.hint)
        if self._a_finger_lies:
            self._lift()
            await asyncio.sleep(self._behaviour.move_s * self._rng.uniform(0.7, 1.5))
        shown = self._shows[code].pop(0) if self._shows.get(code) else code
        self._world.finger(str(shown), str(self._moisture), self._how(shown))
        self._a_finger_lies = True

    def _heed(self, hint: str | None) -> None:
        """Do to the fingers what the screen says."""
        if hint == "finger_wipe":
            self._moisture = self._behaviour.moisture_wiped
        elif hint in {"finger_press", "finger_breathe"}:
            self._moisture = self._behaviour.moisture_breathed

    def _how(self, code: int) -> str:
        if code in self._lifts_early:
            self._lifts_early.remove(code)
            return "early"
        return "worn" if code in self._behaviour.worn else "well"

    def _call(self, seen: Seen) -> None:
        """An attendant comes, looks at the finger and types the PIN."""
        del seen
        if self._behaviour.calls_nobody:
            self._eyes.say("confirm")
        else:
            self._eyes.say("pin", DEMO_PIN)

    def _review(self, seen: Seen) -> None:
        if self._retakes and "retake" in seen.asks:
            self._eyes.say("retake", self._retakes.pop(0))
        else:
            self._eyes.say("confirm")

    def _attest(self, seen: Seen) -> None:
        """The attendant comes to the screen and types the PIN."""
        if "pin" not in seen.asks:
            return
        wrong = self._wrong_pins > 0
        self._wrong_pins -= wrong
        self._eyes.say("pin", "000000" if wrong else DEMO_PIN)

    def _answer_refusal(self) -> None:
        again = self._retries > 0
        self._retries -= again
        self._eyes.say("confirm" if again else "finish")
