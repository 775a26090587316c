"""What waits arrives whole, oldest first, whatever the link and the centre do."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.uplink.small_centre import Fault, once
from tests.uplink.world import Ward

pytestmark = pytest.mark.anyio


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
