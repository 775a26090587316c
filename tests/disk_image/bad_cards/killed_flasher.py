"""`host_tools flash`, sending itself a signal when its progress first reports a step.

python -m tests.disk_image.bad_cards.killed_flasher SIGNAL STEP IMAGE DEVICE
"""

import os
import signal
import sys
from argparse import ArgumentParser
from io import StringIO

from host_tools.command import run_chosen
from host_tools.flash.command import FLASH


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
    parser = ArgumentParser()
    FLASH.configure(parser)  # alone, since the other commands take a second to import
    sys.exit(run_chosen(parser.parse_args(["--yes", image, device])))
