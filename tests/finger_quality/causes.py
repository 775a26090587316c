"""Does the advice fit the cause? Presentations with a known cause, and the count of what they were told."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from simulator.people.impressions import Touch, impression
from tests.finger_quality.degradations import DAMAGES
from tests.finger_quality.prints import Image, in_16_levels

Settings = dict[str, Any]
SETTINGS: Settings = tomllib.loads(Path(__file__).with_name("causes.toml").read_text("utf-8"))
NEUTRAL = frozenset(Advice(name) for name in SETTINGS["neutral"])


@dataclass(frozen=True, slots=True, eq=False)
class Presentation:
    """An image whose cause is known. right: the advice that helps."""

    cause: str
    right: frozenset[Advice]
    image: Image = field(repr=False)


def damaged(images: Iterable[Image]) -> Iterator[Presentation]:
    """Each image with each damage of [real]."""
    for number, image in enumerate(images):
        for cause, row in SETTINGS["real"].items():
            for damage in row["damages"]:
                seen = DAMAGES[damage](image, np.random.default_rng(number))
                yield Presentation(cause, _right(row), in_16_levels(seen))


def touched(seeds: Iterable[int], finger: Callable[[int], Image]) -> Iterator[Presentation]:
    """The invented finger of each seed, laid on in each way of [generated]."""
    for seed in seeds:
        for cause, row in SETTINGS["generated"].items():
            for settings in row["touches"]:
                rng = np.random.default_rng(seed)
                seen = impression(finger(seed), rng, _touch(settings))
                if together := row.get("together"):
                    seen = np.minimum(seen, impression(finger(seed + 1), rng, _touch(together)))
                yield Presentation(cause, _right(row), in_16_levels(seen.astype(np.uint8)))


def _right(row: Settings) -> frozenset[Advice]:
    return frozenset(Advice(name) for name in row["right"])


def _touch(settings: Settings) -> Touch:
    across_mm, down_mm = settings.get("shift_mm", (0.0, 0.0))
    return Touch(
        moisture=settings.get("moisture", 0.5),
        pressure=settings.get("pressure", 0.5),
        shift_mm=(across_mm, down_mm),
        rotation_deg=settings.get("rotation_deg", 0.0),
        contrast=settings.get("contrast", 1.0),
    )


@dataclass(slots=True)
class Confusion:
    """How often each advice was given to each cause; an accepted image got none."""

    told: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    right: int = 0
    wrong: int = 0
    neutral: int = 0
    accepted: int = 0

    def add(self, given: Presentation, report: QualityReport) -> None:
        """Count one presentation."""
        self.told.setdefault(given.cause, Counter())[report.advice or "accepted"] += 1
        self.right += report.advice in given.right
        self.accepted += report.accepted
        self.neutral += report.advice in NEUTRAL - given.right
        self.wrong += report.advice is not None and report.advice not in NEUTRAL | given.right

    @property
    def rejected(self) -> int:
        """Presentations that were told something."""
        return self.right + self.wrong + self.neutral


def confusion(given: Iterable[Presentation], assess: Callable[[Image], QualityReport]) -> Confusion:
    """What `assess` tells to each of them."""
    counted = Confusion()
    for presentation in given:
        counted.add(presentation, assess(presentation.image))
    return counted
