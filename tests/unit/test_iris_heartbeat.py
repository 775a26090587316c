"""Only a terminal that lives keeps the light on: not noise, not an echo, not one packet for ever."""

from collections.abc import Callable

import numpy as np
import pytest
from protocol import EVT_STROBE
from protocol import Packet as BoardPacket

from hw.iris.protocol import ANSWER, Kind, Packet
from tests.iris_coprocessor.pure_module import MS, PureModule

TIME_OUT_MS = 500
MARGIN_MS = 50
EVERY_MS = 100
RNG = np.random.default_rng(7)


def noise(_: int) -> bytes:
    return RNG.bytes(40)


def one_heartbeat(_: int) -> bytes:
    return Packet(Kind.HEARTBEAT, 9).encode()


def one_heartbeat_and_hello(_: int) -> bytes:
    return Packet(Kind.HELLO, 8).encode() + Packet(Kind.HEARTBEAT, 9).encode()


def its_own_strobes(turn: int) -> bytes:
    return bytes(BoardPacket().holding(EVT_STROBE, turn & 0xFF, bytes(18)))


def answers(turn: int) -> bytes:
    return Packet(Kind.ACK, turn, bytes(3)).encode() + Packet(Kind.STATUS | ANSWER, turn, bytes(19)).encode()


def another_version(turn: int) -> bytes:
    return Packet(Kind.HEARTBEAT, turn, version=3).encode()


def dark_after_ms(said: Callable[[int], bytes]) -> float:
    """How long it shines on for a terminal that says only this."""
    module = PureModule()
    module.strobing()
    begun_us = module.board.now_us
    for turn in range(1, 20):
        module.hear(said(turn))
        module.range(300)
        module.wait(EVERY_MS)
    return (module.pulses[-1].at_us - begun_us) / MS


@pytest.mark.parametrize(
    "said", [noise, its_own_strobes, answers, another_version], ids=lambda said: said.__name__
)
def test_what_is_no_question_of_a_terminal_does_not_keep_it_lit(said: Callable[[int], bytes]) -> None:
    assert dark_after_ms(said) <= TIME_OUT_MS + MARGIN_MS


@pytest.mark.parametrize("said", [one_heartbeat, one_heartbeat_and_hello], ids=lambda said: said.__name__)
def test_a_packet_that_comes_again_and_again_keeps_it_lit_once(said: Callable[[int], bytes]) -> None:
    assert dark_after_ms(said) <= TIME_OUT_MS + MARGIN_MS


def test_heartbeats_with_numbers_of_their_own_keep_it_lit() -> None:
    assert dark_after_ms(lambda turn: Packet(Kind.HEARTBEAT, turn).encode()) > 3 * TIME_OUT_MS


@pytest.mark.parametrize("said", [its_own_strobes, answers], ids=lambda said: said.__name__)
def test_what_a_module_says_is_not_answered_so_an_echo_ends(said: Callable[[int], bytes]) -> None:
    module = PureModule()
    module.prove()

    assert module.hear(said(1)) == b""
