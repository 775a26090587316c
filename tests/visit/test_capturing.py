"""One artefact: bounded attempts, exceptions, people who left, devices that break."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import pytest

from firmware.capture.attempts import NobodyThere, SeenBefore
from firmware.capture.guide import Guide
from firmware.clock import SystemClock
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from firmware.records.eligibility import Framing
from firmware.records.record import Part
from firmware.records.samples import Artefact, ExceptionReason, EyeSide, Modality, Position, Rejection, Sample
from firmware.screen.view import AnswerKind
from firmware.visit.attendants import Attendant
from firmware.visit.capturing import CALLS, CaptureDesk, Station
from firmware.visit.dialogue import Dialogue
from firmware.visit.outcomes import Outcome
from firmware.visit.recovery import RECOVERY_LIMIT_S
from hw.faults import DeviceFault
from tests.visit.samples import Result, ScriptedStation, no_attendant
from tests.visit.scripted import ScriptedScreen

PART = Part(Modality.IRIS, EyeSide.LEFT)
FAULT = DeviceFault("the sensor is broken")
OFFICER = Attendant("CB-0042", b"", b"")

Capture = Callable[[ScriptedStation], Awaitable[Artefact]]


@pytest.fixture
def capture(dialogue: Dialogue) -> Capture:
    async def run(station: ScriptedStation) -> Artefact:
        stations = {Modality.IRIS: Station(station.take, station.reopen, lambda: "eye_look", None)}
        return await CaptureDesk(dialogue, stations, SystemClock(), 3, no_attendant).capture(PART)

    return run


@pytest.mark.parametrize(
    ("scores", "best", "attempts", "forced"),
    [
        pytest.param([80], 80, 1, False, id="good at once"),
        pytest.param([20, 70, 90], 70, 2, False, id="good at the second try"),
        pytest.param([20, 45, 30], 45, 3, True, id="never good: the best is kept and marked"),
        pytest.param([50], 50, 1, False, id="exactly the threshold is enough"),
    ],
)
async def test_the_best_of_at_most_three_attempts_is_kept(
    capture: Capture, scores: Iterable[Result], best: int, attempts: int, forced: bool
) -> None:
    artefact = await capture(ScriptedStation(scores))
    assert artefact.sample is not None
    assert artefact.sample.report.score == best
    assert len(artefact.attempts) == attempts
    assert artefact.forced is forced
    assert artefact.exception is None


async def test_nobody_tries_again_and_again_what_only_a_lamp_can_better(capture: Capture) -> None:
    artefact = await capture(ScriptedStation([30, 80], advice=Advice.FACE_LIGHT))
    assert len(artefact.attempts) == 1
    assert artefact.forced


async def test_of_equal_samples_the_latest_is_kept(capture: Capture) -> None:
    artefact = await capture(ScriptedStation([30, 30, 30]))
    assert artefact.sample is not None
    assert artefact.sample.attempt == 3


async def test_who_cannot_give_a_finger_says_why(
    capture: Capture, screen: ScriptedScreen, dialogue: Dialogue
) -> None:
    capturing = asyncio.ensure_future(capture(ScriptedStation([])))
    await asyncio.sleep(5.0)
    screen.say(AnswerKind.CANNOT_GIVE, "bandaged")
    artefact = await capturing
    assert artefact.exception is ExceptionReason.BANDAGED
    assert artefact.sample is None


async def test_a_sample_from_before_the_exception_is_kept(capture: Capture, screen: ScriptedScreen) -> None:
    capturing = asyncio.ensure_future(capture(ScriptedStation([40])))
    await asyncio.sleep(5.0)
    screen.say(AnswerKind.CANNOT_GIVE, "damaged")
    artefact = await capturing
    assert artefact.sample is not None
    assert artefact.forced


async def test_what_was_taken_is_not_given_up_while_it_leaves(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    station = ScriptedStation([80])

    async def take(
        position: Position, guide: Guide, number: int, framing: Framing
    ) -> Sample | NobodyThere | SeenBefore:
        guide.instruct("eye_done")
        screen.say(AnswerKind.CANNOT_GIVE, "damaged")
        await asyncio.sleep(3.0)
        return await station.take(position, guide, number, framing)

    stations = {Modality.IRIS: Station(take, station.reopen, lambda: "eye_look", None)}

    artefact = await CaptureDesk(dialogue, stations, SystemClock(), 3, no_attendant).capture(PART)

    assert artefact.exception is None
    assert artefact.sample is not None
    assert AnswerKind.CANCEL in screen.views[-1].asks


async def test_nobody_there_ends_the_visit_after_asking(capture: Capture, dialogue: Dialogue) -> None:
    capturing = asyncio.ensure_future(capture(ScriptedStation([NobodyThere()])))
    assert await dialogue.ended() is Outcome.WALKED_AWAY
    capturing.cancel()


async def test_who_is_still_there_goes_on_with_the_attempts_made(
    capture: Capture, screen: ScriptedScreen
) -> None:
    capturing = asyncio.ensure_future(capture(ScriptedStation([20, NobodyThere(), 30, 40])))
    await asyncio.sleep(1.0)
    screen.say(AnswerKind.STILL_HERE)
    artefact = await capturing
    assert [attempt.number for attempt in artefact.attempts] == [1, 2, 3]


async def test_a_device_that_comes_back_is_waited_for(capture: Capture, screen: ScriptedScreen) -> None:
    station = ScriptedStation([FAULT, 80], reopening=[FAULT, FAULT, None])
    artefact = await capture(station)
    assert artefact.sample is not None
    assert len(artefact.attempts) == 1
    assert station.reopened == 3
    assert "device_wait" in [view.instruction for view in screen.views]


async def test_a_device_that_stays_away_is_the_reason_of_an_exception(capture: Capture) -> None:
    begun_s = asyncio.get_running_loop().time()
    artefact = await capture(ScriptedStation([FAULT], reopening=[FAULT] * 50))
    assert artefact.exception is ExceptionReason.DEVICE_UNAVAILABLE
    assert asyncio.get_running_loop().time() - begun_s < RECOVERY_LIMIT_S + 5.0


async def test_a_sample_from_before_the_fault_is_kept(capture: Capture) -> None:
    artefact = await capture(ScriptedStation([30, FAULT], reopening=[FAULT] * 50))
    assert artefact.sample is not None
    assert artefact.forced
    assert artefact.exception is None


SAME = SeenBefore(EyeSide.RIGHT, QualityReport("test/1", 80, accepted=True, components=(), advice=None))


async def officer(pin: str) -> Attendant | None:
    return OFFICER if pin == "246810" else None


def desk_of(dialogue: Dialogue, station: ScriptedStation, mistaken: list[Position]) -> CaptureDesk:
    at = Station(station.take, station.reopen, lambda: "eye_look", None, mistaken.append)
    return CaptureDesk(dialogue, {Modality.IRIS: at}, SystemClock(), 3, officer)


async def test_an_eye_given_for_the_other_is_told_and_asked_for_again(
    capture: Capture, screen: ScriptedScreen
) -> None:
    artefact = await capture(ScriptedStation([SAME, 80]))

    assert artefact.sample is not None
    assert [attempt.rejection for attempt in artefact.attempts] == [Rejection.SEEN_BEFORE, None]
    assert artefact.attempts[0].seen_as is EyeSide.RIGHT
    assert ("eye_other", (("seen", "eye_right"),)) in [(each.hint, each.parameters) for each in screen.views]
    assert "eye_attendant" not in [each.instruction for each in screen.views]


async def test_the_second_time_an_attendant_looks_and_the_other_eye_is_taken_anew(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    mistaken: list[Position] = []
    desk = desk_of(dialogue, ScriptedStation([SAME, SAME, 80]), mistaken)

    capturing = asyncio.ensure_future(desk.capture(PART))
    await asyncio.sleep(1.0)
    screen.say(AnswerKind.PIN, "246810")
    artefact = await capturing

    assert artefact.sample is not None
    assert artefact.looked_at_by == OFFICER.identity
    assert mistaken == [EyeSide.RIGHT]
    assert desk.next_anew() == Part(Modality.IRIS, EyeSide.RIGHT)
    assert desk.next_anew() is None


async def test_without_an_attendant_that_eye_is_left_out(dialogue: Dialogue, screen: ScriptedScreen) -> None:
    mistaken: list[Position] = []
    desk = desk_of(dialogue, ScriptedStation([SAME, SAME]), mistaken)

    capturing = asyncio.ensure_future(desk.capture(PART))
    await asyncio.sleep(1.0)
    screen.say(AnswerKind.CONFIRM)
    artefact = await capturing

    assert artefact.sample is None
    assert artefact.exception is ExceptionReason.UNREADABLE
    assert mistaken == []


async def test_what_was_taken_before_costs_no_attempt(capture: Capture) -> None:
    artefact = await capture(ScriptedStation([20, 30, SAME, 80]))
    assert artefact.sample is not None
    assert artefact.sample.report.score == 80


async def test_who_gives_an_eye_twice_again_and_again_calls_nobody_for_ever(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    desk = desk_of(dialogue, ScriptedStation([SAME] * 2 * (CALLS + 1)), [])
    called: list[bool] = []

    for _ in range(CALLS + 1):
        capturing = asyncio.ensure_future(desk.capture(PART))
        await asyncio.sleep(1.0)
        called.append(AnswerKind.PIN in dialogue.view.asks)
        screen.say(AnswerKind.CONFIRM)
        assert (await capturing).exception is ExceptionReason.UNREADABLE

    assert called == [True] * CALLS + [False]


async def test_as_what_an_eye_was_taken_is_told_to_the_attendant_too(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    desk = desk_of(dialogue, ScriptedStation([SAME, NobodyThere(), SAME]), [])
    capturing = asyncio.ensure_future(desk.capture(PART))
    await asyncio.sleep(1.0)
    screen.say(AnswerKind.STILL_HERE)
    await asyncio.sleep(1.0)

    view = dialogue.view
    told = (view.instruction, view.hint, view.parameters)
    assert told == ("eye_attendant", "eye_other", (("seen", "eye_right"),))
    capturing.cancel()
