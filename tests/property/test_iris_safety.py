"""Whatever is asked, whatever the distance sensor says and the wire loses: never too much light."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hw.iris.messages import Arming, Faults, Pattern, State
from hw.iris.protocol import Kind, Packet
from hw.iris.radiation import dose_limit_j, pulse_irradiance
from tests.iris_coprocessor.pure_module import MS, PureModule

HEARTBEAT_MS = 500
MARGIN_MS = 50
UNKNOWN_MM = 100.0
LEDS, LED_W_SR = 6, 0.9
MEAN_LIMIT = 100.0  # W/m2, for ever
MEAN_OVER_S = 0.1  # three frames
FAULT = State.FAULT


@dataclass(frozen=True)
class Deed:
    """What happens: bytes of the terminal, a reading, heat, or a broken part; then time goes on."""

    wire: bytes = b""
    readings: tuple[int | None, ...] = ()
    temperature_dc: int = 250
    breaks: int = 0
    wait_ms: int = 0


BYTES = st.integers(0, 255)
ARMINGS = st.builds(
    Arming,
    st.integers(0, 2**32 - 1),
    st.sampled_from([1, 15, 25, 30, 60, 255]),
    st.sampled_from([0, 60, 1_600, 3_000, 3_333, 4_000, 4_001, 65_535]),
    st.sampled_from([1, 30, 65_535]),
    st.sampled_from([1, 5, 60, 61]),
    st.integers(0, 8),
    st.sampled_from(Pattern),
)
PAYLOADS = ARMINGS.map(Arming.encode) | st.integers(0, 65_535).map(lambda us: us.to_bytes(2, "little"))
KINDS = st.sampled_from([Kind.ARM, Kind.ARM, Kind.SET_ON_US, Kind.SELFTEST, *Kind])
PACKETS = st.builds(
    Packet, KINDS, BYTES, PAYLOADS | st.just(b"") | st.binary(max_size=20), st.sampled_from([2, 2, 2, 1, 3])
)
ARMED = ARMINGS.map(lambda arming: Packet(Kind.ARM, 9, arming.encode()))
HEARTBEATS = st.builds(Packet, st.just(Kind.HEARTBEAT), BYTES)
DISTANCES = st.none() | st.sampled_from([0, 60, 99, 100, 119, 120, 121, 150, 300, 400, 4_001, 65_535])
WILD = st.builds(
    Deed,
    (PACKETS | ARMED | HEARTBEATS).map(Packet.encode),
    st.lists(DISTANCES, max_size=4).map(tuple),
    st.sampled_from([250, 650, 700]),
    st.sampled_from([0] * 9 + [Faults.ONE_SHOT_FAIL, Faults.LED_SHORT]),
    st.sampled_from([1, 20, 200, 499, 501, 1_200]),
)
BRIGHTEST = st.sampled_from([(30, 3_333), (25, 4_000), (60, 1_666), (30, 3_000)]).map(
    lambda light: Packet(Kind.ARM, 9, Arming(1, *light, 65_535, 60).encode())
)
CALM = st.builds(
    Deed,
    (HEARTBEATS | HEARTBEATS | BRIGHTEST).map(Packet.encode),
    st.sampled_from([(120,), (None,), (300,), (None, 121)]),
    wait_ms=st.sampled_from([20, 100, 300, 450]),
)
BEGUN = st.builds(Deed, BRIGHTEST.map(Packet.encode), st.just((None,)), wait_ms=st.just(300))
DEEDS = st.tuples(BEGUN, st.lists(CALM | CALM | CALM | WILD, max_size=24)).map(
    lambda both: [both[0], *both[1]]
)


@dataclass
class Watched:
    """A module, and what was seen of it round by round."""

    module: PureModule
    rng: np.random.Generator
    lost: float
    lit_while_silent_ms: float = 0.0
    left_fault: bool = False

    def do(self, deed: Deed) -> None:
        kept = [byte for byte in deed.wire if self.rng.random() >= self.lost]
        self.module.hear(bytes(kept))
        for reading in deed.readings:
            self.module.range(reading)
        self.module.core.sensed(deed.temperature_dc, True)
        self.module.board.broken |= deed.breaks
        self.pass_ms(deed.wait_ms)

    def pass_ms(self, ms: int) -> None:
        for _ in range(0, ms, 2):
            was_broken, before = self.module.core.state == FAULT, len(self.module.pulses)
            self.module.wait(2, 2 * MS)
            self.left_fault |= was_broken and self.module.core.state != FAULT
            if len(self.module.pulses) > before and self.module.heard_us is not None:
                silent_ms = (self.module.board.now_us - self.module.heard_us) / MS
                self.lit_while_silent_ms = max(self.lit_while_silent_ms, silent_ms)


def watched(deeds: list[Deed], seed: int, lost: float) -> Watched:
    module = PureModule()
    module.prove()
    module.range(300)
    module.step()
    watching = Watched(module, np.random.default_rng(seed), lost)
    for deed in deeds:
        watching.do(deed)
    return watching


def greatest_share(watching: Watched) -> float:
    """Of the limit of any window from one pulse to another, at the distances that were reported."""
    pulses = watching.module.pulses
    begun = np.array([pulse.at_us * 1e-6 for pulse in pulses])
    ended = np.array([(pulse.at_us + pulse.on_us) * 1e-6 for pulse in pulses])
    doses = np.array(
        [
            pulse_irradiance(LEDS, LED_W_SR, pulse.distance_mm or UNKNOWN_MM) * pulse.on_us * 1e-6
            for pulse in pulses
        ]
    )
    summed = np.concatenate([[0.0], np.cumsum(doses)])
    shares = [0.0]
    for first in range(len(pulses)):
        lasting_s = ended[first:] - begun[first]
        given = summed[first + 1 :] - summed[first]
        limit = np.minimum(dose_limit_j(lasting_s), MEAN_LIMIT * np.maximum(lasting_s, MEAN_OVER_S))
        shares.append(float(np.max(given / limit)))
    return max(shares)


def bright_session() -> Watched:
    arming = Packet(Kind.ARM, 9, Arming(1, 25, 4_000, 65_535, 60).encode()).encode()
    heartbeats = [Packet(Kind.HEARTBEAT, number).encode() for number in range(8)]
    deeds = [Deed(wire, (None,), wait_ms=400) for wire in (arming, *heartbeats)]
    return watched(deeds, 1, 0.0)


def test_the_brightest_session_at_an_unknown_distance_is_lit_and_within_the_limit() -> None:
    watching = bright_session()

    assert len(watching.module.pulses) > 80
    assert 0.5 < greatest_share(watching) < 1.0


def test_the_same_light_at_60_mm_would_be_found_to_be_too_much() -> None:
    watching = bright_session()
    watching.module.pulses[:] = [replace(pulse, distance_mm=60) for pulse in watching.module.pulses]

    assert greatest_share(watching) > 1.0


SEEDS = st.integers(0, 2**32 - 1)
LOSSES = st.sampled_from([0.0, 0.0, 0.05, 0.3])


@settings(max_examples=120, deadline=None)
@given(DEEDS, SEEDS, LOSSES)
def test_irradiance_at_the_reported_distance_is_never_above_the_limit(
    deeds: list[Deed], seed: int, lost: float
) -> None:
    watching = watched(deeds, seed, lost)

    assert greatest_share(watching) <= 1.0
    assert all(pulse.on_us <= 4_000 for pulse in watching.module.pulses)
    assert all(
        pulse.distance_mm is None or 120 <= pulse.distance_mm <= 4_000 for pulse in watching.module.pulses
    )


@settings(max_examples=80, deadline=None)
@given(DEEDS, SEEDS, LOSSES)
def test_it_is_dark_50_ms_after_the_terminal_has_been_silent_for_500(
    deeds: list[Deed], seed: int, lost: float
) -> None:
    watching = watched(deeds, seed, lost)
    watching.pass_ms(700)

    assert watching.lit_while_silent_ms <= HEARTBEAT_MS + MARGIN_MS


@settings(max_examples=80, deadline=None)
@given(DEEDS, SEEDS, LOSSES)
def test_nothing_on_the_wire_ends_a_fault(deeds: list[Deed], seed: int, lost: float) -> None:
    watching = watched(deeds, seed, lost)
    watching.module.core.guard.note(int(Faults.RAIL_TRIPPED))
    watching.pass_ms(4)
    lit = len(watching.module.pulses)
    for deed in deeds:
        watching.do(deed)

    assert watching.module.core.state == FAULT
    assert len(watching.module.pulses) == lit
    assert not watching.left_fault


@settings(max_examples=60, deadline=None)
@given(st.lists(PACKETS, min_size=1, max_size=12), st.lists(st.integers(1, 4), min_size=12, max_size=12))
def test_a_packet_that_comes_again_is_answered_alike_and_done_once(
    packets: list[Packet], times: list[int]
) -> None:
    once, often = PureModule(), PureModule()
    for module in (once, often):
        module.prove()
        module.range(300)
        module.step()
    for number, (packet, repeats) in enumerate(zip(packets, times, strict=False)):
        wire = Packet(packet.kind, number + 1, packet.payload, packet.version).encode()
        answer = once.hear(wire)
        assert [often.hear(wire) for _ in range(repeats)] == [answer] * repeats

    assert once.core.state == often.core.state
    assert once.board.blocks == often.board.blocks
    assert once.board.activations == often.board.activations
