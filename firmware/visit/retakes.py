"""Another try of what was taken already: how often, and which of the two is kept."""

from dataclasses import dataclass, replace

from firmware.capture.attempts import better
from firmware.records.samples import Artefact, Modality

PORTRAIT = Modality.PORTRAIT.value  # also the key of its part


class Retakes:
    """How often a person may still ask: for another portrait, and for other tries of all the rest."""

    def __init__(self, limit: int) -> None:
        self._left = {True: limit, False: limit}

    def allow(self, key: str) -> bool:
        """Whether another try of that part may be asked for."""
        return self._left[key == PORTRAIT] > 0

    def spend(self, key: str) -> None:
        """One try of that part has been asked for."""
        self._left[key == PORTRAIT] -= 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept after another try. is_earlier: the sample of the one before."""

    artefact: Artefact
    is_earlier: bool = False


def kept_of(earlier: Artefact | None, later: Artefact, *, newest_counts: bool = False) -> Kept:
    """What is kept of two tries, with the attempts of both.

    The better one, but of two accepted portraits the newer: nobody asks for another without a reason that no
    measure knows. newest_counts: the newer whatever its score; the earlier one is against a rule.
    A try that gave no sample takes none away.
    """
    if earlier is None:
        return Kept(later)
    joined = _after(earlier, later)
    if earlier.sample is None:
        return Kept(joined)
    if joined.sample is None:
        artefact = replace(earlier, attempts=joined.attempts, looked_at_by=joined.looked_at_by)
        return Kept(artefact, is_earlier=True)
    newer = joined.sample
    is_wished = joined.modality is Modality.PORTRAIT and newer.report.accepted
    kept = newer if newest_counts or is_wished else better(earlier.sample, newer)
    artefact = replace(joined, sample=kept, forced=not kept.report.accepted)
    return Kept(artefact, is_earlier=kept is earlier.sample)


def _after(earlier: Artefact, later: Artefact) -> Artefact:
    """The later one, with the attempts of both."""
    made = len(earlier.attempts)
    attempts = tuple(replace(attempt, number=made + attempt.number) for attempt in later.attempts)
    sample = later.sample
    newer = None if sample is None else replace(sample, attempt=made + sample.attempt)
    return replace(
        later,
        sample=newer,
        attempts=earlier.attempts + attempts,
        looked_at_by=later.looked_at_by or earlier.looked_at_by,
    )
