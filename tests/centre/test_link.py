"""What goes wrong on the way to the centre, and what the terminal learns of it."""

import json

import httpx
import pytest

from firmware.sealing.canonical import canonical_json
from firmware.sealing.centre_receipt import read_receipt
from firmware.sealing.manifest import SignatureWrong
from firmware.sealing.return_notice import read_return_notice
from firmware.sealing.statement import StatementMalformed
from simulator.centre.centre import Centre
from simulator.centre.faults import NO_FAULTS, Faults
from tests.centre.world import KEYS, TUS, Sender, client_of

NAME = "record.json.sealed"


async def test_a_link_that_is_down_connects_to_nobody(centre: Centre) -> None:
    link = centre.link()
    link.is_up = False

    async with httpx.AsyncClient(transport=link, base_url="http://centre") as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("/returned")


async def test_a_centre_may_refuse_for_now(sender: Sender, centre: Centre) -> None:
    centre.faults = Faults(refuse_with=503)

    assert (await sender.begin(NAME)).status_code == 503


async def test_a_piece_that_the_link_drops_is_not_counted(sender: Sender, centre: Centre) -> None:
    place = (await sender.begin(NAME)).headers["Location"]
    centre.faults = Faults(drop_after=3)
    with pytest.raises(httpx.ReadError):
        await sender.append(place, 0, b"piece")
    centre.faults = NO_FAULTS

    assert await sender.offset(place) == 0


async def test_a_piece_whose_answer_is_lost_is_counted(sender: Sender, centre: Centre) -> None:
    place = (await sender.begin(NAME)).headers["Location"]
    centre.faults = Faults(drop_answer=True)
    with pytest.raises(httpx.ReadError):
        await sender.append(place, 0, b"piece")
    centre.faults = NO_FAULTS

    assert await sender.offset(place) == len(b"piece")


async def test_a_piece_that_was_spoilt_on_the_way_is_refused(sender: Sender, centre: Centre) -> None:
    place = (await sender.begin(NAME)).headers["Location"]
    centre.faults = Faults(spoil_request=True)

    assert (await sender.append(place, 0, b"piece")).status_code == 460


async def test_a_receipt_that_was_spoilt_on_the_way_is_not_believed(sender: Sender, centre: Centre) -> None:
    await sender.send_all()
    centre.faults = Faults(only="/records", spoil_answer=True)

    answer = await sender.finish()

    with pytest.raises((StatementMalformed, SignatureWrong)):
        read_receipt(answer.content, KEYS.signing.public_key())


async def test_a_fault_of_one_path_leaves_the_others_alone(sender: Sender, centre: Centre) -> None:
    centre.faults = Faults(only="/look-ups", refuse_with=503)

    assert (await sender.begin(NAME)).status_code == 201
    assert (await sender.client.post("/look-ups")).status_code == 503


async def test_a_returned_record_has_a_signed_notice(centre: Centre) -> None:
    centre.returned.send_back("ab" * 16, ("blurred",), ("portrait",))
    centre.returned.send_back("ab" * 16, ("blurred", "too_small"), ("portrait", "finger_1"))
    centre.returned.send_back("cd" * 16, ("name_wrong",), ())

    async with client_of(centre) as client:
        documents = json.loads((await client.get("/returned", headers=TUS)).content)

    public = KEYS.signing.public_key()
    notices = [read_return_notice(canonical_json(document), public) for document in documents]
    assert [(notice.record_id[:2], notice.reasons, notice.parts) for notice in notices] == [
        ("ab", ("blurred", "too_small"), ("portrait", "finger_1")),
        ("cd", ("name_wrong",), ()),
    ]


@pytest.mark.parametrize("body", [b"", b"x" * 280, b"x" * 281, b"TLQ1" + bytes(276)])
async def test_what_is_no_look_up_is_refused(sender: Sender, body: bytes) -> None:
    answer = await sender.client.post("/look-ups", content=body)

    assert answer.status_code in {400, 403, 413}
    assert len(answer.content) < 100
