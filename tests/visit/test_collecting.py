"""What the review shows, how often something is taken again, and which try is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

import pytest

from firmware.clock import SystemClock
from firmware.records.eligibility import Framing
from firmware.records.record import Part
from firmware.records.samples import Artefact, Attempt, ExceptionReason, EyeSide, Modality, Rejection
from firmware.screen.view import AnswerKind, ItemState
from firmware.visit.capturing import CaptureDesk, Station
from firmware.visit.collecting import Collection
from firmware.visit.dialogue import Dialogue
from firmware.visit.finger_desk import FingerDesk, Tray
from firmware.visit.phases import Phase
from firmware.visit.plan import CapturePhase
from firmware.visit.retakes import Retakes, kept_of
from hw.faults import DeviceFault
from tests.visit.samples import Result, ScriptedStation, no_attendant, sample_with
from tests.visit.scripted import ScriptedScreen

PLAN = (
    CapturePhase(Phase.PORTRAIT, (Part(Modality.PORTRAIT),)),
    CapturePhase(Phase.IRISES, (Part(Modality.IRIS, EyeSide.RIGHT),)),
)
Collect = Callable[[Iterable[Result], Iterable[Result]], Awaitable[Collection]]


def no_fingers(tray: Tray) -> FingerDesk:
    del tray
    return None  # pyright: ignore[reportReturnType] -- this plan has no fingers


async def keep(artefact: Artefact) -> None:
    del artefact


async def no_picture(artefact: Artefact) -> bytes | None:
    del artefact
    return None


@pytest.fixture
def collect(dialogue: Dialogue) -> Collect:
    """A portrait and an eye, taken from stations that follow a list; each may be taken twice more."""

    async def run(portraits: Iterable[Result], eyes: Iterable[Result]) -> Collection:
        stations = {
            Modality.PORTRAIT: Station(
                ScriptedStation(portraits).take, _reopen, lambda: "portrait_look", None
            ),
            Modality.IRIS: Station(ScriptedStation(eyes).take, _reopen, lambda: "eye_look", None),
        }
        for phase in (Phase.NOTICE, Phase.IDENTIFY):
            dialogue.enter(phase, phase.value)
        desk = CaptureDesk(dialogue, stations, SystemClock(), 1, no_attendant)
        collection = Collection(dialogue, desk, no_fingers, PLAN, keep, no_picture, Retakes(2))
        await collection.capture_all()
        return collection

    return run


async def _reopen() -> None:
    pass


async def reviewed(collection: Collection, screen: ScriptedScreen, *retakes: str) -> None:
    """A review in which these are asked for again, one after the other."""
    reviewing = asyncio.ensure_future(collection.review({}))
    for key in retakes:
        await asyncio.sleep(1.0)
        screen.say(AnswerKind.RETAKE, key)
    await asyncio.sleep(1.0)
    screen.say(AnswerKind.CONFIRM)
    await reviewing


def score_of(collection: Collection, number: int = 0) -> int:
    sample = collection.artefacts[number].sample
    assert sample is not None
    return sample.report.score


async def test_of_two_good_portraits_the_one_that_was_asked_for_again_counts(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([90, 60], [80])
    await reviewed(collection, screen, "portrait")
    assert score_of(collection) == 60
    assert not any(item.kept_earlier for item in dialogue.view.review)


async def test_a_portrait_that_is_not_good_does_not_replace_a_good_one_and_that_is_said(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([60, 30], [80])
    await reviewed(collection, screen, "portrait")
    assert score_of(collection) == 60
    assert [item.kept_earlier for item in dialogue.view.review] == [True, False]


async def test_of_an_eye_the_better_try_counts_and_that_is_said(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([80], [90, 60])
    await reviewed(collection, screen, "eye_right")
    assert score_of(collection, 1) == 90
    assert [item.kept_earlier for item in dialogue.view.review] == [False, True]


async def test_a_try_that_gave_nothing_leaves_the_earlier_one_and_that_is_said(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([60, *[DeviceFault("the camera is broken")] * 4], [80])
    reviewing = asyncio.ensure_future(collection.review({}))
    await asyncio.sleep(1.0)
    screen.say(AnswerKind.RETAKE, "portrait")
    await asyncio.sleep(20.0)
    assert dialogue.view.instruction == "review"
    assert score_of(collection) == 60
    assert [item.kept_earlier for item in dialogue.view.review] == [True, False]
    reviewing.cancel()


async def test_that_a_try_was_in_vain_is_said_only_of_the_last_one(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([60, 30], [80, 85])
    await reviewed(collection, screen, "portrait", "eye_right")
    assert not any(item.kept_earlier for item in dialogue.view.review)


async def test_portraits_are_counted_by_themselves(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([60, 61, 62, 63], [80])
    await reviewed(collection, screen, "portrait", "portrait", "portrait")
    assert score_of(collection) == 62
    assert [item.may_retake for item in dialogue.view.review] == [False, True]
    assert AnswerKind.RETAKE in screen.views[-1].asks


async def test_every_retaken_portrait_is_shown_for_review(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([60, 70], [80])
    await reviewed(collection, screen, "portrait")
    shown = [view.review[0].score for view in screen.views if view.instruction == "review" and view.asks]
    assert list(dict.fromkeys(shown)) == [60, 70]


async def test_the_attendants_portrait_replaces_one_that_breaks_a_rule_even_when_it_is_not_good(
    collect: Collect, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    collection = await collect([90, 30], [80])
    await reviewed(collection, screen)
    dialogue.enter(Phase.ATTEST, "attest_look")
    await collection.another_portrait()
    await reviewed(collection, screen)
    assert score_of(collection) == 30
    assert dialogue.view.review[0].state is ItemState.FORCED


@pytest.mark.parametrize(
    ("retaken", "placed"),
    [
        pytest.param(30, Framing.STANDING, id="the portrait from before is kept"),
        pytest.param(80, Framing.SEATED, id="the new one is kept"),
    ],
)
async def test_how_a_person_was_placed_is_told_of_the_portrait_that_is_kept(
    collect: Collect, screen: ScriptedScreen, retaken: int, placed: Framing
) -> None:
    collection = await collect([60, None, retaken], [80])
    reviewing = asyncio.ensure_future(collection.review({}))
    for kind, value in ((AnswerKind.RETAKE, "portrait"), (AnswerKind.SEATED, ""), (AnswerKind.CONFIRM, "")):
        await asyncio.sleep(1.0)
        screen.say(kind, value)
    await reviewing

    assert collection.framing is placed


def artefact(score: int | None, attempt: int = 1) -> Artefact:
    if score is None:
        return Artefact(Modality.PORTRAIT, None, None, exception=ExceptionReason.DEVICE_UNAVAILABLE)
    sample = replace(sample_with(score, attempt), modality=Modality.PORTRAIT)
    attempts = tuple(Attempt(number, sample.report, 1.0) for number in range(1, attempt + 1))
    return Artefact(Modality.PORTRAIT, None, sample, attempts, forced=score < 50)


def test_a_try_without_a_picture_takes_nothing_away() -> None:
    earlier = artefact(60)
    kept = kept_of(earlier, artefact(None), newest_counts=True).artefact
    assert (kept.sample, kept.exception, kept.forced) == (earlier.sample, None, False)


def test_a_try_without_a_picture_stays_on_record() -> None:
    report = sample_with(80, 1).report
    seen = Attempt(1, report, 1.0, rejection=Rejection.SEEN_BEFORE, seen_as=EyeSide.LEFT)
    vain = Artefact(
        Modality.IRIS, EyeSide.RIGHT, None, (seen,), exception=ExceptionReason.UNREADABLE, looked_at_by="CB-1"
    )
    earlier = replace(vain, sample=sample_with(60, 1), attempts=(Attempt(1, report, 1.0),), exception=None)
    kept = kept_of(replace(earlier, looked_at_by=None), vain).artefact
    assert kept.sample is earlier.sample
    assert [(each.number, each.seen_as) for each in kept.attempts] == [(1, None), (2, EyeSide.LEFT)]
    assert kept.looked_at_by == "CB-1"


def test_attempts_of_both_tries_are_counted_on_and_the_kept_sample_names_its_own() -> None:
    kept = kept_of(artefact(60, attempt=2), artefact(70, attempt=3)).artefact
    assert [attempt.number for attempt in kept.attempts] == [1, 2, 3, 4, 5]
    assert kept.sample is not None
    assert kept.sample.attempt == 5


async def test_who_lies_is_taken_lying_and_may_take_that_back(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    station = ScriptedStation([])
    stations = {Modality.PORTRAIT: Station(station.take, _reopen, lambda: "portrait_look", None)}
    desk = CaptureDesk(dialogue, stations, SystemClock(), 1, no_attendant)
    capturing = asyncio.ensure_future(desk.capture(Part(Modality.PORTRAIT)))
    for kind in (AnswerKind.BEDSIDE, AnswerKind.SEATED, AnswerKind.BEDSIDE):
        await asyncio.sleep(1.0)
        screen.say(kind)
    await asyncio.sleep(1.0)
    assert dialogue.view.instruction == "portrait_look_bedside"
    assert station.framings == [Framing.STANDING, Framing.BEDSIDE, Framing.SEATED, Framing.BEDSIDE]
    capturing.cancel()
