"""The booth may be killed at any moment of saving: a record is whole, or there is none and that is told."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from host_tools.keys import read_centre_key
from host_tools.sealed_record import check_record, open_record
from tests.live.planted import plant
from tests.live.stage import Places
from tests.live.stage_hand import StageHand, hand_on_stage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SCENARIO = "walk_up adult_first_issue"
VISIT_S = 60.0
NEXT_BOOTH_S = 30.0
TRIES = 4  # a booth may be quicker than the hand that halts it


@pytest.fixture
def anyio_backend() -> str:
    """Processes need a real loop."""
    return "asyncio"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "terminal")


@pytest.fixture
async def stage(places: Places, tmp_path: Path) -> AsyncGenerator[StageHand]:
    """One person with two fingers, which makes visits short."""
    plant(tmp_path / "people", missing=tuple(range(3, 11)))
    async with hand_on_stage(places.root, tmp_path / "people") as running:
        yield running


def records(places: Places) -> list[Path]:
    return list((places.state / "outbox").glob("*"))


def is_about_to_save(places: Places) -> bool:
    """The record is being written beside its artefacts: its manifest and the commitment come next."""
    return any((places.state / "visits").glob("*/record.json.sealed*"))


def halted(pid: int) -> bool:
    """Whether no thread of the process runs any more."""
    states = [
        task.read_text("ascii", "replace").rsplit(")", 1)[1]
        for task in Path(f"/proc/{pid}/task").glob("*/stat")
    ]
    return all(state.split()[0] in "Tt" for state in states)


def halt_when(pid: int, holds: Callable[[], bool]) -> None:
    """Stop every thread of the process as soon as `holds`; blocks meanwhile, to be as quick as can be."""
    end_s = time.monotonic() + VISIT_S
    while not holds():
        assert time.monotonic() < end_s
    os.kill(pid, signal.SIGSTOP)
    while not halted(pid):
        assert time.monotonic() < end_s


async def halted_booth(stage: StageHand, holds: Callable[[], bool]) -> int:
    """A booth in the middle of a visit, halted as soon as `holds`."""
    await stage.until(lambda it: it.booth_pid is not None, NEXT_BOOTH_S)
    pid = stage.booth_pid
    assert pid is not None
    await stage.do(SCENARIO)
    await asyncio.to_thread(halt_when, pid, holds)
    return pid


async def halted_before_the_commitment(stage: StageHand, places: Places) -> tuple[int, list[Path]]:
    """A booth that is about to save, and the records until then; one that was quicker is let go."""
    for _ in range(TRIES):
        saved = records(places)
        pid = await halted_booth(stage, lambda: is_about_to_save(places))
        if records(places) == saved:
            return pid, saved
        os.kill(pid, signal.SIGCONT)
        await followed(stage, pid)
    raise AssertionError("no booth could be halted in time")


async def followed(stage: StageHand, last: int) -> None:
    """Wait for the booth after that one."""
    await stage.until(lambda it: it.booth_pid not in {None, last}, NEXT_BOOTH_S)


async def saves_a_visit(stage: StageHand, places: Places) -> bool:
    """Whether the next visit ends with one more record."""
    before, visits = len(records(places)), stage.visits
    await stage.do(SCENARIO)
    await stage.until(lambda it: it.visits > visits, VISIT_S)
    return len(records(places)) == before + 1


def outcomes(places: Places) -> list[bytes]:
    return [path.read_bytes() for path in (places.state / "outcomes").iterdir()]


async def test_a_kill_right_before_the_commitment_leaves_no_record_and_is_counted(
    stage: StageHand, places: Places
) -> None:
    pid, saved = await halted_before_the_commitment(stage, places)
    os.kill(pid, signal.SIGKILL)
    await followed(stage, pid)

    assert records(places) == saved
    assert await saves_a_visit(stage, places)
    assert list((places.state / "visits").iterdir()) == []
    (outcome,) = outcomes(places)
    assert b'"reason":"crashed"' in outcome


async def test_a_kill_right_after_the_commitment_leaves_the_whole_record(
    stage: StageHand, places: Places
) -> None:
    pid = await halted_booth(stage, lambda: bool(records(places)))
    os.kill(pid, signal.SIGKILL)
    await followed(stage, pid)

    assert await saves_a_visit(stage, places)
    opened = [open_record(check_record(path), read_centre_key(places.centre_key)) for path in records(places)]
    assert [len(record.artefacts) for record in opened] == [13, 13]
    assert outcomes(places) == []
