"""Any answers, at any moment, to any run of luck at the cameras: what comes out holds together."""

import asyncio
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import pytest

from firmware.capture.attempts import NobodyThere, SeenBefore
from firmware.capture.guide import Guide
from firmware.clock import SystemClock
from firmware.records.eligibility import Framing
from firmware.records.looks import Finding, Matter, matters_to_look_at
from firmware.records.record import Part, part_of
from firmware.records.samples import SAYABLE, Artefact, EyeSide, Modality, Position, Sample
from firmware.screen.view import REST, AnswerKind
from firmware.visit.attendants import Attendant
from firmware.visit.attesting import AttestDesk, Attested, PortraitAgain, Vouched
from firmware.visit.capturing import CaptureDesk, Station
from firmware.visit.collecting import Collection
from firmware.visit.dialogue import Dialogue
from firmware.visit.finger_desk import FingerDesk, Tray
from firmware.visit.phases import Phase
from firmware.visit.plan import CapturePhase
from firmware.visit.retakes import Retakes
from hw.faults import DeviceFault
from tests.visit.samples import sample_with
from tests.visit.scripted import ScriptedScreen

EYES = (Part(Modality.IRIS, EyeSide.RIGHT), Part(Modality.IRIS, EyeSide.LEFT))
PLAN = (CapturePhase(Phase.PORTRAIT, (Part(Modality.PORTRAIT),)), CapturePhase(Phase.IRISES, EYES))
OFFICER, PIN = Attendant("CB-0042", b"", b""), "2468"
VALUES = {
    AnswerKind.CANNOT_GIVE: tuple(reason.value for reason in SAYABLE),
    AnswerKind.RETAKE: ("portrait", "eye_right", "eye_left"),
    AnswerKind.PIN: (PIN, "1111"),
    AnswerKind.LOOKED: (REST, "", *(f"{matter} {finding}" for matter in Matter for finding in Finding)),
}
SELDOM = {AnswerKind.CANNOT_GIVE, AnswerKind.SEATED, AnswerKind.BEDSIDE}
LIMIT_S = 20_000.0
T = TypeVar("T")


def one_of(luck: np.random.Generator, options: Sequence[T]) -> T:
    """Any of them."""
    return options[int(luck.integers(len(options)))]


class Lucky:
    """A station at which anything happens, seldom or often."""

    def __init__(self, modality: Modality, luck: np.random.Generator) -> None:
        self._modality = modality
        self._luck = luck
        self._taken: set[Position] = set()

    async def take(
        self, position: Position, guide: Guide, attempt: int, framing: Framing
    ) -> Sample | NobodyThere | SeenBefore:
        del guide, framing
        await asyncio.sleep(one_of(self._luck, [0.0, 0.1, 3.0, 31.0]))
        other = EyeSide.LEFT if position is EyeSide.RIGHT else EyeSide.RIGHT
        chance, sample = self._luck.random(), sample_with(int(self._luck.integers(100)), attempt, position)
        if chance < 0.1:
            raise DeviceFault("the camera is broken")
        if chance < 0.2:
            return NobodyThere()
        if chance < 0.4 and other in self._taken:
            return SeenBefore(other, sample.report)
        self._taken |= {position} if sample.report.accepted else set()
        return sample

    async def reopen(self) -> None:
        await asyncio.sleep(one_of(self._luck, [0.0, 5.0]))
        if self._luck.random() < 0.4:
            raise DeviceFault("the camera stays away")

    def station(self) -> Station:
        return Station(self.take, self.reopen, lambda: "look", None, self._taken.discard)


async def find(pin: str) -> Attendant | None:
    await asyncio.sleep(0.05)
    return OFFICER if pin == PIN else None


async def says_anything(dialogue: Dialogue, screen: ScriptedScreen, luck: np.random.Generator) -> None:
    """Mostly what is asked, sometimes twice, sometimes what is not asked; never the end."""
    while True:
        await asyncio.sleep(one_of(luck, [0.0, 0.01, 0.5, 4.0, 15.0]))
        asked = dialogue.view.asks if luck.random() < 0.95 else tuple(AnswerKind)
        kind = one_of(luck, [*asked, AnswerKind.HELP])
        if kind is AnswerKind.CANCEL or (kind in SELDOM and luck.random() < 0.9):
            continue
        value = one_of(luck, VALUES.get(kind, ("",)))
        for _ in range(one_of(luck, [1, 1, 2])):
            screen.say(kind, value)


def no_fingers(tray: Tray) -> FingerDesk:
    del tray
    return None  # pyright: ignore[reportReturnType] -- this plan has no fingers


async def no_picture(artefact: Artefact) -> bytes | None:
    del artefact
    return None


async def visited(
    dialogue: Dialogue, luck: np.random.Generator, sealed: dict[str, Artefact]
) -> tuple[Collection, Attested]:
    """Captured, reviewed and attested. sealed: what was kept last, by part."""

    async def keep(artefact: Artefact) -> None:
        await asyncio.sleep(one_of(luck, [0.0, 0.2]))
        sealed[part_of(artefact).key] = artefact

    for phase in (Phase.NOTICE, Phase.IDENTIFY):
        dialogue.enter(phase, phase.value)
    stations = {each: Lucky(each, luck).station() for each in (Modality.PORTRAIT, Modality.IRIS)}
    desk = CaptureDesk(dialogue, stations, SystemClock(), 3, find)
    collection = Collection(dialogue, desk, no_fingers, PLAN, keep, no_picture, Retakes(3))
    attesting = AttestDesk(dialogue, find, asyncio.sleep, 2)
    await collection.capture_all()
    while True:
        await collection.review({})
        attested = await attesting.attest(matters_to_look_at(collection.artefacts))
        if not isinstance(attested, PortraitAgain):
            return collection, attested
        await collection.another_portrait()


@pytest.mark.parametrize("seed", range(40))
async def test_whatever_is_said_each_part_has_an_outcome_and_nothing_is_vouched_for_unseen(
    dialogue: Dialogue, screen: ScriptedScreen, seed: int
) -> None:
    luck, sealed = np.random.default_rng(seed), dict[str, Artefact]()
    saying = asyncio.create_task(says_anything(dialogue, screen, luck))
    visiting = asyncio.create_task(visited(dialogue, luck, sealed))
    leaving = asyncio.create_task(dialogue.ended())
    async with asyncio.timeout(LIMIT_S):
        await asyncio.wait({visiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
    saying.cancel()
    if visiting.done():
        collection, attested = visiting.result()
        for artefact in collection.artefacts:
            _holds_together(artefact)
            assert sealed[part_of(artefact).key] is artefact
        assert not isinstance(attested, Vouched) or _is_answered(attested, collection)
    for task in (visiting, leaving):
        task.cancel()


def _holds_together(artefact: Artefact) -> None:
    numbers = [attempt.number for attempt in artefact.attempts]
    assert numbers == list(range(1, len(numbers) + 1))
    sample = artefact.sample
    if sample is None:
        assert artefact.exception is not None
        return
    assert artefact.exception is None
    assert artefact.forced is not sample.report.accepted
    assert artefact.attempts[sample.attempt - 1].report is sample.report


def _is_answered(word: Vouched, collection: Collection) -> bool:
    found = {look.matter: look.finding for look in word.looks}
    is_settled = not {Finding.AGAIN, Finding.UNSEEN} & set(found.values())
    return is_settled and set(found) == set(matters_to_look_at(collection.artefacts))
