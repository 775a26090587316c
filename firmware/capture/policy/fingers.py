"""How fingerprints are captured: what each finger must reach, and how long is waited for it."""

from dataclasses import dataclass, replace

from firmware.capture.policy.loader import load_limits
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.records.samples import FingerPosition

_FILE = "fingerprint.toml"


@dataclass(frozen=True, slots=True)
class FingerTiming:
    """The section [presentation]: limits of one presentation, in seconds."""

    presence_limit_s: float
    leave_limit_s: float
    poll_s: float


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
    """Limits of an image and of a presentation; `limits` alone is for an unknown finger."""

    limits: FingerLimits
    accept_scores: AcceptScores
    timing: FingerTiming

    def limits_of(self, position: FingerPosition) -> FingerLimits:
        """What an image of this finger must reach."""
        scores = self.accept_scores
        of_one_hand = (scores.thumb, scores.index, scores.middle, scores.ring, scores.little)
        return replace(self.limits, accept_score=of_one_hand[(position - 1) % 5])


def load_finger_policy() -> FingerPolicy:
    """The policy of fingerprint.toml."""
    scores = load_limits(AcceptScores, _FILE, "accept_score")
    timing = load_limits(FingerTiming, _FILE, "presentation")
    return FingerPolicy(load_limits(FingerLimits, _FILE), scores, timing)
