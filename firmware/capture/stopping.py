"""When another presentation of the same finger is worth the person's time."""

from collections.abc import Sequence
from dataclasses import dataclass

from firmware.capture.policy.loader import load_limits
from firmware.quality.report import QualityReport


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """The section [stopping] of fingerprint.toml; how the figures came about is told in tests/study.

    same_score_within: two presentations in a row whose scores differ by no more, and of which the same is
    said, show what this skin gives. sure_similarity: of firmware.matching; a presentation that is found again
    by one of the earlier ones with as much certainty serves, whatever its score.
    """

    same_score_within: int
    sure_similarity: float


def load_stopping_rule() -> StoppingRule:
    """The rule of fingerprint.toml."""
    return load_limits(StoppingRule, "fingerprint.toml", "stopping")


def worth_another(reports: Sequence[QualityReport], rule: StoppingRule, similarity: float = 0.0) -> bool:
    """Whether one more presentation can be expected to better what `reports`, oldest first, tell.

    similarity: of the newest presentation to the likest of the earlier ones; 0.0 where it is not known.
    It bounds nothing: how many presentations there may be at most is the rules' affair.
    """
    if not reports:
        return True
    if reports[-1].accepted or similarity >= rule.sure_similarity:
        return False
    return len(reports) < 2 or not _is_the_same_again(reports[-2], reports[-1], rule)


def _is_the_same_again(before: QualityReport, now: QualityReport, rule: StoppingRule) -> bool:
    is_close = abs(now.score - before.score) <= rule.same_score_within
    return is_close and now.advice is before.advice
