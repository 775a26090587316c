"""What one finger image is worth, and whether the finger was taken before: CPU work for a worker."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from firmware.quality.fingerprint.before import Before
from firmware.quality.fingerprint.inverting import Inverting
from firmware.quality.fingerprint.loops import loop_side
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.quality.fingerprint.mirroring import Mirroring
from firmware.quality.report import QualityReport
from firmware.records.samples import DeviceWarning, FingerPosition
from hw.fingerprint.image import FingerImage

Assess = Callable[[FingerImage, FingerPosition, Minutiae, Before | None], QualityReport]


class FingerMemory(Protocol):
    """The fingers taken in this visit; it lives and ends with the visit, and is never written."""

    def recall(self, minutiae: Minutiae) -> FingerPosition | None:
        """The position as which a finger was kept; None for one that was not."""
        ...

    def keep(self, position: FingerPosition, minutiae: Minutiae) -> None:
        """Remember a finger by an image of it, instead of an earlier one."""
        ...

    def forget(self, position: FingerPosition) -> None:
        """Let a finger go."""
        ...

    def clear(self) -> None:
        """Let all fingers go."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """One image's quality, and what makes its finger known again.

    position: as which it was asked for. seen_as: another position as which this finger was taken.
    """

    position: FingerPosition
    report: QualityReport
    minutiae: Minutiae = field(repr=False)
    seen_as: FingerPosition | None = None


class FingerJudge:
    """Judges images of one visit."""

    def __init__(
        self, assess: Assess, find_minutiae: Callable[[FingerImage], Minutiae], memory: FingerMemory
    ) -> None:
        self._assess = assess
        self._find_minutiae = find_minutiae
        self._memory = memory
        self._told_apart: set[frozenset[FingerPosition]] = set()
        self._mirroring = Mirroring()
        self._inverting = Inverting()

    def judge(self, image: FingerImage, position: FingerPosition, before: Before | None) -> Judgement:
        """Judge an image of the finger that is asked for as `position`. before: the sensor's last image."""
        minutiae = self._find_minutiae(image)
        report = self._assess(image, position, minutiae, before)
        for part in report.components:
            if part.name == "polarity":
                self._inverting.note(position, part.value)
        seen_as = self._memory.recall(minutiae)
        is_another = seen_as is not None and frozenset({seen_as, position}) not in self._told_apart
        seen_as = seen_as if is_another and seen_as is not position else None
        return Judgement(position, report, minutiae, seen_as)

    def remember(self, position: FingerPosition, judgement: Judgement) -> None:
        """Know the finger again by this image."""
        self._memory.keep(position, judgement.minutiae)
        self._mirroring.note(position, loop_side(judgement.minutiae.ridge_flow))

    def forget(self, position: FingerPosition) -> None:
        """The finger is to be taken anew."""
        self._memory.forget(position)
        self._mirroring.forget(position)

    def forget_all(self) -> None:
        """The visit is over."""
        self._memory.clear()
        self._mirroring, self._inverting = Mirroring(), Inverting()

    @property
    def doubt(self) -> DeviceWarning | None:
        """What all fingers together say is wrong with the sensor's pictures."""
        if self._inverting.is_sure:
            return DeviceWarning.LOOKS_INVERTED
        return DeviceWarning.LOOKS_MIRRORED if self._mirroring.is_sure else None

    def tell_apart(self, one: FingerPosition, other: FingerPosition) -> None:
        """An attendant has seen that these are two fingers, however alike they look to us."""
        self._told_apart.add(frozenset({one, other}))
