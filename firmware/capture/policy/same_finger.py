"""When two prints of one visit are taken for one finger."""

from dataclasses import dataclass

from firmware.capture.policy.loader import load_limits


@dataclass(frozen=True, slots=True)
class SameFinger:
    """same_finger: the similarity of `firmware.matching` from which on two prints are one finger."""

    same_finger: float


def load_same_finger() -> SameFinger:
    """The policy of same_finger.toml."""
    return load_limits(SameFinger, "same_finger.toml")
