"""The uplink's process loads nothing that it has no use for."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
IMAGES = "{'numpy', 'cv2', 'PIL', 'onnxruntime'}"


@pytest.mark.slow
def test_the_process_that_talks_to_the_network_cannot_open_an_image() -> None:
    program = f"import sys, firmware.uplink.__main__; print({IMAGES} & sys.modules.keys())"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=CHECKOUT, timeout=60.0, check=True
    )
    assert ended.stdout == b"set()\n"
