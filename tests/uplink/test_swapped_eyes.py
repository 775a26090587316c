"""Three visits of one person, the last with the eyes in the wrong order: only the centre can tell."""

from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from firmware.outbox.disk import PosixDisk
from firmware.uplink.link import Link, open_http
from firmware.uplink.service import Host, ask_for_returned, make_uploader
from firmware.uplink.settings import Uplink
from firmware.visit.outcomes import Outcome
from firmware.workers import JobKind
from host_tools.__main__ import main
from host_tools.keys import CENTRE_PRIVATE_NAME
from simulator.centre.centre import Centre
from simulator.centre.keys import load_centre_keys
from simulator.inline_workers import InlineWorkers
from simulator.people.eyes import EyeMaster, another_impression
from simulator.people.person import Person, generate_person
from simulator.provisioned import provision
from simulator.scenario import TerminalSetting, load_scenario
from simulator.stage import MORNING, Stage
from simulator.virtual_time import VirtualClock
from tests.sealing_world import seeded_bytes
from tests.uplink.world import SETTINGS

pytestmark = [pytest.mark.anyio, pytest.mark.slow, pytest.mark.timeout(240)]
SEED = 1
FINGERLESS = dict.fromkeys(range(1, 11), "amputated")  # they take most of a visit, and do not matter here
VISITS = ("adult_first_issue", "adult_exchange", "eye_swapped")


def on_day(person: Person, day: int) -> Person:
    """The same person as a later visit finds them: other pupils, light and lashes."""

    @cache
    def iris(side: str) -> EyeMaster:
        eye = person.iris(side)
        assert isinstance(eye, EyeMaster)
        return another_impression(eye, np.random.default_rng([SEED, day, *side.encode()])) if day else eye

    return replace(person, iris=iris)


async def visit(state: Path) -> list[str]:
    """One visit after the other of the same person; the ids of their records."""
    person, outbox = generate_person(SEED), state / "outbox"
    stage = Stage(state, np.random.default_rng(SEED), TerminalSetting())
    ids = list[str]()
    for day, name in enumerate(VISITS):
        scenario = load_scenario(name)
        scenario = replace(scenario, behaviour=replace(scenario.behaviour, missing=FINGERLESS))
        assert await stage.play(on_day(person, day), scenario, stage.notes(0.0)) is Outcome.SAVED
        ids += [folder.name for folder in outbox.iterdir() if folder.name not in ids]
    return ids


async def upload(state: Path, folder: Path) -> None:
    """Everything in the outbox to the centre, and what it sends back into `returned/`."""
    clock, workers = VirtualClock(MORNING), InlineWorkers({JobKind.IRIS: 0.1})
    host, keys = Host(clock, PosixDisk(), seeded_bytes(4), state), load_centre_keys(folder)
    with closing(Centre(folder / "data", keys, clock, seeded_bytes(5), workers)) as centre:
        async with open_http(Uplink(SETTINGS, None), centre.link()) as http:
            assert (await make_uploader(host, SETTINGS, Link(http)).round())["sent"] == len(VISITS)
            await ask_for_returned(host, Link(http))


async def test_the_ward_learns_of_swapped_eyes_from_the_centre_alone(
    quick_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, folder = quick_folder / "state", quick_folder / "centre"
    key = provision_key(state, folder)
    first, again, swapped = (folder / "data" / "records" / record_id for record_id in await visit(state))

    await upload(state, folder)

    assert main(["outbox", str(state)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    returned = [(row[0], row[-1]) for row in rows if row[1] == "returned"]
    assert returned == [(swapped.name, "eyes_swapped")]
    compared = [main(["record", "compare", str(first), str(later), *key]) for later in (again, swapped)]
    assert compared == [0, 1]


def provision_key(state: Path, folder: Path) -> tuple[str, str]:
    """Set the terminal up; the words that name the key of its centre."""
    provision(state, folder, TerminalSetting())
    return "--key", str(folder / CENTRE_PRIVATE_NAME)
