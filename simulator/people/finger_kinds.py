"""What is known of a finger before it is grown: class by place on the hand, size by age and sex."""

from dataclasses import dataclass

import numpy as np

from firmware.records.samples import FingerPosition
from simulator.people.facts import Sex
from simulator.people.finger_flow import RidgeClass

# Share of whorls, loops towards the thumb, and arches, from thumb to little finger; the rest are loops
# towards the little finger. Rounded so that the ten together hold 40-50 % whorls and 1-2 % arches, as East
# Asian collections do, in the order that all collections show; not a survey of Viet Nam.
_SHARES = (
    (0.53, 0.005, 0.010),
    (0.45, 0.110, 0.040),
    (0.33, 0.010, 0.025),
    (0.60, 0.005, 0.010),
    (0.30, 0.003, 0.005),
)
_BREADTHS = (1.16, 1.0, 1.0, 0.95, 0.83)  # of the patch that touches, thumb to little finger
_PERIODS = (1.07, 1.0, 1.0, 0.98, 0.93)
_MAN_PERIOD_PX = 9.4  # 20.7 ridges a centimetre; women 23.4: Cummins, Waits and McQuitty (1941)
_WOMAN = 0.89
# Fingers grow as the body does (Gottschlich et al., 2011): height for age against the grown-up's, WHO (2007).
_AGES_YEARS = (0.0, 2.0, 6.0, 10.0, 14.0, 17.0)
_HEIGHTS = (0.29, 0.5, 0.67, 0.8, 0.94, 1.0)


@dataclass(frozen=True, slots=True)
class FingerKind:
    """What one finger is like. size: 1.0 = a grown man's index finger, in ridges and outline alike.

    breadth: of the outline besides, the ridges being the same.
    """

    ridge_class: RidgeClass
    size: float = 1.0
    breadth: float = 1.0

    @property
    def period_px(self) -> float:
        """Mean distance from ridge to ridge at 500 pixels per inch."""
        return _MAN_PERIOD_PX * self.size


def draw_kind(
    rng: np.random.Generator, position: FingerPosition = FingerPosition.RIGHT_INDEX, hand_size: float = 1.0
) -> FingerKind:
    """A finger as often as it is met at that position of a hand of that size."""
    finger = (position - 1) % 5
    ridge_class = draw_class(rng, position)
    size = hand_size * _PERIODS[finger] * float(rng.normal(1.0, 0.025))
    return FingerKind(ridge_class, size, _BREADTHS[finger] / _PERIODS[finger] * float(rng.normal(1.0, 0.05)))


def draw_hand_size(rng: np.random.Generator, age_years: float = 30.0, sex: Sex = Sex.MALE) -> float:
    """The size of one person's fingers: the same draw for the same person at every age."""
    person = float(np.clip(rng.normal(1.0, 0.05), 0.88, 1.12))
    grown = float(np.interp(age_years, _AGES_YEARS, _HEIGHTS))
    return person * grown * (_WOMAN if sex is Sex.FEMALE else 1.0)


def draw_class(rng: np.random.Generator, position: FingerPosition = FingerPosition.RIGHT_INDEX) -> RidgeClass:
    """A class as often as it is met at that position; a right hand's ulnar loops open to the right."""
    whorl, radial, arch = _SHARES[(position - 1) % 5]
    is_right = position <= FingerPosition.RIGHT_LITTLE
    outward, inward = (RidgeClass.RIGHT_LOOP, RidgeClass.LEFT_LOOP)[:: 1 if is_right else -1]
    shares = {
        RidgeClass.ARCH: 0.6 * arch,
        RidgeClass.TENTED_ARCH: 0.4 * arch,
        RidgeClass.WHORL: 0.7 * whorl,
        RidgeClass.DOUBLE_LOOP: 0.3 * whorl,
        inward: radial,
        outward: 1.0 - whorl - radial - arch,
    }
    return list(shares)[int(rng.choice(len(shares), p=list(shares.values())))]
