"""Each guard of the iris module's light by itself: what one layer does while the others have no objection."""

import itertools

import pytest
from dose import LIMITS_MJ
from faults import HOST_LOST, OVERTEMP, RAIL_TRIPPED, TRIGGER_LOST
from guard import WORST_SESSION_MJ, Guard
from irradiance import UNKNOWN_MM, pulse_mj
from limits import (
    COOL_DC,
    COOLDOWN_MS,
    DARK_MOST_MA,
    HOT_DC,
    LEAKS,
    MOST_ON_US,
    NO_SENSOR_DC,
    TRIGGERS_LOST,
)
from protocol import FORBIDDEN, IN_PROGRESS, SUCCESS, TOO_HOT, WRONG_STATE
from ranging import VALID
from states import ARMED, COOLDOWN, FAULT, IDLE, STROBING

from hw.iris.messages import Arming, Faults
from hw.iris.protocol import Kind
from tests.iris_coprocessor.pure_module import ARMING, MS, PureModule

PULSE_MJ = pulse_mj(MOST_ON_US, UNKNOWN_MM)


@pytest.fixture
def module() -> PureModule:
    """One that may be armed."""
    fresh = PureModule()
    fresh.prove()
    fresh.range(300)
    fresh.step()
    return fresh


def live(module: PureModule, ms: int) -> None:
    """Time goes on with a terminal that lives and somebody who sits right."""
    for _ in range(0, ms, 100):
        module.ask(Kind.HEARTBEAT)
        module.range(300)
        module.wait(100)


def test_pulses_are_granted_until_the_dose_of_the_shortest_window_is_given_and_no_more() -> None:
    guard = Guard(0)
    guard.ranging.take(0, 4, 0, 0, 0)  # nobody: 100 mm

    granted = [guard.grants(MOST_ON_US) for _ in range(600)]

    most = LIMITS_MJ[0] // PULSE_MJ
    assert granted == [True] * most + [False] * (600 - most)


def test_a_start_reckons_with_the_longest_session_before_it() -> None:
    assert WORST_SESSION_MJ == 1500 * PULSE_MJ  # 25 frames a second for 60 s
    assert Guard(0).ledger.used_pm() == WORST_SESSION_MJ // (LIMITS_MJ[2] // 1000)


def test_a_self_test_is_booked(module: PureModule) -> None:
    ledger = Guard(0).ledger
    assert ledger.has_room(LIMITS_MJ[0])

    assert not module.core.guard.ledger.has_room(LIMITS_MJ[0])


def test_what_latches_is_not_cleared_by_a_later_self_test_that_finds_nothing(module: PureModule) -> None:
    module.core.guard.note(RAIL_TRIPPED)
    module.step()

    module.core.tested(0)
    module.wait(10)

    assert (module.core.state, module.core.guard.latched()) == (FAULT, RAIL_TRIPPED)


@pytest.mark.parametrize(
    ("tenths", "is_hot"),
    [
        ([HOT_DC - 1], False),
        ([HOT_DC], True),
        ([HOT_DC, COOL_DC + 1], True),
        ([HOT_DC, COOL_DC], False),
        ([NO_SENSOR_DC], True),
        ([NO_SENSOR_DC, NO_SENSOR_DC + 1], False),
    ],
)
def test_heat_ends_when_it_is_cool_and_a_sensor_that_is_off_counts_as_heat(
    tenths: list[int], is_hot: bool
) -> None:
    guard = Guard(0)
    for each in tenths:
        guard.temperature(each)

    assert bool(guard.faults & OVERTEMP) is is_hot


@pytest.mark.parametrize(
    ("arming", "most_ms"), [(Arming(1, 30, 3000, 5, 60), 200), (Arming(1, 30, 3000, 60_000, 2), 2_000)]
)
def test_a_session_ends_with_its_frames_and_with_its_time(
    module: PureModule, arming: Arming, most_ms: int
) -> None:
    begun_us = module.board.now_us
    module.ask(Kind.ARM, arming.encode())
    live(module, 4_000)

    assert len(module.pulses) <= arming.frames
    assert (module.pulses[-1].at_us - begun_us) / MS <= most_ms
    assert module.core.state == IDLE


def test_between_two_sessions_it_rests(module: PureModule) -> None:
    module.ask(Kind.ARM, ARMING.encode())
    live(module, 200)
    module.ask(Kind.DISARM)
    live(module, COOLDOWN_MS - 100)
    resting = (module.core.state, module.code(Kind.ARM, ARMING.encode()))
    live(module, 200)

    assert resting == (COOLDOWN, IN_PROGRESS)
    assert module.code(Kind.ARM, ARMING.encode()) == SUCCESS


