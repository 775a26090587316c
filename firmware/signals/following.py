"""The lamp follows what the screen shows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from firmware.screen.view import ItemState, View
from firmware.signals.patterns import PATTERNS, Signal, Then
from firmware.visit.phases import Phase
from hw.lamps.pattern import Pattern

GOOD_LASTS_S = 1.0
ATTENTION_LASTS_S = 6.0  # three groups of flashes: seen across a room, and over before it repels anybody
DONE = frozenset({ItemState.GOOD, ItemState.FORCED})

OF_PHASE: Mapping[Phase, Signal] = MappingProxyType(
    {
        Phase.ATTRACT: Signal.INVITE,
        Phase.NOTICE: Signal.YOUR_TURN,
        Phase.IDENTIFY: Signal.YOUR_TURN,
        Phase.GUARDIAN: Signal.YOUR_TURN,
        Phase.PORTRAIT: Signal.YOUR_TURN,
        Phase.FINGERPRINTS: Signal.YOUR_TURN,
        Phase.IRISES: Signal.YOUR_TURN,
        Phase.REVIEW: Signal.YOUR_TURN,
        Phase.ATTEST: Signal.HELP,
        Phase.SAVE: Signal.WORKING,
        Phase.RECEIPT: Signal.GOOD,
        Phase.ENDED: Signal.CLOSED,
    }
)

# Moments in which the machine has the turn, whatever the phase.
OF_INSTRUCTION: Mapping[str, Signal] = MappingProxyType(
    {
        "finger_reading": Signal.WORKING,
        "portrait_hold": Signal.WORKING,
        "device_wait": Signal.WORKING,
        "finger_attendant": Signal.HELP,
        "eye_attendant": Signal.HELP,
        "device_missing": Signal.FAULT,
        "device_fault": Signal.FAULT,
        "out_of_order": Signal.FAULT,
    }
)


# Hints that are for the attendant: what they say is not the person's to better.
OF_HINT: Mapping[str, Signal] = MappingProxyType({"face_light": Signal.HELP})


def signal_of(view: View) -> Signal:
    """What the lamp says while `view` is shown; a call for help comes before anything else."""
    if view.help_is_open:
        return Signal.HELP
    if view.instruction.startswith("save_refused"):
        return Signal.FAULT
    if view.instruction in OF_INSTRUCTION:
        return OF_INSTRUCTION[view.instruction]
    return OF_PHASE[view.phase] if view.hint is None else OF_HINT.get(view.hint, Signal.BETTER)


class FollowingLamp:
    """Plays the signal of each view, and for a moment something else: GOOD whenever one more artefact is
    done, HELP when an attendant's attention is asked for between people.
    """

    def __init__(self, play: Callable[[Pattern], None]) -> None:
        self._play = play
        self._signal: Signal | None = None
        self._done = 0
        self._attention: str | None = None

    def saw(self, view: View) -> None:
        """Follow `view`; nothing begins anew while the signal stays."""
        signal = signal_of(view)
        done = sum(item.state in DONE for item in view.progress)
        if done > self._done:
            self._play(Then(PATTERNS[Signal.GOOD], GOOD_LASTS_S, PATTERNS[signal]))
        elif view.attention is not None and view.attention != self._attention:
            self._play(Then(PATTERNS[Signal.HELP], ATTENTION_LASTS_S, PATTERNS[signal]))
        elif signal is not self._signal:
            self._play(PATTERNS[signal])
        self._signal, self._done, self._attention = signal, done, view.attention
