"""How fingerprints are captured: attempts, and what each finger must reach."""

from dataclasses import dataclass, replace

from firmware.capture.policy.loader import load_limits
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.records.samples import FingerPosition

_FILE = "fingerprint.toml"


@dataclass(frozen=True, slots=True)
class CaptureLimits:
    """The section [capture]."""

    attempts: int


@dataclass(frozen=True, slots=True)
class AcceptScores:
    """The section [accept_score]: the score that each kind of finger must reach, 0 to 100."""

    thumb: int
    index: int
    middle: int
    ring: int
    little: int


@dataclass(frozen=True, slots=True)
class FingerPolicy:
    """Attempts a finger, and limits of an image; `limits` alone is for an unknown finger."""

    attempts: int
    limits: FingerLimits
    accept_scores: AcceptScores

    def limits_of(self, position: FingerPosition) -> FingerLimits:
        """What an image of this finger must reach."""
        scores = self.accept_scores
        of_one_hand = (scores.thumb, scores.index, scores.middle, scores.ring, scores.little)
        return replace(self.limits, accept_score=of_one_hand[(position - 1) % 5])


def load_finger_policy() -> FingerPolicy:
    """The policy of fingerprint.toml."""
    capture = load_limits(CaptureLimits, _FILE, "capture")
    scores = load_limits(AcceptScores, _FILE, "accept_score")
    return FingerPolicy(capture.attempts, load_limits(FingerLimits, _FILE), scores)
