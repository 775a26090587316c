"""`host_tools flash`, sending itself a signal when its progress first reports a step.

python -m tests.disk_image.bad_cards.killed_flasher SIGNAL STEP IMAGE DEVICE
"""

import os
import signal
import sys
from io import StringIO

from host_tools.__main__ import main


class Fuse(StringIO):
    """Standard error that signals this process when it is told of a step."""

    def __init__(self, number: int, step: str) -> None:
        super().__init__()
        self._number = number
        self._step = step

    def write(self, text: str) -> int:
        if text.startswith(self._step):
            os.kill(os.getpid(), self._number)
        return len(text)


if __name__ == "__main__":
    name, step, image, device = sys.argv[1:]
    sys.stderr = Fuse(signal.Signals[name], step)
    sys.exit(main(["flash", "--yes", image, device]))
