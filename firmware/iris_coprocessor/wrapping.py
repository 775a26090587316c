"""Times that wrap, as the board's ticks do: milliseconds or microseconds modulo 2**30."""

MASK = 0x3FFFFFFF
HALF = 0x20000000


def since(now: int, then: int) -> int:
    """How long ago `then` was; right for less than 2**29."""
    return (now - then) & MASK


def is_past(now: int, moment: int) -> bool:
    """Whether `moment` has come."""
    return (now - moment) & MASK < HALF