def test_frames_that_nothing_confirms_end_a_session(module: PureModule) -> None:
    module.ask(Kind.ARM, ARMING.encode())
    was_lit: list[bool] = []
    for is_so in (False, False, True, *[False] * TRIGGERS_LOST):
        was_lit.append(module.core.is_lit())
        module.core.confirmed(is_so)
        module.step()

    assert all(was_lit)
    assert (module.core.state, module.core.guard.ends()) == (COOLDOWN, TRIGGER_LOST)


@pytest.mark.parametrize(
    ("currents_ma", "state"),
    [
        ([DARK_MOST_MA + 1] * LEAKS, FAULT),
        ([DARK_MOST_MA + 1] * (LEAKS - 1), STROBING),
        ([DARK_MOST_MA + 1, DARK_MOST_MA] * LEAKS, STROBING),
        ([0] * 9, STROBING),
    ],
)
def test_current_between_pulses_is_leds_that_stay_on(currents_ma: list[int], state: int) -> None:
    module = PureModule()
    module.strobing()
    for current_ma in currents_ma:
        module.core.dark(current_ma)
    module.step()

    assert module.core.state == state


def test_what_ended_a_session_does_not_end_the_next(module: PureModule) -> None:
    module.ask(Kind.ARM, ARMING.encode())
    for _ in range(8):
        module.range(300)
        module.wait(100)
    ended = module.core.guard.ends()
    live(module, COOLDOWN_MS + 100)
    module.ask(Kind.ARM, ARMING.encode())
    live(module, 300)

    assert ended == HOST_LOST
    assert module.core.is_lit()


def test_a_late_frame_is_not_caught_up(module: PureModule) -> None:
    module.ask(Kind.ARM, ARMING.encode())
    live(module, 200)
    module.board.now_us += 300 * MS  # collecting garbage
    module.range(300)
    live(module, 200)

    at_us = [pulse.at_us for pulse in module.pulses]
    assert len(at_us) > 8
    assert min(after - before for before, after in itertools.pairwise(at_us)) >= 32 * MS


def test_fault_is_not_left_without_the_button_though_nothing_is_broken_any_more() -> None:
    module = PureModule()
    module.board.broken = Faults.ONE_SHOT_FAIL
    module.prove()
    module.board.broken = 0

    without = (module.code(Kind.UNLOCK), module.core.state)
    module.board.button_is_held = True
    code = module.code(Kind.UNLOCK)
    module.step()

    assert without == (FORBIDDEN, FAULT)
    assert (code, module.core.state) == (SUCCESS, IDLE)


def test_what_ends_a_session_does_not_end_a_fault() -> None:
    module = PureModule()
    module.board.broken = Faults.LED_SHORT
    module.prove()

    assert (module.code(Kind.DISARM), module.core.state) == (SUCCESS, FAULT)


def test_the_rest_between_sessions_is_longer_than_the_rest_that_the_pio_forgets_when_armed_anew() -> None:
    assert COOLDOWN_MS * MS > 9 * MOST_ON_US


def test_no_session_begins_while_something_forbids_it(module: PureModule) -> None:
    for _ in range(3):
        module.range(60)
    module.step()
    too_close = module.code(Kind.ARM, ARMING.encode())
    module.core.sensed(HOT_DC, True)

    assert (too_close, module.code(Kind.ARM, ARMING.encode())) == (FORBIDDEN, TOO_HOT)
    assert module.core.state == IDLE


def test_no_update_is_taken_while_it_may_light(module: PureModule) -> None:
    module.ask(Kind.ARM, ARMING.encode())

    assert module.code(Kind.UPDATE_BEGIN, (99).to_bytes(4, "little")) == WRONG_STATE
    assert module.code(Kind.UPDATE_ACTIVATE) == WRONG_STATE
    assert (module.core.state, module.board.activations) == (ARMED, 0)


def test_a_self_test_is_made_once_a_second_at_most_and_not_in_the_face_of_somebody(
    module: PureModule,
) -> None:
    first = module.ask(Kind.SELFTEST)
    too_soon = module.code(Kind.SELFTEST)
    for _ in range(3):
        module.core.ranged(60, VALID, 100, 3)
    module.wait(1_100)

    assert (len(first), too_soon, module.code(Kind.SELFTEST)) == (18, IN_PROGRESS, FORBIDDEN)
    assert module.board.tests == 1
