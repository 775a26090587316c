"""Faults that outlive a reset: only when power comes are they forgotten."""

from choosing import removed, said

FILE = "latched"


def kept(power_came: bool) -> int:
    """The fault bits from before the reset."""
    if power_came:
        removed(FILE)
        return 0
    text = said(FILE)
    return int(text) if text.isdigit() else 0


def keep(faults: int) -> None:
    """Remember them; without bits, forget them. A full memory keeps nothing, but the state stays FAULT."""
    if not faults:
        removed(FILE)
        return
    try:
        with open(FILE, "w") as file:
            file.write(str(faults))
    except OSError:
        pass
