"""The same model file run by MediaPipe, where an environment with it is at hand.

It is never part of ours: it asks for numpy 1, and its newer versions report their use to their maker. The
environment is made by hand in .venvs/mediapipe: mediapipe 0.10.18 on Python 3.12 or older. Without it the
table has no such figure.
"""

import subprocess
import tempfile
from pathlib import Path

import numpy as np

from firmware.models import face_model
from tests.portraits import Pixels

_PYTHON = Path(".venvs/mediapipe/bin/python")
_RUN = """
import sys, time
import mediapipe as mp
import numpy as np
tasks, vision = mp.tasks, mp.tasks.vision
options = vision.FaceLandmarkerOptions(
    base_options=tasks.BaseOptions(model_asset_path=sys.argv[1]), running_mode=vision.RunningMode.VIDEO,
    output_face_blendshapes=True, output_facial_transformation_matrixes=True)
image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.load(sys.argv[2]))
with vision.FaceLandmarker.create_from_options(options) as landmarker:
    wall, used = [], []
    for frame in range(45):
        begun, cpu = time.perf_counter(), time.process_time()
        landmarker.detect_for_video(image, frame * 40)
        wall.append(time.perf_counter() - begun); used.append(time.process_time() - cpu)
from tests.bench.peak import peak_bytes
print(f"{1000 * np.mean(used[5:]):.1f} {peak_bytes() / 1e6:.0f}")
"""


def mediapipe_ms(pixels: Pixels) -> str:
    """Processor time of a followed frame by MediaPipe, and its memory, for the last column; else empty."""
    if not _PYTHON.is_file():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        model, frame = Path(folder) / "face.task", Path(folder) / "frame.npy"
        model.write_bytes(face_model())
        np.save(frame, pixels)
        command = [str(_PYTHON), "-c", _RUN, str(model), str(frame)]
        ms, mb = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        return f"MediaPipe 0.10.18, followed: {ms} ms, {mb} MB"
