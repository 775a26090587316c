"""`assess portrait`: frames of the portrait camera."""

from argparse import ArgumentParser, Namespace

import numpy as np
from numpy.typing import NDArray

from firmware.capture.policy.loader import load_limits
from firmware.models import face_model, person_model
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.doubts import Doubt, DoubtLimits, doubts_of
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import SceneLimits
from host_tools.modality import Assess, Assessed, AssessedModality


def _configure(parser: ArgumentParser) -> None:
    del parser


def _prepare(arguments: Namespace) -> Assess:
    del arguments
    model = FaceModel(face_model(), person_model())
    limits = load_limits(PortraitLimits, "portrait.toml")
    doubts = load_limits(DoubtLimits, "portrait.toml", "doubts")
    scene = load_limits(SceneLimits, "portrait.toml", "scene")

    def assess(pixels: NDArray[np.uint8]) -> Assessed:
        report = assess_portrait(pixels, model, limits)
        found = doubts_of(report, doubts, scene)
        return Assessed(report, tuple((f"doubt_{doubt}", float(doubt in found)) for doubt in Doubt))

    return assess


PORTRAIT = AssessedModality("portrait", "whole frames of the portrait camera", True, _configure, _prepare)
