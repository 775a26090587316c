"""How the fingers of one visit are asked for."""

from dataclasses import dataclass

from firmware.capture.policy.loader import load_limits


@dataclass(frozen=True, slots=True)
class FingerLoop:
    """The section [loop] of finger_loop.toml, whose comments say what each limit is for.

    unmoved_likeness: of two exposures, 0 to 1, from which on the finger is taken never to have left.
    """

    tries_at_the_end: int
    not_given_limit: int
    repeats_before_call: int
    calls_limit: int
    call_limit_s: float
    faults_limit: int
    prompts_ahead: bool
    unmoved_likeness: float


def load_finger_loop() -> FingerLoop:
    """The policy of finger_loop.toml."""
    return load_limits(FingerLoop, "finger_loop.toml", "loop")
