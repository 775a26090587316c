"""Features and templates in the sensor's buffers."""

import struct
from dataclasses import dataclass, field

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.commands import Commands
from hw.fingerprint.image import Extraction

_SCORE = struct.Struct(">H")
_EXTRACTIONS: dict[int, Extraction] = {
    Confirmation.OK: Extraction.FOUND,
    Confirmation.IMAGE_MESSY: Extraction.MESSY,
    Confirmation.TOO_FEW_FEATURES: Extraction.TOO_FEW,
    Confirmation.NO_VALID_IMAGE: Extraction.NO_IMAGE,
}


@dataclass(frozen=True, slots=True)
class Template:
    """Somebody's finger, as the sensor writes it: personal data, which is shown and logged nowhere."""

    content: bytes = field(repr=False)


class Templates:
    """The buffers, counted from 1. What they hold is lost with the power.

    template_bytes: of one template on the wire.
    """

    def __init__(self, commands: Commands) -> None:
        self.template_bytes = commands.profile.template_bytes
        self._commands = commands

    async def extract(self, buffer: int) -> Extraction:
        """Look for features in the last exposure, and keep them in `buffer`."""
        reply = await self._commands.try_to(
            Instruction.EXTRACT_FEATURES, bytes([buffer]), unless=_EXTRACTIONS.keys()
        )
        return _EXTRACTIONS[reply.confirmation]

    async def match(self) -> int | None:
        """How alike buffers 1 and 2 are, by the sensor's own score; None when they are of two fingers."""
        reply = await self._commands.try_to(
            Instruction.MATCH, result_bytes=_SCORE.size, unless={Confirmation.NO_MATCH}
        )
        return _SCORE.unpack(reply.results)[0] if reply.confirmation == Confirmation.OK else None

    async def combine(self) -> bool:
        """Make one template of the features in all buffers; False when they are not of one finger."""
        reply = await self._commands.try_to(
            Instruction.COMBINE_FEATURES, unless={Confirmation.FEATURES_DIFFER}
        )
        return reply.confirmation == Confirmation.OK

    async def upload(self, buffer: int) -> Template:
        """The template in `buffer`; TemplateDamaged when it never comes whole."""
        content = await self._commands.fetch_bytes(
            Instruction.UPLOAD_TEMPLATE, self.template_bytes, bytes([buffer])
        )
        return Template(content)

    async def download(self, buffer: int, template: Template) -> None:
        """Put a template into `buffer`; the sensor does not say whether it arrived."""
        await self._commands.deliver(Instruction.DOWNLOAD_TEMPLATE, template.content, bytes([buffer]))
