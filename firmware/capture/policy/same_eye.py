"""When two irises are taken for one."""

from dataclasses import dataclass

from firmware.capture.policy.loader import load_limits


@dataclass(frozen=True, slots=True)
class SameEye:
    """Shares of bits, as `firmware.matching.iris_code` counts them, that may differ.

    same_eye: between two occasions. same_frame: between two frames of one presentation.
    """

    same_eye: float
    same_frame: float


def load_same_eye() -> SameEye:
    """The policy of same_eye.toml."""
    return load_limits(SameEye, "same_eye.toml")
