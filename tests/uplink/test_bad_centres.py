"""A record that is refused or cannot be read, and a centre that lies, is silent or talks without end."""

import asyncio
from collections import Counter

import pytest
from starlette.requests import Request
from starlette.responses import Response

from firmware.uplink.notes import RETRY_SET_ASIDE
from firmware.uplink.uploader import TRIES_WITHOUT_PROGRESS
from tests.uplink.small_centre import TUS, once
from tests.uplink.world import SETTINGS, Ward

pytestmark = pytest.mark.anyio


async def test_a_refused_record_is_set_aside_and_blocks_no_other(ward: Ward) -> None:
    bad, good = ward.save(2)

    async def refuses(request: Request) -> Response | None:
        if request.url.path == f"/records/{bad}/finish":
            return Response('{"reason":"signature_wrong"}', 422)
        return None

    ward.centre.fault = refuses

    first, second = await ward.round(), await ward.round()
    ward.centre.fault = once("GET")
    await asyncio.sleep(RETRY_SET_ASIDE.total_seconds())
    third = await ward.round()

    assert (first, second) == (Counter(set_aside=1, sent=1), Counter(set_aside=1, acknowledged=1))
    assert third == Counter(sent=1, acknowledged=1)
    assert set(ward.centre.received) == {bad, good} == ward.waiting()


async def test_a_record_that_never_gets_through_lets_the_next_one_pass(ward: Ward) -> None:
    bad, good = ward.save(2)

    async def breaks(request: Request) -> Response | None:
        return Response(status_code=500) if request.url.path == f"/records/{bad}/finish" else None

    ward.centre.fault = breaks

    tally = await ward.round()

    assert tally == Counter(postponed=1, sent=1)
    assert ward.receipts() == {good}
    assert ward.centre.asked.count(f"POST /records/{bad}/finish") == TRIES_WITHOUT_PROGRESS


@pytest.mark.parametrize("harm", ["manifest.json", "record.json.sealed"])
async def test_a_record_that_cannot_be_read_is_set_aside(ward: Ward, harm: str) -> None:
    bad, good = ward.save(2)
    (ward.state / "outbox" / bad / harm).write_bytes(b"")

    tally = await ward.round()

    assert tally == Counter(set_aside=1, sent=1)
    assert ward.receipts() == {good}
    assert ward.waiting() == {bad, good}


async def test_a_receipt_that_is_not_to_be_believed_is_not_stored(ward: Ward) -> None:
    (record_id,) = ward.save()
    forged = ward.centre.receipt(record_id, "00" * 32)

    async def lies(request: Request) -> Response | None:
        return Response(forged) if request.url.path.endswith("/finish") else None

    ward.centre.fault = lies

    tally = await ward.round()

    assert tally == Counter(postponed=1)
    assert ward.receipts() == set()


async def test_a_centre_that_never_answers_is_given_up_after_a_limit(ward: Ward) -> None:
    ward.save()

    async def sleeps(request: Request) -> Response | None:
        await asyncio.sleep(1e6)
        return None

    ward.centre.fault = sleeps
    begun_s = asyncio.get_running_loop().time()

    tally = await ward.round()

    waits_s = TRIES_WITHOUT_PROGRESS * (30.0 + SETTINGS.back_off.most_s)
    assert tally == Counter(postponed=1)
    assert asyncio.get_running_loop().time() - begun_s < waits_s


async def test_an_endless_answer_is_not_taken_into_memory(ward: Ward) -> None:
    ward.save()

    async def talks(request: Request) -> Response | None:
        return Response(b"x" * (1 << 20), 201, {**TUS, "Location": "/uploads/0"})

    ward.centre.fault = talks

    assert await ward.round() == Counter(postponed=1)


async def test_an_upload_is_never_sent_to_another_host(ward: Ward) -> None:
    ward.save()

    async def leads_away(request: Request) -> Response | None:
        return Response(status_code=201, headers={**TUS, "Location": "http://elsewhere/uploads/0"})

    ward.centre.fault = leads_away

    assert await ward.round() == Counter(postponed=1)
    assert {each.split()[0] for each in ward.centre.asked} == {"POST"}
