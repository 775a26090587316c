"""What the sensor keeps in its flash about itself, and what it tells of itself."""

import struct

from hw.fingerprint.answers import BAUD_UNIT, PACKET_SIZES, ProductInformation, SensorParameters
from hw.fingerprint.codes import Instruction, Parameter
from hw.fingerprint.commands import Commands, confirmed, decoded

FACTORY_PASSWORD = 0
INFORMATION_PAGE_BYTES = 512
NOTEPAD_PAGES, NOTE_BYTES = 16, 32
VERSION_BYTES = 32

_NUMBER = struct.Struct(">I")


class Settings:
    """Parameters, password, address, notepad, and who the sensor says it is.

    What is written here stays without power. A password or an address that is forgotten makes the sensor
    useless for good: the terminal writes neither.
    """

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._talk = commands.exchange.talk

    async def read_parameters(self) -> SensorParameters:
        """What the sensor says of its line, library and state."""
        results = await self._commands.do(
            Instruction.READ_PARAMETERS, result_bytes=SensorParameters.ENCODED_BYTES
        )
        parameters = decoded(SensorParameters.decode, results)
        self._talk.packet_bytes = parameters.packet_bytes
        return parameters

    async def set_security(self, level: int) -> None:
        """How alike templates must be, 1 (least) to 5."""
        await self._write(Parameter.SECURITY, level)

    async def set_packet_bytes(self, size: int) -> None:
        """Content of a data packet, one of PACKET_SIZES; ValueError for others."""
        await self._write(Parameter.PACKET_SIZE, PACKET_SIZES.index(size))

    async def order_baud(self, baud: int) -> None:
        """Ask for another speed, a multiple of 9600; `hw.fingerprint.speed` finds out what came of it."""
        await self._commands.do(Instruction.WRITE_PARAMETER, baud_value(baud), attempts=1)

    async def verify(self, password: int) -> None:
        """Say the password, without which a protected sensor does nothing."""
        await self._commands.do(Instruction.VERIFY_PASSWORD, _NUMBER.pack(password))

    async def set_password(self, password: int) -> None:
        """Protect the sensor by another password."""
        await self._commands.do(Instruction.SET_PASSWORD, _NUMBER.pack(password))

    async def set_address(self, address: int) -> None:
        """Give the sensor another address, by which it is spoken to from now on.

        Asked once: a second question to the old address might reach nobody. After a failure either holds.
        """
        self._commands.check(Instruction.SET_ADDRESS)
        reply = await self._commands.exchange.rename(Instruction.SET_ADDRESS, _NUMBER.pack(address), address)
        confirmed(reply, Instruction.SET_ADDRESS)

    async def read_product_information(self) -> ProductInformation:
        """Model, image size, template size, library size."""
        results = await self._commands.do(
            Instruction.READ_PRODUCT_INFORMATION, result_bytes=ProductInformation.ENCODED_BYTES
        )
        return decoded(ProductInformation.decode, results)

    async def read_information_page(self) -> bytes:
        """The 512 bytes that its maker wrote."""
        return await self._commands.fetch_bytes(Instruction.READ_INFORMATION_PAGE, INFORMATION_PAGE_BYTES)

    async def write_note(self, page: int, note: bytes) -> None:
        """Keep 32 bytes on a page of the notepad, 0 to 15; ValueError for more of them."""
        if len(note) > NOTE_BYTES:
            raise ValueError(f"a note has at most {NOTE_BYTES} bytes")
        await self._commands.do(Instruction.WRITE_NOTEPAD, bytes([page]) + note.ljust(NOTE_BYTES, b"\0"))

    async def read_note(self, page: int) -> bytes:
        """The 32 bytes of a page of the notepad."""
        return await self._commands.do(Instruction.READ_NOTEPAD, bytes([page]), result_bytes=NOTE_BYTES)

    async def read_algorithm_version(self) -> str:
        """As its maker numbers it."""
        return await self._version(Instruction.READ_ALGORITHM_VERSION)

    async def read_firmware_version(self) -> str:
        """As its maker numbers it."""
        return await self._version(Instruction.READ_FIRMWARE_VERSION)

    async def _version(self, instruction: Instruction) -> str:
        results = await self._commands.do(instruction, result_bytes=VERSION_BYTES)
        return decoded(lambda text: text.rstrip(b"\0 ").decode("ascii"), results)

    async def _write(self, parameter: Parameter, value: int) -> None:
        await self._commands.do(Instruction.WRITE_PARAMETER, bytes([parameter, value]))


def baud_value(baud: int) -> bytes:
    """The arguments of WRITE_PARAMETER for a speed."""
    return bytes([Parameter.BAUD, baud // BAUD_UNIT])
