"""How a fingerprint sensor fails."""

from hw.faults import DeviceFault
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.refusals import kind_of


class SensorSilent(DeviceFault):
    """No whole answer within the deadline."""

    def __init__(self) -> None:
        super().__init__("the fingerprint sensor does not answer: check its power, its wires and its speed")


class SensorRefused(DeviceFault):
    """The sensor answered, and said no; `kind` tells what that is about."""

    def __init__(self, confirmation: int, instruction: Instruction) -> None:
        self.confirmation = confirmation
        self.instruction = instruction
        self.kind = kind_of(confirmation)
        super().__init__(f"the fingerprint sensor refused {instruction.name}: {_words(confirmation)}")


class ModelLacks(DeviceFault):
    """The model in the board file has no such instruction; nothing was sent."""

    def __init__(self, instruction: Instruction, model: str) -> None:
        self.instruction = instruction
        super().__init__(f"the fingerprint sensor {model} has no {instruction.name}: see its profile")


class ParametersUnknown(DeviceFault):
    """The sensor reports parameters that no sensor of its family has."""

    def __init__(self) -> None:
        super().__init__("the fingerprint sensor reports unknown parameters: replace the sensor")


class TemplatesRemain(DeviceFault):
    """Templates of people are in the sensor's library, and cannot be wiped."""

    def __init__(self, templates: int) -> None:
        self.templates = templates
        super().__init__(
            f"the fingerprint sensor keeps {templates} templates of people after they were wiped: "
            "replace the sensor, and destroy this one"
        )


class UploadDamaged(DeviceFault):
    """Data arrived with bytes wrong, missing or too many."""

    def __init__(self, what: str, received_bytes: int, expected_bytes: int) -> None:
        self.received_bytes = received_bytes
        self.expected_bytes = expected_bytes
        super().__init__(
            f"{what} arrived damaged ({received_bytes} good bytes of {expected_bytes}): "
            "check the sensor's cable and the profile in the board file"
        )


class ImageDamaged(UploadDamaged):
    """An image arrived with bytes wrong, missing or too many."""

    def __init__(self, received_bytes: int, expected_bytes: int) -> None:
        super().__init__("a finger image", received_bytes, expected_bytes)


class TemplateDamaged(UploadDamaged):
    """A template, or a page of the sensor's own, arrived with bytes wrong, missing or too many."""

    def __init__(self, received_bytes: int, expected_bytes: int) -> None:
        super().__init__("a template", received_bytes, expected_bytes)


def _words(confirmation: int) -> str:
    known = {int(code): code.name for code in Confirmation}
    return f"{known.get(confirmation, 'unknown code')} ({confirmation:#04x})"
