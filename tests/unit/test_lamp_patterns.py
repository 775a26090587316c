"""What the lamp tells, sampled as pure functions of time."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.signals.patterns import (
    AMBER,
    DARK,
    GREEN,
    PATTERNS,
    RED,
    WHITE,
    Signal,
    Steady,
    Then,
    blink,
    breathe,
    flashes,
)
from hw.lamps.pattern import Colour, Pattern

WATCHED_S = 12.0
ANY_SIGNAL = pytest.mark.parametrize("signal", Signal)


def _changes(pattern: Pattern, until_s: float = WATCHED_S) -> list[tuple[float, Colour]]:
    """Every light with the time it begins, as a player follows the pattern."""
    due_s: float | None = 0.0
    seen: list[tuple[float, Colour]] = []
    while due_s is not None and due_s < until_s:
        seen.append((due_s, pattern.colour(due_s)))
        due_s = pattern.next_change_s(due_s)
    return seen


def _rhythm(pattern: Pattern) -> frozenset[tuple[float, float]]:
    """How bright for how long, without the colour: what anybody can tell."""
    changes = _changes(pattern)
    if len(changes) == 1:
        return frozenset({(max(changes[0][1]), WATCHED_S)})
    return frozenset(
        (max(light), round(end_s - begun_s, 3)) for (begun_s, light), (end_s, _) in pairwise(changes)
    )


def _flashes_in_a_second(pattern: Pattern) -> int:
    """The most flashes in any second; a flash is a rise after a fall."""
    changes = _changes(pattern)
    levels = [max(light) for _, light in changes]
    flashes_s = [
        changes[index][0]
        for index in range(2, len(levels))
        if levels[index - 2] > levels[index - 1] < levels[index]
    ]
    return max((sum(begun <= other < begun + 1.0 for other in flashes_s) for begun in flashes_s), default=0)


def test_a_blink_is_on_then_off_then_on() -> None:
    assert _changes(blink(AMBER, on_ms=250, off_ms=500), until_s=1.5) == [
        (0.0, AMBER),
        (0.25, DARK),
        (0.75, AMBER),
        (1.0, DARK),
    ]


def test_two_flashes_are_followed_by_a_pause() -> None:
    lights = _changes(flashes(RED, times=2, flash_ms=150, pause_ms=1150), until_s=2.0)
    assert [begun for begun, light in lights if light == RED] == [0.0, 0.3, 1.6, 1.9]


def test_a_breath_rises_to_full_light_and_falls() -> None:
    levels = [light.red for _, light in _changes(breathe(WHITE, period_s=4.0), until_s=4.0)]
    assert levels[:17] == sorted(levels[:17])
    assert max(levels) == 1.0
    assert levels[16:] == sorted(levels[16:], reverse=True)


def test_a_moment_of_one_pattern_leads_into_another() -> None:
    assert _changes(Then(Steady(GREEN), 0.6, blink(WHITE, 1800, 200)), until_s=3.0) == [
        (0.0, GREEN),
        (0.6, WHITE),
        (2.4, DARK),
        (2.6, WHITE),
    ]


@ANY_SIGNAL
@given(elapsed_s=st.floats(0.0, 86_400.0))
def test_the_light_stays_until_the_announced_change(signal: Signal, elapsed_s: float) -> None:
    pattern = PATTERNS[signal]
    next_s = pattern.next_change_s(elapsed_s)
    light = pattern.colour(elapsed_s)
    if next_s is None:
        assert pattern.colour(elapsed_s + 1.0) == light
    else:
        assert next_s > elapsed_s - 0.0005
        assert pattern.colour(next_s - 0.001) == light
        assert pattern.colour(next_s) != light


@ANY_SIGNAL
def test_no_signal_flashes_more_than_three_times_in_a_second(signal: Signal) -> None:
    assert _flashes_in_a_second(PATTERNS[signal]) <= 3


def test_people_who_see_no_colour_tell_any_two_signals_apart_by_their_rhythm() -> None:
    rhythms = {signal: _rhythm(pattern) for signal, pattern in PATTERNS.items()}
    assert [pair for pair in combinations(Signal, 2) if rhythms[pair[0]] == rhythms[pair[1]]] == []


def test_people_who_look_for_a_moment_tell_the_signals_of_a_capture_apart_by_their_colour() -> None:
    capture = (Signal.YOUR_TURN, Signal.WORKING, Signal.GOOD, Signal.BETTER, Signal.HELP, Signal.FAULT)
    brightest = {max((light for _, light in _changes(PATTERNS[signal])), key=sum) for signal in capture}
    assert len(brightest) == len(capture)
