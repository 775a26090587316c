"""How the iris module fails, and how it refuses."""

from hw.faults import DeviceFault
from hw.iris.messages import Code, Faults

_HINTS = {
    Faults.TOF_FAIL: "check the cable of its distance sensor",
    Faults.TOF_STALE: "check the cable of its distance sensor",
    Faults.OVERTEMP: "let its LEDs cool, clear the vents, check the wire of its heat sensor",
    Faults.LED_OPEN: "one of its LED strings is dead",
    Faults.LED_SHORT: "one of its LED strings is shorted or stays lit",
    Faults.ONE_SHOT_FAIL: "the one-shot of its LED board does not end a pulse",
    Faults.RAIL_TRIPPED: "the fuse of its LED board has tripped",
    Faults.TRIGGER_LOST: "check the wire of the camera's trigger",
    Faults.CFG_CRC: "its program is damaged, flash it",
}


class ModuleSilent(DeviceFault):
    """No answer came, however often it was asked."""

    def __init__(self) -> None:
        super().__init__(
            "the iris module does not answer: check its cable and supply, then flash its program"
        )


class ModuleForeign(DeviceFault):
    """The module's program speaks another version of the protocol."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the iris module speaks version {version} of its protocol: flash its program")
        self.version = version


class ModuleRefused(DeviceFault):
    """The module will not do a command now, or its answer makes no sense. code: its own, or None then."""

    def __init__(self, command: int, code: Code | None = None) -> None:
        why = "answers nonsense" if code is None else f"says {code.name}"
        super().__init__(f"the iris module {why} to command {command:02x}: run its self-test")
        self.command = command
        self.code = code


class ModuleBroken(DeviceFault):
    """The module found that it is broken, and stays dark until power or service."""

    def __init__(self, faults: Faults) -> None:
        hints = [hint for fault, hint in _HINTS.items() if fault in faults]
        super().__init__(f"the iris module is dark: {'; '.join(hints) or 'run its self-test'}")
        self.faults = faults


class ModuleRestarted(DeviceFault):
    """The module started anew while a session ran."""

    def __init__(self) -> None:
        super().__init__("the iris module restarted by itself: check its supply")
