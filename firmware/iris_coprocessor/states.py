"""The states of the light, and what leads from one to another."""

OFF, IDLE, ARMED, STROBING, COOLDOWN, FAULT = range(6)
PROVED, ARM, FIRE, STOP, RESTED, LATCH, UNLOCK = range(7)

NEXT = {
    (OFF, PROVED): IDLE,
    (OFF, STOP): OFF,
    (OFF, LATCH): FAULT,
    (IDLE, ARM): ARMED,
    (IDLE, STOP): IDLE,
    (IDLE, LATCH): FAULT,
    (ARMED, FIRE): STROBING,
    (ARMED, STOP): COOLDOWN,
    (ARMED, LATCH): FAULT,
    (STROBING, FIRE): STROBING,
    (STROBING, STOP): COOLDOWN,
    (STROBING, LATCH): FAULT,
    (COOLDOWN, RESTED): IDLE,
    (COOLDOWN, STOP): COOLDOWN,
    (COOLDOWN, LATCH): FAULT,
    (FAULT, STOP): FAULT,
    (FAULT, LATCH): FAULT,
    (FAULT, UNLOCK): OFF,
}


def after(state: int, event: int) -> int:
    """The next state; KeyError for what must not happen, which ends the program and leaves it dark."""
    return NEXT[state, event]
