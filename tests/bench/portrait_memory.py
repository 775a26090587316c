"""How much memory the portrait pipeline takes, alone in a process: interpreter, libraries, networks."""

import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.models import face_model, person_model
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.live import NOTHING_KNOWN, glance
from firmware.quality.portrait.model import FaceModel
from tests.bench.peak import peak_bytes
from tests.portraits import Pixels

_FRAMES = 12


def resident_mb(pixels: Pixels) -> float:
    """The most that was ever resident in a new process, after live frames and a full check of `pixels`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "frame.npy"
        np.save(file, pixels)
        command = [sys.executable, "-m", "tests.bench.portrait_memory", str(file)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _main(file: str) -> None:
    cv2.setNumThreads(1)
    pixels: Pixels = np.load(file)
    model = FaceModel(face_model(), person_model())
    limits = load_limits(PortraitLimits, "portrait.toml")
    known = NOTHING_KNOWN
    for _ in range(_FRAMES):
        known = glance(pixels, model, limits, known).known(None)
    assess_portrait(pixels, model, limits)
    sys.stdout.write(f"{peak_bytes() / 1e6}\n")


if __name__ == "__main__":
    _main(sys.argv[1])
