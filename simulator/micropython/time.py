"""The board's clock, which drifts as `world` says; all else is the built-in module's."""

import sys

_path = sys.path[:]
sys.path.clear()  # else this file would find itself
try:
    from time import *  # noqa: F403
    from time import ticks_us as _true_us
finally:
    sys.path.extend(_path)

_begun_us = _true_us()


def ticks_us():
    """Microseconds of the board."""
    from world import world  # noqa: PLC0415 (which needs this module)

    passed_us = _true_us() - _begun_us
    return _begun_us + passed_us + passed_us * world["drift"] // 1000000
