"""What `assess` must know of a modality to judge its image files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.quality.report import QualityReport


@dataclass(frozen=True, slots=True)
class Assessed:
    """A report, and further columns of numbers such as the circles of an iris."""

    report: QualityReport
    extras: tuple[tuple[str, float], ...] = ()


Assess = Callable[[NDArray[np.uint8]], Assessed]


@dataclass(frozen=True, slots=True)
class AssessedModality:
    """One word after `assess`.

    in_colour: images are read as (rows, columns, 3) RGB; else as (rows, columns) grey.
    configure: adds the modality's own options. prepare: loads limits and models, once a run.
    """

    name: str
    summary: str
    in_colour: bool
    configure: Callable[[ArgumentParser], None]
    prepare: Callable[[Namespace], Assess]
