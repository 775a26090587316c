"""Driver of the EF01 fingerprint sensors."""

from collections.abc import Mapping
from types import MappingProxyType

from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.exchange import REPLY_TIMEOUT_S, Exchange
from hw.fingerprint.faults import ParametersUnknown, SensorRefused
from hw.fingerprint.image import Extraction, FingerImage, GoesOn, Progress, always, unwatched
from hw.fingerprint.intake import ImageIntake
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.protocol import DEFAULT_ADDRESS
from hw.wire.line import ByteLine

FACTORY_PASSWORD = 0

_EXTRACTIONS: Mapping[int, Extraction] = MappingProxyType(
    {
        Confirmation.OK: Extraction.FOUND,
        Confirmation.IMAGE_MESSY: Extraction.MESSY,
        Confirmation.TOO_FEW_FEATURES: Extraction.TOO_FEW,
        Confirmation.NO_VALID_IMAGE: Extraction.NO_IMAGE,
    }
)


class FingerprintSensor:
    """A sensor that does one thing at a time.

    Every method raises LineLost when the cable is out, SensorSilent when no whole answer comes in time,
    and SensorRefused when the sensor says no. After any of them, and after a cancelled call, the next
    call finds its way back by itself; after LineLost and power-up call `open` again.
    """

    def __init__(
        self,
        line: ByteLine,
        profile: SensorProfile,
        *,
        address: int = DEFAULT_ADDRESS,
        password: int = FACTORY_PASSWORD,
        reply_timeout_s: float = REPLY_TIMEOUT_S,
    ) -> None:
        self.profile = profile
        self._password = password
        self._exchange = Exchange(
            line,
            baud=profile.baud,
            longest_data_bytes=profile.image_bytes,
            address=address,
            reply_timeout_s=reply_timeout_s,
        )

    async def open(self) -> SensorParameters:
        """Find the sensor on a line in any state and say the password."""
        self._exchange.unsettle()
        await self.verify()
        return await self.read_parameters()

    async def verify(self) -> None:
        """Say the password, without which a protected sensor does nothing."""
        await self._command(Instruction.VERIFY_PASSWORD, self._password.to_bytes(4, "big"))

    async def read_parameters(self) -> SensorParameters:
        """What the sensor says of itself."""
        size_bytes = SensorParameters.ENCODED_BYTES
        results = await self._command(Instruction.READ_PARAMETERS, result_bytes=size_bytes)
        try:
            return SensorParameters.decode(results)
        except ValueError as error:
            raise ParametersUnknown from error

    async def finger_is_imaged(self) -> bool:
        """Ask for one exposure; False when no finger lies on the plate."""
        reply = await self._exchange.ask(Instruction.CAPTURE_IMAGE)
        if reply.confirmation == Confirmation.NO_FINGER:
            return False
        if reply.confirmation != Confirmation.OK:
            raise SensorRefused(reply.confirmation, Instruction.CAPTURE_IMAGE)
        return True

    async def extract_features(self, buffer: int = 1) -> Extraction:
        """Let the sensor look for features in its image and keep them in `buffer`, counted from 1."""
        reply = await self._exchange.ask(Instruction.EXTRACT_FEATURES, bytes([buffer]))
        if reply.confirmation not in _EXTRACTIONS:
            raise SensorRefused(reply.confirmation, Instruction.EXTRACT_FEATURES)
        return _EXTRACTIONS[reply.confirmation]

    async def read_image(
        self, progress: Progress = unwatched, goes_on: GoesOn = always
    ) -> FingerImage | None:
        """The last exposure, which the sensor keeps when the finger is lifted, but not without power.

        An upload that arrives damaged is repeated; ImageDamaged when none arrives whole. None as soon as
        `goes_on`, which is shown the rows as they arrive, wants no more of them.
        Not noticed: whole packets lost and as many repeated, since they carry no numbers.
        """
        intake = ImageIntake(self.profile, progress, goes_on)
        return intake.image() if await self._exchange.fetch(Instruction.UPLOAD_IMAGE, intake) else None

    def close(self) -> None:
        """Give the line back; closing twice is harmless."""
        self._exchange.close()

    async def _command(
        self, instruction: Instruction, arguments: bytes = b"", *, result_bytes: int = 0
    ) -> bytes:
        """The results of a command that must succeed."""
        reply = await self._exchange.ask(instruction, arguments, result_bytes=result_bytes)
        if reply.confirmation != Confirmation.OK:
            raise SensorRefused(reply.confirmation, instruction)
        return reply.results
