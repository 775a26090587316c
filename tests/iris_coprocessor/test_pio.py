"""The PIO programs, word by word: assembled from the board's own source by one tool, stepped by another."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pioemu import State, emulate

from tests.iris_coprocessor.pio_source import COMPARATOR, LIGHT, TRIGGER, Assembled, programs

WORDS = [1, 2947, 3947]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", name="code")
def assembled_code() -> dict[str, Assembled]:
    return programs()


@dataclass(frozen=True)
class Trace:
    """Per cycle: pins as bits, and at the end what came back through the FIFO."""

    pins: list[int]
    answers: list[int]

    def lasting(self, pin: int) -> list[tuple[int, int]]:
        """Begin and length of each time that the pin was high."""
        runs: list[tuple[int, int]] = []
        for cycle, pins in enumerate([*self.pins, 0]):
            is_high = bool(pins >> pin & 1)
            if is_high and (not runs or runs[-1][1]):
                runs.append((cycle, 0))
            elif not is_high and runs and not runs[-1][1]:
                runs[-1] = (runs[-1][0], cycle - runs[-1][0])
        return runs


def played(program: Assembled, words: list[int], cycles: int, sees_light_for: int | None = None) -> Trace:
    """Run a program with these words waiting; the comparator sees light for so many cycles of each pulse."""
    pins: list[int] = []
    lit_cycles = 0

    def comparator(state: State) -> int:
        is_seen = state.pin_values >> LIGHT & 1 and (sees_light_for is None or lit_cycles < sees_light_for)
        return state.pin_values & ~(1 << COMPARATOR) | int(is_seen) << COMPARATOR

    state = State()
    state.transmit_fifo.extend(words)
    steps: Iterator[tuple[State, State]] = emulate(
        program.words,
        stop_when=lambda _, state: state.clock > cycles,
        initial_state=state,
        input_source=comparator,
        shift_isr_right=False,
        shift_osr_right=True,
        set_base=TRIGGER,
        set_count=1,
        side_set_base=LIGHT,
        side_set_count=1,
        jmp_pin=COMPARATOR,
        wrap_target=program.wrap_target,
        wrap_top=program.wrap,
    )
    for before, after in steps:
        lasted = after.clock - before.clock
        pins += [after.pin_values] * lasted
        lit_cycles = lit_cycles + lasted if after.pin_values >> LIGHT & 1 else 0
        state = after
    return Trace(pins, list(state.receive_fifo))


@pytest.mark.parametrize("word", WORDS)
def test_a_pulse_lasts_what_was_asked_to_the_microsecond(code: dict[str, Assembled], word: int) -> None:
    trace = played(code["strobe"], [word], 11 * word + 2_000)

    assert [length for _, length in trace.lasting(LIGHT)] == [word + 53]
    assert trace.answers == [word]


@pytest.mark.parametrize("word", [1 << 12, 0xFFFFF007, 0xFFFFFFFF])
def test_no_word_makes_a_pulse_longer_than_4148_microseconds(code: dict[str, Assembled], word: int) -> None:
    trace = played(code["strobe"], [word], 9_000)

    assert all(length <= 4148 for _, length in trace.lasting(LIGHT))


@pytest.mark.parametrize("word", WORDS)
def test_words_that_never_stop_coming_light_a_tenth_of_the_time_at_most(
    code: dict[str, Assembled], word: int
) -> None:
    trace = played(code["strobe"], [word] * 4, 4 * 10 * (word + 53) + 400)

    first, second, third, *_ = trace.lasting(LIGHT)
    for (begin, length), (following, _) in ((first, second), (second, third)):
        assert length / (following - begin) <= 0.1


def test_the_trigger_is_up_while_the_light_is_steady(code: dict[str, Assembled]) -> None:
    trace = played(code["strobe"], [2947], 5_000)

    ((lit, lit_us),), ((exposed, exposed_us),) = trace.lasting(LIGHT), trace.lasting(TRIGGER)
    assert exposed - lit == 51
    assert exposed + exposed_us == lit + lit_us


def test_a_dark_frame_is_triggered_without_light(code: dict[str, Assembled]) -> None:
    trace = played(code["strobe"], [0], 500)

    assert trace.lasting(LIGHT) == []
    assert len(trace.lasting(TRIGGER)) == 1
    assert trace.answers == [0]


def test_without_a_word_nothing_happens(code: dict[str, Assembled]) -> None:
    trace = played(code["strobe"], [], 500)

    assert trace.lasting(LIGHT) == []
    assert trace.lasting(TRIGGER) == []


def test_the_long_pulse_is_longer_than_the_one_shot_and_ends_by_itself(code: dict[str, Assembled]) -> None:
    trace = played(code["long_pulse"], [0xFFFFFFFF], 9_000)

    ((_, lit_us),) = trace.lasting(LIGHT)
    assert 5_600 < lit_us <= 6_146


@pytest.mark.parametrize("seen_us", [0, 900, 5_000])
def test_the_long_pulse_counts_how_long_light_was_seen(code: dict[str, Assembled], seen_us: int) -> None:
    trace = played(code["long_pulse"], [2047], 9_000, sees_light_for=seen_us)

    (count,) = trace.answers
    assert count * 3 == pytest.approx(seen_us, abs=6)
