"""The two errors of a matcher, from the scores of pairs of prints."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of pairs of one finger and of pairs of different fingers; higher is more alike."""

    genuine: NDArray[np.floating[Any]]
    impostor: NDArray[np.floating[Any]]

    def false_alarms(self, threshold: float) -> int:
        """Pairs of different fingers taken for one."""
        return int((self.impostor >= threshold).sum())

    def caught(self, threshold: float) -> float:
        """Share of the pairs of one finger that are noticed."""
        return float((self.genuine >= threshold).mean())

    @property
    def highest_impostor(self) -> float:
        """Of the pairs of different fingers."""
        return float(self.impostor.max())

    @property
    def miss_at_no_false_match(self) -> float:
        """Share of the pairs of one finger that score no higher than every pair of different ones."""
        return float((self.genuine <= self.highest_impostor).mean())

    @property
    def equal_error(self) -> float:
        """The lowest greater of both error rates over all thresholds."""
        thresholds = np.unique(self.genuine)
        genuine, impostor = np.sort(self.genuine), np.sort(self.impostor)
        missed = np.searchsorted(genuine, thresholds) / len(genuine)
        alarms = 1.0 - np.searchsorted(impostor, thresholds) / len(impostor)
        return float(np.maximum(missed, alarms).min())
