"""The EF01 protocol of the R30x, R50x and ZFM fingerprint sensors, without I/O.

One packet, all numbers big-endian (data sheets of R307 and R503, "data package format"):

    offset  bytes  field
    0       2      EF 01
    2       4      address of the sensor, FF FF FF FF as delivered
    6       1      kind: 01 command, 02 data, 07 acknowledge, 08 last data
    7       2      length of all that follows: content + 2
    9       n      content; command: instruction, arguments; acknowledge: confirmation, results
    9 + n   2      sum of all bytes from offset 6 to 8 + n, modulo 65536

The sum covers neither header nor address, and the order of bytes does not change it: whoever reads
packets compares the address, and checks an image's size against the sensor's.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.codes import Instruction
from hw.wire.packets import Layout, PacketStream

HEADER = b"\xef\x01"
DEFAULT_ADDRESS = 0xFFFFFFFF
MAX_CONTENT_BYTES = 256  # the largest data packet a sensor can be set to
PACKET_OVERHEAD_BYTES = 11
MAX_PACKET_BYTES = MAX_CONTENT_BYTES + PACKET_OVERHEAD_BYTES

_PREFIX = struct.Struct(">2sIBH")
_SUM = struct.Struct(">H")


class PacketKind(IntEnum):
    """What a packet is."""

    COMMAND = 0x01
    DATA = 0x02
    ACKNOWLEDGE = 0x07
    LAST_DATA = 0x08


_KINDS = {int(kind): kind for kind in PacketKind}


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; content is at most MAX_CONTENT_BYTES long, and longer only where neighbours were joined."""

    kind: PacketKind
    content: bytes = field(repr=False)
    address: int = DEFAULT_ADDRESS

    def encode(self) -> bytes:
        """The packet as it goes over the wire."""
        prefix = _PREFIX.pack(HEADER, self.address, self.kind, len(self.content) + _SUM.size)
        covered = prefix[6:] + self.content
        return prefix + self.content + _SUM.pack(sum(covered) & 0xFFFF)


def command(instruction: Instruction, arguments: bytes = b"", address: int = DEFAULT_ADDRESS) -> Packet:
    """A command packet."""
    return Packet(PacketKind.COMMAND, bytes([instruction]) + arguments, address)


def data_packets(content: bytes, packet_bytes: int, address: int = DEFAULT_ADDRESS) -> Iterator[Packet]:
    """`content` cut into data packets, the last one marked."""
    for begin in range(0, len(content), packet_bytes):
        end = begin + packet_bytes
        kind = PacketKind.DATA if end < len(content) else PacketKind.LAST_DATA
        yield Packet(kind, content[begin:end], address)


def _next_header(stream: bytes, at: int) -> int:
    """Where the next header begins, whole or cut by the end of the stream."""
    begin = stream.find(HEADER, at)
    if begin >= 0:
        return begin
    return len(stream) - stream.endswith(HEADER[:1], at)


def _packet_end(stream: bytes, begin: int) -> int:
    """Where the packet ends that would begin here; `begin` when none can."""
    if begin + _PREFIX.size > len(stream):
        return begin + _PREFIX.size
    _, _, kind, length = _PREFIX.unpack_from(stream, begin)
    if kind not in _KINDS or not _SUM.size <= length <= MAX_CONTENT_BYTES + _SUM.size:
        return begin
    return begin + _PREFIX.size + length


def _packet(stream: bytes, begin: int, end: int) -> Packet | None:
    """The packet between two offsets, or None when it is none or its sum is wrong."""
    if begin == end or sum(stream[begin + 6 : end - 2]) & 0xFFFF != _SUM.unpack_from(stream, end - 2)[0]:
        return None
    _, address, kind, _ = _PREFIX.unpack_from(stream, begin)
    return Packet(_KINDS[kind], stream[begin + _PREFIX.size : end - 2], address)


LAYOUT = Layout(_next_header, _packet_end, _packet)


def packet_stream() -> PacketStream[Packet]:
    """A decoder of arriving bytes.

    A packet is accepted only with a known kind, a length within the limits and a right sum. Any one
    flipped bit outside header and address is therefore noticed; several survive with a chance of
    1 in 65536. Never holds more than MAX_PACKET_BYTES between two calls.
    """
    return PacketStream(LAYOUT)


def unpack_pixels(data: bytes) -> NDArray[np.uint8]:
    """Pixels of an uploaded image: (2 * len(data),) uint8, 0 to 255 in 16 steps of 17.

    Each byte holds two neighbours of one row, the left one in its upper four bits.
    """
    pairs = np.frombuffer(data, np.uint8)
    pixels = np.empty((len(pairs), 2), np.uint8)
    pixels[:, 0] = pairs >> np.uint8(4)
    pixels[:, 1] = pairs & np.uint8(15)
    pixels *= np.uint8(17)
    return pixels.reshape(-1)


def pack_pixels(pixels: NDArray[np.uint8]) -> bytes:
    """What a sensor sends of `pixels`, any shape with an even count, uint8: the upper four bits of each."""
    pairs = pixels.reshape(-1, 2) & np.uint8(0xF0)
    return (pairs[:, 0] | pairs[:, 1] >> np.uint8(4)).tobytes()
