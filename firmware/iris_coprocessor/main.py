"""Started by MicroPython after each reset; everything else is compiled."""

import sys

from choosing import chosen

folder, is_on_trial, is_damaged = chosen()
if folder:
    sys.path.insert(0, folder)

import module  # noqa: E402 (from the folder that was chosen)

module.run(folder, is_on_trial, is_damaged)
