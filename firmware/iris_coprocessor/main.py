"""Started by MicroPython after each reset; everything else is compiled."""

import sys

from choosing import chosen
from machine import reset

folder, is_on_trial, is_damaged = chosen()
if folder:
    sys.path[0] = folder  # in place of the root: a program that lacks a module does not borrow it there
try:
    import module  # from the folder that was chosen

    module.run(folder, is_on_trial, is_damaged)
finally:
    if is_on_trial:  # a new program that does not stand is not started again
        reset()
