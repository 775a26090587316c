"""What was tried with one finger, and what follows from it; the rules of the loop, without a device."""

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from firmware.capture.attempts import better
from firmware.capture.policy.finger_loop import FingerLoop
from firmware.capture.stopping import StoppingRule, worth_another
from firmware.quality.advice import Advice
from firmware.records.samples import (
    Artefact,
    Attempt,
    DeviceWarning,
    ExceptionReason,
    FingerPosition,
    Modality,
    Rejection,
    Sample,
)

_OF_THE_SKIN = frozenset({Rejection.BELOW_THRESHOLD, Rejection.COMPONENT_FAILED})


class Turn(Enum):
    """What follows a presentation."""

    TAKEN = auto()  # good: on to the next finger
    AGAIN = auto()  # the same finger, now
    LATER = auto()  # the next finger; this one is offered once more when the others are done
    CALL = auto()  # an attendant has to look
    OVER = auto()  # nothing more is tried: the best is kept, or the reason why there is none


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one presentation came to. sample: None when no image came of it, or when it must not be kept.

    rejection: None when it is good. advice: what to do better. seen_as: what the finger was taken as before.
    """

    sample: Sample | None
    rejection: Rejection | None
    advice: Advice | None = None
    seen_as: FingerPosition | None = None


@dataclass(slots=True, eq=False)
class FingerTries:
    """One finger of one visit.

    threshold: the score that this finger must reach. first_tries: how many presentations it gets at first.
    faults: how often a device broke meanwhile. at_the_end: it is being offered once more.
    """

    position: FingerPosition
    threshold: int
    first_tries: int
    loop: FingerLoop
    stopping: StoppingRule
    made: list[Attempt] = field(default_factory=list[Attempt])
    best: Sample | None = None
    advice: Advice | None = None
    seen_as: FingerPosition | None = None
    not_given: int = 0
    faults: int = 0
    repeats: int = 0
    at_the_end: bool = False
    exception: ExceptionReason = ExceptionReason.UNREADABLE
    looked_at_by: str | None = None
    _left: int = field(init=False)

    def __post_init__(self) -> None:
        self._left = self.first_tries

    @property
    def number(self) -> int:
        """Of the next attempt, from 1."""
        return len(self.made) + 1

    @property
    def is_last_try(self) -> bool:
        """Whether the next attempt is the last of its round: then any image is better than none."""
        return self._left <= 1

    @property
    def is_first_at_the_end(self) -> bool:
        """Whether it is being offered once more and was not presented since."""
        return self.at_the_end and self._left == self.loop.tries_at_the_end

    def took(self, look: Look, duration_s: float) -> Turn:
        """Note one presentation, and say what follows."""
        report = look.sample.report if look.sample else None
        rejection = look.rejection
        self.made.append(Attempt(self.number, report, duration_s, self.threshold, rejection, look.seen_as))
        self._left -= 1
        self.advice, self.seen_as = look.advice, look.seen_as
        if rejection is Rejection.SEEN_BEFORE:
            return self._was_seen_before()
        if look.sample is not None and rejection is not Rejection.NOT_LIFTED:
            self.best = better(self.best, look.sample)
        if rejection is None:
            return Turn.TAKEN
        if self._shows_what_it_is():
            self._left = 0
        return self.without_it()

    def was_not_given(self) -> Turn:
        """Nothing was laid on in time, which is no attempt."""
        self.not_given += 1
        if self.not_given % self.loop.not_given_limit:
            return Turn.AGAIN
        self._left = 0
        return self.without_it()

    def without_it(self) -> Turn:
        """What follows when the finger is not good, or is not given, this time."""
        if self._left > 0:
            return Turn.AGAIN
        return Turn.OVER if self.at_the_end else Turn.LATER

    def skip_round(self) -> Turn:
        """Nobody wants to try it any more now."""
        self._left = 0
        return self.without_it()

    def offer_again(self) -> None:
        """All other fingers are done: this one gets its last tries."""
        self.at_the_end = True
        self._left = self.loop.tries_at_the_end

    def looked_at(self, attendant_id: str) -> None:
        """An attendant has looked at the finger, which then gets another try."""
        self.looked_at_by = attendant_id
        self._left = max(self._left, 1)

    def artefact(self) -> Artefact:
        """The best sample, forced when it is not good; without any, the reason why."""
        best = self.best
        return Artefact(
            Modality.FINGERPRINT,
            self.position,
            best,
            tuple(self.made),
            forced=best is not None and not (best.report.accepted and not best.warnings),
            exception=self.exception if best is None else None,
            not_given=self.not_given,
            looked_at_by=self.looked_at_by,
        )

    def begin_again(self) -> None:
        """The person wants the finger taken again; the best of all tries is kept."""
        self.at_the_end, self.advice, self.seen_as, self.faults = False, None, None, 0
        self.exception = ExceptionReason.UNREADABLE
        self._left = self.first_tries

    def doubt(self, warning: DeviceWarning) -> None:
        """Every image of the finger is doubtful: the best is kept, but as forced."""
        if self.best is not None and warning not in self.best.warnings:
            self.best = replace(self.best, warnings=(*self.best.warnings, warning))

    def discard(self) -> None:
        """The finger's images turned out to be another's; that they were taken stays on record."""
        self.best = None

    def _shows_what_it_is(self) -> bool:
        """Whether more tries would only take time: the same skin gives the same image again."""
        judged = [each.report for each in self.made[-2:] if each.report and each.rejection in _OF_THE_SKIN]
        return len(judged) == 2 and not worth_another(judged, self.stopping)

    def _was_seen_before(self) -> Turn:
        """What was not good is doubtful now, as it may have been the wrong finger all the time."""
        if self.best is not None and not self.best.report.accepted:
            self.best = None
        self.repeats += 1
        if self.repeats % self.loop.repeats_before_call == 0:
            return Turn.CALL
        self._left = max(self._left, 1)
        return Turn.AGAIN
