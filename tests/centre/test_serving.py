"""The centre as a process: killed at any moment, it still has what it acknowledged."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import numpy as np
import pytest

from firmware.outbox.vault import VisitVault
from firmware.sealing.centre_receipt import read_receipt
from firmware.sealing.keys import load_key_ring
from host_tools.keys import make_demo_keys, read_signing_key
from host_tools.sealed_record import check_record
from tests.centre.eye_visits import WHOLE
from tests.centre.world import PIECE_BYTES, Sender
from tests.eye_records import eyes_on, save_eyes
from tests.sealing_world import SetClock, save_visit, seeded_bytes

CHECKOUT = Path(__file__).parents[2]
LIMIT_S = 40.0
KILLS = 4


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def centre_process(folder: Path) -> AsyncGenerator[tuple[Process, httpx.AsyncClient]]:
    """A centre over `folder`, and a client of it; killed at the end, if it still runs."""
    words = (sys.executable, "-m", "simulator", "serve", "centre", "--folder", str(folder))
    process = await asyncio.create_subprocess_exec(*words, stdout=PIPE, cwd=CHECKOUT)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(LIMIT_S):
            address = (await process.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(base_url=address, timeout=LIMIT_S, trust_env=False) as client:
            yield process, client
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def vault_under(state: Path, folder: Path) -> VisitVault:
    """The vault of a terminal under demo keys, whose centre's lie in `folder`."""
    make_demo_keys(folder, state / "keys")
    return VisitVault(state, load_key_ring(state / "keys"), SetClock(), seeded_bytes(), lambda _: 1 << 40)


async def send_until_killed(sender: Sender, process: Process, requests: int) -> dict[str, int]:
    """Send pieces, and kill the centre after so many of them; how much of each file it acknowledged."""
    acknowledged = dict[str, int]()
    for name in sender.names:
        contents = (sender.folder / name).read_bytes()
        place = (await sender.begin(name)).headers["Location"]
        offset = await sender.offset(place)
        while offset < len(contents):
            if requests == 0:
                os.kill(process.pid, signal.SIGKILL)
                return acknowledged
            requests -= 1
            answer = await sender.append(place, offset, contents[offset : offset + PIECE_BYTES])
            offset = acknowledged[name] = int(answer.headers["Upload-Offset"])
    return acknowledged


@pytest.mark.slow
async def test_a_killed_centre_has_what_it_acknowledged(tmp_path: Path) -> None:
    state, folder = tmp_path / "state", tmp_path / "centre"
    record = save_visit(vault_under(state, folder))
    chance = np.random.default_rng(5)

    for _ in range(KILLS):
        async with centre_process(folder) as (process, client):
            acknowledged = await send_until_killed(
                Sender(client, record), process, int(chance.integers(1, 4))
            )
        async with centre_process(folder) as (process, client):
            sender = Sender(client, record)
            for name, offset in acknowledged.items():
                place = (await sender.begin(name)).headers["Location"]
                assert await sender.offset(place) >= offset
    async with centre_process(folder) as (process, client):
        given = await Sender(client, record).send_all()
        os.kill(process.pid, signal.SIGKILL)
    async with centre_process(folder) as (process, client):
        again = await Sender(client, record).finish()
        process.terminate()
        assert await process.wait() == 0

    read_receipt(given.content, read_signing_key(folder / "signing.pem").public_key())
    assert (given.status_code, given.content) == (again.status_code, again.content)
    assert check_record(folder / "data" / "records" / record.name) == check_record(record)


@pytest.mark.slow
async def test_a_centre_process_gives_receipts_and_then_tells_of_swapped_eyes(tmp_path: Path) -> None:
    state, folder = tmp_path / "state", tmp_path / "centre"
    vault = vault_under(state, folder)
    records = [save_eyes(vault, eyes) for eyes in (eyes_on(0), eyes_on(1, 601, 600))]

    async with centre_process(folder) as (_, client):
        receipts = [await Sender(client, record, WHOLE).send_all() for record in records]
        async with asyncio.timeout(LIMIT_S):
            while (told := (await client.get("/returned")).json()) == []:
                pass

    assert [receipt.status_code for receipt in receipts] == [200, 200]
    assert [(each["record_id"], each["reasons"]) for each in told] == [(records[1].name, ["eyes_swapped"])]
