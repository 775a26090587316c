"""A line whose two ends have each a speed."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from hw.fingerprint.codes import Instruction, Parameter
from hw.fingerprint.profiles import R503
from hw.fingerprint.protocol import command, packet_stream
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from simulator.port import SimulatedPort

ASK = command(Instruction.READ_PARAMETERS).encode()
GO_FASTER = command(Instruction.WRITE_PARAMETER, bytes([Parameter.BAUD, 12])).encode()


async def answer_to(line: DirectLine, question: bytes) -> bytes:
    await line.write(question, timeout_s=1.0)
    return await line.read_some(timeout_s=1.0)


async def test_a_twin_that_hears_another_speed_does_not_answer(twin: FingerprintTwin) -> None:
    assert await answer_to(DirectLine(twin, 115_200), ASK) == b""


async def test_a_speed_is_changed_at_both_ends_after_its_acknowledgement(
    line: DirectLine, twin: FingerprintTwin
) -> None:
    assert len(await answer_to(line, GO_FASTER)) == 12
    assert await answer_to(line, ASK) == b""

    line.set_baud(115_200)

    assert len(packet_stream().feed(await answer_to(line, ASK))) == 1
    assert twin.baud == 115_200


async def test_what_arrives_at_another_speed_is_garbage_of_the_same_duration(line: DirectLine) -> None:
    await line.write(ASK, timeout_s=1.0)
    await asyncio.sleep(len(ASK) * 10 / 57_600 + 0.0001)  # the question is heard, its answer under way
    line.set_baud(9_600)

    garbage = await line.read_some(timeout_s=1.0)

    assert packet_stream().feed(garbage) == []
    assert len(garbage) == pytest.approx(28 / 6, abs=2)


async def test_what_had_arrived_before_a_change_of_speed_stays_as_it_was(line: DirectLine) -> None:
    await line.write(ASK, timeout_s=1.0)
    await asyncio.sleep(1.0)
    line.set_baud(9_600)

    assert len(packet_stream().feed(await line.read_some(timeout_s=1.0))) == 1


async def test_a_sensor_plugged_in_again_is_deaf_until_it_has_said_that_it_listens(
    rng: np.random.Generator,
) -> None:
    profile = replace(R503, boot_s=2.0)
    port = SimulatedPort(FingerprintTwin(profile, rng), profile.baud)
    port.unplug()
    port.plug()
    line = await port.open()

    assert await answer_to(line, ASK) == b""
    assert await line.read_some(timeout_s=1.5) == b"\x55"
    assert len(await answer_to(line, ASK)) == 28


async def test_bytes_that_nobody_sent_arrive_like_any_others(line: DirectLine) -> None:
    line.say(b"\x00\xff")

    assert await line.read_some(timeout_s=1.0) == b"\x00\xff"


async def test_a_line_is_as_fast_as_the_end_that_sends(line: DirectLine, twin: FingerprintTwin) -> None:
    await answer_to(line, GO_FASTER)
    line.set_baud(115_200)
    loop = asyncio.get_running_loop()
    begun_s = loop.time()

    await answer_to(line, ASK)

    assert loop.time() - begun_s == pytest.approx((12 + 28) * 10 / 115_200)
