"""How the iris module fails."""

from hw.faults import DeviceFault


class ModuleSilent(DeviceFault):
    """No answer came, however often it was asked."""

    def __init__(self) -> None:
        super().__init__(
            "the iris module does not answer: check its cable and supply, then flash its program"
        )


class ModuleRefused(DeviceFault):
    """The module knows no such command, or its answer makes no sense."""

    def __init__(self, command: int) -> None:
        super().__init__(f"the iris module cannot do command {command:02x}: flash its program")


class ModuleForeign(DeviceFault):
    """The module's program speaks another version of the protocol."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the iris module speaks version {version} of its protocol: flash its program")
