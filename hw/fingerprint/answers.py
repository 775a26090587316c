"""What EF01 sensors answer about themselves, bytes to values and back; all numbers big-endian."""

import struct
from dataclasses import dataclass
from typing import ClassVar, Self

PACKET_SIZES = (32, 64, 128, 256)  # content of a data packet, by the packet code of the system parameters
BAUD_UNIT = 9600

_PARAMETERS = struct.Struct(">HHHHIHH")
_PRODUCT = struct.Struct(">16s4s8sH8sHHHH")


@dataclass(frozen=True, slots=True)
class SensorParameters:
    """What READ_PARAMETERS answers.

    status: bit 0 busy, 1 match found, 2 password verified, 3 a valid image is held.
    packet_bytes: content of one data packet, one of PACKET_SIZES.
    """

    status: int
    system_id: int
    library_size: int
    security_level: int
    address: int
    packet_bytes: int
    baud: int

    ENCODED_BYTES: ClassVar[int] = _PARAMETERS.size

    @classmethod
    def decode(cls, results: bytes) -> Self:
        """Read the 16 bytes of the answer; ValueError when they make no sense."""
        status, system_id, library, security, address, code, baud_units = _PARAMETERS.unpack(results)
        if code >= len(PACKET_SIZES):
            raise ValueError(f"packet code {code} is not known")
        return cls(
            status, system_id, library, security, address, PACKET_SIZES[int(code)], baud_units * BAUD_UNIT
        )

    def encode(self) -> bytes:
        """The 16 bytes of the answer."""
        code, baud_units = PACKET_SIZES.index(self.packet_bytes), self.baud // BAUD_UNIT
        return _PARAMETERS.pack(
            self.status,
            self.system_id,
            self.library_size,
            self.security_level,
            self.address,
            code,
            baud_units,
        )


@dataclass(frozen=True, slots=True)
class ProductInformation:
    """What READ_PRODUCT_INFORMATION answers (manual of the R503): how large an image really is.

    columns, rows: of an uploaded image. template_bytes: of one template. Texts are ASCII, padded with zeros.
    hardware_version: major in the upper byte, minor in the lower.
    """

    model: str
    batch: str
    serial: str
    hardware_version: int
    sensor: str
    columns: int
    rows: int
    template_bytes: int
    library_size: int

    ENCODED_BYTES: ClassVar[int] = _PRODUCT.size

    @classmethod
    def decode(cls, results: bytes) -> Self:
        """Read the 46 bytes of the answer; ValueError when they make no sense."""
        model, batch, serial, version, sensor, columns, rows, template, library = _PRODUCT.unpack(results)
        if not (columns and rows):
            raise ValueError("a sensor without an image size")
        return cls(
            _text(model),
            _text(batch),
            _text(serial),
            version,
            _text(sensor),
            columns,
            rows,
            template,
            library,
        )

    def encode(self) -> bytes:
        """The 46 bytes of the answer."""
        texts = (text.encode("ascii") for text in (self.model, self.batch, self.serial, self.sensor))
        model, batch, serial, sensor = texts
        sizes = (self.columns, self.rows, self.template_bytes, self.library_size)
        return _PRODUCT.pack(model, batch, serial, self.hardware_version, sensor, *sizes)


def _text(field: bytes) -> str:
    """A field of ASCII; ValueError when it is none."""
    return field.rstrip(b"\0 ").decode("ascii")
