"""How a fingerprint sensor fails."""

from hw.faults import DeviceFault
from hw.fingerprint.codes import Confirmation, Instruction


class SensorSilent(DeviceFault):
    """No whole answer within the deadline."""

    def __init__(self) -> None:
        super().__init__("the fingerprint sensor does not answer: check its power, its wires and its speed")


class SensorRefused(DeviceFault):
    """The sensor answered, and said no."""

    def __init__(self, confirmation: int, instruction: Instruction) -> None:
        self.confirmation = confirmation
        self.instruction = instruction
        super().__init__(f"the fingerprint sensor refused {instruction.name}: {_words(confirmation)}")


class ParametersUnknown(DeviceFault):
    """The sensor reports parameters that no sensor of its family has."""

    def __init__(self) -> None:
        super().__init__("the fingerprint sensor reports unknown parameters: replace the sensor")


class ImageDamaged(DeviceFault):
    """An image arrived with bytes wrong, missing or too many."""

    def __init__(self, received_bytes: int, expected_bytes: int) -> None:
        self.received_bytes = received_bytes
        self.expected_bytes = expected_bytes
        super().__init__(
            f"a finger image arrived damaged ({received_bytes} good bytes of {expected_bytes}): "
            "check the sensor's cable and the profile in the board file"
        )


def _words(confirmation: int) -> str:
    known = {int(code): code.name for code in Confirmation}
    return f"{known.get(confirmation, 'unknown code')} ({confirmation:#04x})"
