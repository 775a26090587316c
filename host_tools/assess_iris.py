"""`assess iris`: the quality of pictures of one eye in near infrared."""

from argparse import ArgumentParser, Namespace

import numpy as np
from numpy.typing import NDArray

from firmware.capture.policy.loader import load_limits
from firmware.quality.iris.assessment import assess_eye
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import Segmentation, segment
from host_tools.modality import Assess, Assessed, AssessedModality


def prepare(arguments: Namespace) -> Assess:
    """The assessment under the terminal's own limits; each picture also yields its circles in pixels."""
    del arguments
    limits = load_limits(IrisLimits, "iris.toml")

    def assess(image: NDArray[np.uint8]) -> Assessed:
        eye = segment(image)
        return Assessed(assess_eye(image, eye, limits), () if eye is None else _circles(eye))

    return assess


def _circles(eye: Segmentation) -> tuple[tuple[str, float], ...]:
    parts = (("pupil", eye.pupil), ("iris", eye.iris))
    return tuple(
        (f"{name}_{axis}", value)
        for name, circle in parts
        for axis, value in (("x", circle.x), ("y", circle.y), ("r", circle.r))
    )


def configure(parser: ArgumentParser) -> None:
    """Irises need no options."""
    del parser


IRIS = AssessedModality(
    "iris", "one eye in near infrared, grey", in_colour=False, configure=configure, prepare=prepare
)
