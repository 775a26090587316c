"""A look-up ends as the register, the link or the limit says, and each ending is told apart."""

import asyncio
import logging
import unicodedata
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from firmware.records.registered import LookUpLimited, LookUpRefused, RegisterSilent
from firmware.register.protocol import Reply, Status
from firmware.register.sealed import DEADLINE_S, SealedRegister
from firmware.uplink.look_up import ANSWER_LIMIT_S, BURST, REFILL_S
from simulator.centre.faults import REGISTER_DOWN, Faults
from simulator.centre.register import VERSION, Temper
from simulator.virtual_time import VirtualClock
from tests.register.world import CLOCK, NAME, NUMBER, PERSON, Ward, ward
from tests.sealing_world import NOON, seeded_bytes
from tests.sealing_world import Centre as BothKeys


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncGenerator[Ward]:
    async with ward(tmp_path / "centre") as ward_:
        yield ward_


async def test_a_person_is_found_as_the_register_spells_them(asked: Ward) -> None:
    assert await asked.register.entry_of(NUMBER) == replace(PERSON, version=VERSION)


async def test_a_register_that_knows_little_says_little(asked: Ward) -> None:
    known = replace(PERSON, name=None, birth="1932", sex=None)
    asked.centre.register.put(known)

    assert await asked.register.entry_of(NUMBER) == replace(known, version=VERSION)


async def test_nobody_under_that_number_is_a_statement(asked: Ward) -> None:
    asked.centre.register.remove(NUMBER)

    assert await asked.register.entry_of(NUMBER) is None


async def test_a_person_that_the_register_cannot_read_is_not_absent(asked: Ward) -> None:
    asked.centre.register.put(PERSON, Temper.FAILS)

    with pytest.raises(LookUpRefused):
        await asked.register.entry_of(NUMBER)


async def test_a_slow_register_is_silent_after_the_uplink_s_limit(asked: Ward) -> None:
    asked.centre.register.put(PERSON, Temper.SLOW)
    begun_s = CLOCK.elapsed_s()

    with pytest.raises(RegisterSilent):
        await asked.register.entry_of(NUMBER)

    assert CLOCK.elapsed_s() - begun_s == pytest.approx(ANSWER_LIMIT_S)


async def test_no_link_is_silence(asked: Ward) -> None:
    asked.link.is_up = False

    with pytest.raises(RegisterSilent):
        await asked.register.entry_of(NUMBER)


async def test_an_uplink_that_says_nothing_is_silence_after_the_deadline() -> None:
    async def stay_silent(request: bytes) -> Reply:
        del request
        await CLOCK.sleep(3600.0)
        return Reply(Status.REFUSED)

    register = SealedRegister(stay_silent, BothKeys().keys, "tram-17", CLOCK, seeded_bytes())
    begun_s = CLOCK.elapsed_s()

    with pytest.raises(RegisterSilent):
        await register.entry_of(NUMBER)

    assert CLOCK.elapsed_s() - begun_s == pytest.approx(DEADLINE_S)


@pytest.mark.parametrize("status", [400, 403, 500, 503])
async def test_a_register_that_is_down_is_a_refusal(asked: Ward, status: int) -> None:
    asked.centre.faults = replace(REGISTER_DOWN, refuse_with=status)

    with pytest.raises(LookUpRefused):
        await asked.register.entry_of(NUMBER)


@pytest.mark.parametrize("faults", [Faults(spoil_request=True), Faults(spoil_answer=True)])
async def test_a_look_up_that_was_spoilt_on_the_way_is_a_refusal(asked: Ward, faults: Faults) -> None:
    asked.centre.faults = faults

    with pytest.raises(LookUpRefused):
        await asked.register.entry_of(NUMBER)


async def test_a_terminal_that_the_centre_does_not_know_is_refused(asked: Ward) -> None:
    keys = replace(asked.register.keys, device=BothKeys().device)

    with pytest.raises(LookUpRefused):
        await replace(asked.register, keys=keys).entry_of(NUMBER)


