"""Irises are looked at after the receipt, and nothing that goes wrong with that hinders anything else."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from starlette.types import Message, Scope

from firmware.sealing.packet import Kind
from firmware.workers import JobKind
from simulator.centre.centre import Centre
from tests.centre.eye_visits import WHOLE, Visits, notices
from tests.centre.world import KEYS, Sender, client_of, opened_centre
from tests.dishonest_terminal import RECORD_ID, DishonestTerminal, own_document
from tests.eye_records import eyes_on

T = TypeVar("T")


async def test_an_earlier_record_that_the_disk_lost_hinders_nothing(
    visits: Visits, client: httpx.AsyncClient, centre: Centre
) -> None:
    first = await visits.send(client, visits.save(eyes_on(0)))
    (centre.archive.folder_of(first) / "manifest.json").unlink()
    await visits.send(client, visits.save(eyes_on(1)))

    swapped = await visits.send(client, visits.save(eyes_on(2, 601, 600)))

    assert (await notices(client)).keys() == {swapped}


async def test_a_record_that_names_nobody_hinders_nothing(
    visits: Visits, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    folder = tmp_path / RECORD_ID
    folder.mkdir()
    terminal = DishonestTerminal(folder, KEYS)
    terminal.seal(Kind.RECORD, own_document())
    terminal.sign()

    await visits.send(client, folder)
    await visits.send(client, visits.save(eyes_on(0)))
    swapped = await visits.send(client, visits.save(eyes_on(1, 601, 600)))

    assert (await notices(client)).keys() == {swapped}


class HeldWorkers:
    """Does no job before it may. begun: that there is one."""

    def __init__(self) -> None:
        self.begun, self.may = asyncio.Event(), asyncio.Event()

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        """The result of `job()`, once it may be done."""
        assert kind is JobKind.IRIS
        self.begun.set()
        await self.may.wait()
        return job()


async def finished(centre: Centre, sender: Sender, said: asyncio.Queue[Message]) -> None:
    """Ask for a receipt as a server would, and put into `said` what the centre says as it says it."""
    body = json.dumps(sender.wish).encode()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    path = f"/records/{sender.folder.name}/finish"
    scope: Scope = {"type": "http", "method": "POST", "path": path, "headers": [], "query_string": b""}
    await centre.app(scope, receive, said.put)


async def test_the_receipt_comes_first_and_the_centre_answers_while_it_looks(
    visits: Visits, tmp_path: Path
) -> None:
    workers, said = HeldWorkers(), asyncio.Queue[Message]()
    folder = visits.save(eyes_on(0))
    with opened_centre(tmp_path / "centre", workers=workers) as centre:
        async with client_of(centre) as client:
            sender = Sender(client, folder, WHOLE)
            for name in sender.names:
                await sender.send(name)
            finishing = asyncio.create_task(finished(centre, sender, said))
            await workers.begun.wait()

            assert [said.get_nowait()["type"] for _ in range(2)] == [
                "http.response.start",
                "http.response.body",
            ]
            assert (await sender.finish()).status_code == 200
            assert await notices(client) == {}
            assert not finishing.done()
            workers.may.set()
            await finishing


class Died(Exception):
    """The process is gone."""


class DyingWorkers:
    """Dies with the first job."""

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        raise Died


async def test_what_crashes_left_is_looked_at_in_its_order_when_the_next_one_asks(
    visits: Visits, tmp_path: Path
) -> None:
    first, swapped = visits.save(eyes_on(0)), visits.save(eyes_on(1, 601, 600))
    with opened_centre(tmp_path / "centre", workers=DyingWorkers(), seed=4) as centre:
        async with client_of(centre) as client:
            for record in (first, swapped):
                with pytest.raises(Died):
                    await Sender(client, record, WHOLE).send_all()

    with opened_centre(tmp_path / "centre", seed=5) as centre:
        async with client_of(centre) as client:
            assert await notices(client) == {}
            assert (await notices(client)).keys() == {swapped.name}
