"""The lamp follows what the screen shows."""

from dataclasses import replace

import pytest

from firmware.screen.view import ItemState, ProgressItem, View
from firmware.signals.following import ATTENTION_LASTS_S, GOOD_LASTS_S, FollowingLamp, signal_of
from firmware.signals.patterns import PATTERNS, Signal, Then
from firmware.visit.phases import Phase
from hw.lamps.pattern import Pattern

FINGER = View(Phase.FINGERPRINTS, "finger_place", progress=(ProgressItem("finger_1", ItemState.ACTIVE),))


@pytest.mark.parametrize(
    ("view", "signal"),
    [
        (View(Phase.ATTRACT, "attract"), Signal.INVITE),
        (FINGER, Signal.YOUR_TURN),
        (replace(FINGER, hint="finger_wipe"), Signal.BETTER),
        (View(Phase.PORTRAIT, "portrait_look", hint="face_light"), Signal.HELP),
        (replace(FINGER, instruction="finger_reading"), Signal.WORKING),
        (replace(FINGER, instruction="device_missing", hint="finger_wipe"), Signal.FAULT),
        (replace(FINGER, hint="finger_wipe", help_is_open=True), Signal.HELP),
        (View(Phase.SAVE, "save_refused_disk_full"), Signal.FAULT),
        (View(Phase.RECEIPT, "receipt"), Signal.GOOD),
        (View(Phase.ENDED, "cancelled"), Signal.CLOSED),
    ],
)
def test_a_view_has_its_signal(view: View, signal: Signal) -> None:
    assert signal_of(view) is signal


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_a_signal(phase: Phase) -> None:
    assert signal_of(View(phase, phase.value)) in PATTERNS


def test_a_view_with_the_same_signal_does_not_begin_it_anew() -> None:
    played: list[Pattern] = []
    lamp = FollowingLamp(played.append)
    lamp.saw(FINGER)
    lamp.saw(replace(FINGER, instruction="finger_hold"))
    assert played == [PATTERNS[Signal.YOUR_TURN]]


def test_a_finger_that_is_done_is_good_for_a_moment() -> None:
    played: list[Pattern] = []
    lamp = FollowingLamp(played.append)
    lamp.saw(FINGER)
    lamp.saw(replace(FINGER, progress=(ProgressItem("finger_1", ItemState.GOOD),)))
    assert played[1:] == [Then(PATTERNS[Signal.GOOD], GOOD_LASTS_S, PATTERNS[Signal.YOUR_TURN])]


def test_an_attendant_is_called_once_between_people_and_then_people_are_invited_again() -> None:
    played: list[Pattern] = []
    lamp = FollowingLamp(played.append)
    inviting = View(Phase.ATTRACT, "attract")
    lamp.saw(inviting)
    lamp.saw(replace(inviting, attention="PC-08"))
    lamp.saw(replace(inviting, attention="PC-08", language="en"))
    assert played[1:] == [Then(PATTERNS[Signal.HELP], ATTENTION_LASTS_S, PATTERNS[Signal.INVITE])]
