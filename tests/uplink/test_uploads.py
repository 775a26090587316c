"""What waits arrives whole, oldest first, whatever the link and the centre do."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from starlette.requests import Request
from starlette.responses import Response

from firmware.uplink.notes import RETRY_SET_ASIDE
from firmware.uplink.uploader import TRIES_WITHOUT_PROGRESS
from tests.uplink.small_centre import TUS, Fault
from tests.uplink.world import SETTINGS, Ward

pytestmark = pytest.mark.anyio


def once(method: str, *answers: int) -> Fault:
    """A fault that answers the first requests of that method with these statuses."""
    left = list(answers)

    async def fault(request: Request) -> Response | None:
        if request.method == method and left:
            return Response(status_code=left.pop(0), headers=TUS)
        return None

    return fault


async def test_a_record_arrives_whole_and_its_receipt_is_stored(ward: Ward) -> None:
    (record_id,) = ward.save()

    tally = await ward.round()

    assert tally == Counter(sent=1)
    assert ward.centre.received == {record_id: ward.files(record_id)}
    assert ward.receipts() == {record_id}


async def test_what_is_read_first_leaves_first_and_records_leave_by_age(ward: Ward) -> None:
    first, second = ward.save(2)

    await ward.round()

    arrived = [(each.record_id, each.name) for each in ward.centre.uploads.values()]
    names = ("manifest.json", "record.json.sealed", "0002-fingerprint.sealed", "0001-portrait.sealed")
    assert arrived == [(record_id, name) for record_id in (first, second) for name in names]


async def test_an_acknowledged_record_is_not_sent_again(ward: Ward) -> None:
    ward.save()
    await ward.round()
    asked = len(ward.centre.asked)

    tally = await ward.round()

    assert tally == Counter(acknowledged=1)
    assert len(ward.centre.asked) == asked


async def test_an_uplink_that_was_killed_goes_on_where_the_centre_stands(ward: Ward) -> None:
    (record_id,) = ward.save()
    ward.centre.fault = after_pieces(2, raise_cancelled)
    with pytest.raises(asyncio.CancelledError):
        await ward.round()
    ward.centre.fault = once("GET")

    await ward.round()

    assert set(ward.centre.received) == {record_id}
    assert len(ward.centre.uploads) == len(ward.files(record_id))
    assert all(sum(each.pieces) == each.length for each in ward.centre.uploads.values())


async def raise_cancelled() -> None:
    raise asyncio.CancelledError


def after_pieces(count: int, action: Callable[[], Awaitable[None]]) -> Fault:
    """A fault that acts when so many pieces have been taken."""
    left = [count]

    async def fault(request: Request) -> Response | None:
        if request.method == "PATCH":
            left[0] -= 1
            if left[0] < 0:
                await action()
        return None

    return fault


@pytest.mark.parametrize(
    ("statuses", "method"),
    [
        pytest.param((460, 460), "PATCH", id="a damaged piece is sent again"),
        pytest.param((409,), "PATCH", id="a wrong offset is asked for"),
        pytest.param((500, 503, 302, 401), "PATCH", id="a centre that cannot now is asked later"),
        pytest.param((502, 200, 429), "POST", id="a gate that answers in its stead is no centre"),
    ],
)
async def test_no_setback_costs_a_record(ward: Ward, statuses: tuple[int, ...], method: str) -> None:
    (record_id,) = ward.save()
    ward.centre.fault = once(method, *statuses)

    tallies = [await ward.round() for _ in range(2)]

    assert "sent" in tallies[0] | tallies[1]
    assert ward.centre.received == {record_id: ward.files(record_id)}


async def test_an_upload_that_the_centre_has_forgotten_is_begun_anew(ward: Ward) -> None:
    (record_id,) = ward.save()
    ward.centre.fault = once("PATCH", 410)

    await ward.round()

    assert ward.centre.received == {record_id: ward.files(record_id)}
    assert len(ward.centre.uploads) == len(ward.files(record_id))


async def test_an_upload_past_its_expiry_is_not_asked_for(ward: Ward) -> None:
    ward.save()
    ward.centre.expires = "Mon, 02 Mar 2026 05:00:01 GMT"
    ward.centre.fault = after_pieces(1, raise_cancelled)
    with pytest.raises(asyncio.CancelledError):
        await ward.round()
    ward.centre.fault = once("GET")
    ward.centre.asked.clear()
    await asyncio.sleep(1.0)

    await ward.round()

    assert not [each for each in ward.centre.asked if each.startswith("HEAD")]
    assert set(ward.centre.received) == ward.waiting()


async def test_the_loss_of_its_own_notes_costs_only_a_repetition(ward: Ward) -> None:
    (record_id,) = ward.save()
    ward.centre.fault = after_pieces(2, raise_cancelled)
    with pytest.raises(asyncio.CancelledError):
        await ward.round()
    ward.centre.fault = once("GET")
    (ward.state / "uplink" / "uploads" / f"{record_id}.json").write_bytes(b"{torn")

    await ward.round()

    assert ward.centre.received == {record_id: ward.files(record_id)}


async def test_what_is_missing_at_the_end_is_sent_again(ward: Ward) -> None:
    (record_id,) = ward.save()

    async def loses_a_file(request: Request) -> Response | None:
        if request.url.path.endswith("/finish") and ward.centre.uploads.pop("2", None):
            ward.centre.fault = once("GET")
        return None

    ward.centre.fault = loses_a_file

    await ward.round()

    assert ward.centre.received == {record_id: ward.files(record_id)}


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


async def test_the_uplink_changes_nothing_in_the_outbox(ward: Ward) -> None:
    (record_id,) = ward.save()
    before = ward.files(record_id)

    await ward.round()
    await ward.round()

    assert ward.files(record_id) == before


async def test_a_record_that_the_booth_has_removed_leaves_no_note_here(ward: Ward) -> None:
    ward.save()
    await ward.round()
    assert ward.clear().removed == 1

    await ward.round()

    assert ward.receipts() == set()
    assert not [path for path in (ward.state / "uplink").rglob("*") if path.is_file()]
