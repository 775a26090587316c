"""Nothing of the person is on any disk or in any process of the terminal, however a visit ends."""

import asyncio
import base64
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from host_tools.keys import read_centre_key
from host_tools.sealed_record import check_record, open_record
from tests.live.citizen_at_page import SHOWS, CitizenAtPage, View, browser_page
from tests.live.memory import found_in_memory
from tests.live.planted import ADDRESS, BIRTH, FACTS, NAME, NUMBER, plant
from tests.live.stage import Places
from tests.live.stage_hand import StageHand, hand_on_stage
from tests.live.traces import Picture, Traces, traces

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

HELD = {"row of a picture", *(f"fact in {encoding}" for encoding in ("utf-8", "utf-16-le", "utf-32-le"))}
VISIT_S = 45.0
NEXT_BOOTH_S = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a terminal left of three visits of one person: saved, stopped by touch, and cut off by SIGKILL.

    before, after: the booth of the saved visit, and the next. held, kept: what was found in their memory.
    written: files and what of the person can be found in them, at any of four moments.
    """

    traces: Traces
    before: int
    after: int | None
    held: set[str]
    kept: set[str]
    written: set[tuple[str, str]]
    outcomes: list[bytes]
    delivered: tuple[Picture, ...]


def at(instruction: str, target: str | None = None) -> Callable[[View], bool]:
    return lambda view: view["instruction"] == instruction and target in {None, view["target"]}


def delivered_pictures(places: Places) -> tuple[Picture, ...]:
    """What the centre gets of the only record."""
    (folder,) = (places.state / "outbox").iterdir()
    record = open_record(check_record(folder), read_centre_key(places.centre_key))
    coded = [np.frombuffer(artefact.picture, np.uint8) for artefact in record.artefacts if artefact.picture]
    pictures = [cv2.imdecode(each, cv2.IMREAD_UNCHANGED) for each in coded]
    return tuple(
        np.asarray(picture if picture.ndim == 2 else picture[..., ::-1], np.uint8)
        for picture in pictures
        if picture is not None
    )


async def in_memory(pid: int, person: Traces) -> set[str]:
    """What a program works with: rows of pictures, and facts as Python and others hold them."""
    pieces = [piece for piece, what in person.pieces.items() if what in HELD]
    return {person.pieces[piece] for piece in await asyncio.to_thread(found_in_memory, pid, pieces)}


async def in_files(places: Places, person: Traces) -> set[tuple[str, str]]:
    """On every disk of the terminal; the centre, whose register knows everybody, is another machine."""
    return await asyncio.to_thread(person.in_files, places.root, places.centre)


def booth_of(stage: StageHand) -> int:
    assert stage.booth_pid is not None
    return stage.booth_pid


async def next_booth(stage: StageHand, last: int) -> int:
    """The process after that one, once nobody stands there."""
    await stage.do("leave")
    await stage.until(lambda it: it.booth_pid not in {None, last}, NEXT_BOOTH_S)
    return booth_of(stage)


async def observed(root: Path) -> Evidence:
    """Play the three visits before one browser, and search at each end."""
    places = Places(root / "terminal")
    planted = plant(root / "people")
    async with hand_on_stage(places.root, root / "people") as stage, browser_page(places) as page:
        citizen = CitizenAtPage(page, stage)
        await citizen.open()
        first = booth_of(stage)
        await citizen.follow(at("receipt"), VISIT_S)
        delivered = delivered_pictures(places)
        person = traces(FACTS, delivered, (*planted, *citizen.previews[::10]))
        held, written = await in_memory(first, person), await in_files(places, person)
        await citizen.touch("receipt")
        await citizen.touch("saved")
        second = await next_booth(stage, first)
        await page.wait_for_function(SHOWS, arg="attract")
        kept = await in_memory(second, person)
        await citizen.follow(at("finger_next", "finger_3"), VISIT_S, NUMBER, BIRTH)
        written |= await in_files(places, person)
        await citizen.stop()
        await citizen.touch("cancelled")
        third = await next_booth(stage, second)
        await citizen.follow(at("finger_next", "finger_3"), VISIT_S)
        os.kill(third, signal.SIGKILL)
        written |= await in_files(places, person)
        await next_booth(stage, third)
        await page.wait_for_function(SHOWS, arg="attract")
    written |= await in_files(places, person)
    outcomes = [path.read_bytes() for path in (places.state / "outcomes").iterdir()]
    return Evidence(person, first, second, held, kept, written, outcomes, delivered)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return asyncio.run(observed(tmp_path_factory.mktemp("seen")))


def test_no_file_of_terminal_or_browser_shows_the_person_at_any_moment(evidence: Evidence) -> None:
    assert evidence.written == set()


def test_one_visit_was_saved_one_stopped_and_one_cut_off(evidence: Evidence) -> None:
    assert len(evidence.delivered) == 13
    assert sorted(b"crashed" in outcome for outcome in evidence.outcomes) == [False, True]


def test_a_booth_that_serves_a_person_holds_their_facts_and_pictures(evidence: Evidence) -> None:
    assert {"fact in utf-8", "fact in utf-16-le", "row of a picture"} <= evidence.held


def test_the_next_booth_is_another_process_without_anything_of_the_person(evidence: Evidence) -> None:
    assert evidence.after != evidence.before
    assert not Path(f"/proc/{evidence.before}").exists()
    assert evidence.kept == set()


@pytest.mark.parametrize(
    ("suffix", "what"),
    [(".jpg", "picture"), (".png", "picture"), (".webp", "picture"), ("", "row of a picture")],
)
def test_a_picture_in_clear_would_be_found(
    evidence: Evidence, tmp_path: Path, suffix: str, what: str
) -> None:
    for number, picture in enumerate(evidence.delivered):
        coded = cv2.imencode(suffix, picture)[1].tobytes() if suffix else picture.tobytes()
        (tmp_path / f"{number}").write_bytes(b"something before" + coded + b"and after")

    found = evidence.traces.in_files(tmp_path)

    assert {(f"{number}", what) for number in range(len(evidence.delivered))} <= found


def test_a_picture_in_a_text_would_be_found(evidence: Evidence) -> None:
    small = cv2.resize(evidence.delivered[0], None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    text = base64.b64encode(cv2.imencode(".png", small)[1].tobytes())

    assert evidence.traces.in_bytes(b'{"picture": "' + text + b'"}') == {"picture"}


@pytest.mark.parametrize("fact", [NAME, NUMBER, ADDRESS])
def test_a_fact_in_clear_would_be_found(evidence: Evidence, fact: str) -> None:
    for text in (fact, f"|{fact}|", f"--{fact}"):
        assert evidence.traces.in_bytes(base64.b64encode(text.encode())) == {"fact in base64"}
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert evidence.traces.in_bytes(fact.encode(encoding)) & {f"fact in {encoding}"}
