"""A centre without sockets, and a terminal's records to send to it."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import httpx
import pytest

from simulator.centre.centre import Centre
from tests.centre.eye_visits import Visits
from tests.centre.world import Sender, client_of, opened_centre, saved_record
from tests.sealing_world import SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def centre(tmp_path: Path, clock: SetClock) -> Generator[Centre]:
    with opened_centre(tmp_path / "centre", clock=clock) as centre:
        yield centre


@pytest.fixture
async def sender(tmp_path: Path, centre: Centre) -> AsyncGenerator[Sender]:
    async with client_of(centre) as client:
        yield Sender(client, saved_record(tmp_path / "state"))


@pytest.fixture
def visits(tmp_path: Path) -> Visits:
    return Visits(tmp_path / "state")


@pytest.fixture
async def client(centre: Centre) -> AsyncGenerator[httpx.AsyncClient]:
    async with client_of(centre) as client:
        yield client