async def test_asking_too_often_is_limited_and_does_not_reach_the_centre(asked: Ward) -> None:
    for _ in range(BURST):
        await asked.register.entry_of(NUMBER)
    asked.link.is_up = False

    with pytest.raises(LookUpLimited):
        await asked.register.entry_of(NUMBER)


async def test_waiting_allows_one_look_up_more(asked: Ward) -> None:
    for _ in range(BURST):
        await asked.register.entry_of(NUMBER)
    await CLOCK.sleep(REFILL_S)

    assert await asked.register.entry_of(NUMBER) is not None
    with pytest.raises(LookUpLimited):
        await asked.register.entry_of(NUMBER)


async def test_asking_without_a_link_is_silence_however_often(asked: Ward) -> None:
    asked.link.is_up = False
    for _ in range(BURST + 1):
        with pytest.raises(RegisterSilent):
            await asked.register.entry_of(NUMBER)

    asked.link.is_up = True
    assert await asked.register.entry_of(NUMBER) is not None


async def test_the_centre_too_limits_a_terminal(asked: Ward) -> None:
    asked.centre.faults = Faults(refuse_with=429)

    with pytest.raises(LookUpLimited):
        await asked.register.entry_of(NUMBER)


async def test_an_answer_cannot_be_given_again(asked: Ward) -> None:
    await asked.register.entry_of(NUMBER)
    old = asked.wire.seen[-1]

    async def replay(request: bytes) -> Reply:
        del request
        return Reply(Status.ANSWERED, old[5:])

    with pytest.raises(LookUpRefused):
        await replace(asked.register, carry=replay).entry_of(NUMBER)


async def test_a_request_cannot_be_asked_again(asked: Ward) -> None:
    await asked.register.entry_of(NUMBER)

    reply = await asked.wire(asked.wire.seen[0])

    assert reply.status is Status.REFUSED


async def test_an_old_request_is_not_answered(asked: Ward) -> None:
    late = VirtualClock(NOON - timedelta(days=1, seconds=1))

    with pytest.raises(LookUpRefused):
        await replace(asked.register, clock=late).entry_of(NUMBER)


def spellings(text: str) -> Iterator[bytes]:
    """The ways in which a program might write a text down."""
    for form in ("NFC", "NFD"):
        for cased in (text, text.upper(), text.lower()):
            spelt = unicodedata.normalize(form, cased)
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield spelt.encode(encoding)
                yield spelt.encode(encoding).hex().encode()


async def test_the_uplink_sees_neither_number_nor_name(asked: Ward) -> None:
    await asked.register.entry_of(NUMBER)

    passed = b"".join(asked.wire.seen)
    assert len(passed) > 1000
    assert [spelt for text in (NUMBER, NAME) for spelt in spellings(text) if spelt in passed] == []


async def test_all_requests_and_all_answers_are_of_one_length(asked: Ward) -> None:
    register = asked.centre.register
    for number, temper in ((NUMBER, Temper.ANSWERS), ("079300000001", Temper.FAILS)):
        register.put(replace(PERSON, number=number, name="H" * 400), temper)
    for number in (NUMBER, "079300000001", "001090999999"):
        await asyncio.gather(asked.register.entry_of(number), return_exceptions=True)

    requests, replies = asked.wire.seen[0::2], asked.wire.seen[1::2]
    assert len(requests) == len(replies) == 3
    assert len({len(message) for message in requests}) == 1
    assert len({len(message) for message in replies}) == 1


async def test_nothing_of_a_look_up_is_logged_or_shown(asked: Ward, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    entry = await asked.register.entry_of(NUMBER)
    asked.centre.register.put(PERSON, Temper.FAILS)
    with pytest.raises(LookUpRefused) as refused:
        await asked.register.entry_of(NUMBER)

    said = caplog.text + repr(entry) + repr(refused.value) + str(refused.value)
    assert "look-up: answered" in said
    assert [word for word in (NUMBER, NAME, "1990") if word in said] == []
