"""Many data packets of one size at once, summed as one array: what an upload at full speed is made of."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.protocol import LAYOUT, PACKET_OVERHEAD_BYTES, Packet, PacketKind
from hw.wire.packets import PacketStream

FEWEST = 4  # below, one packet after the other is as fast

_PREFIX = slice(0, 9)  # header, address, kind, length: the same in all packets of a run
_KIND, _ADDRESS, _SUMMED, _CONTENT = 6, slice(2, 6), slice(6, -2), slice(9, -2)


def joining_packet_stream() -> PacketStream[Packet]:
    """A decoder of arriving bytes that gives the joined content of neighbouring data packets as one packet.

    It accepts and drops what `protocol.packet_stream` does, and holds no more between two calls.
    """
    return PacketStream(replace(LAYOUT, run=_data_run))


def _data_run(stream: bytes, begin: int, end: int) -> tuple[Packet, int] | None:
    """The right data packets that follow each other from `begin`, joined, and where they end.

    end: where the first of them ends; all have its prefix. None when there are too few of them.
    """
    size = end - begin
    if size <= PACKET_OVERHEAD_BYTES or stream[begin + _KIND] != PacketKind.DATA:
        return None
    count = (len(stream) - begin) // size
    if count < FEWEST:
        return None
    packets = np.frombuffer(stream, np.uint8, count * size, begin).reshape(count, size)
    right = _leading(_are_right(packets))
    if right < FEWEST:
        return None
    address = int.from_bytes(packets[0, _ADDRESS].tobytes(), "big")
    content = packets[:right, _CONTENT].tobytes()
    return Packet(PacketKind.DATA, content, address), begin + right * size


def _are_right(packets: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of (count, size) packets have the first one's prefix and a right sum."""
    sums = packets[:, _SUMMED].sum(axis=1, dtype=np.uint16)  # wraps like the sensor's own
    told = packets[:, -2].astype(np.uint16) << 8 | packets[:, -1]
    return (sums == told) & (packets[:, _PREFIX] == packets[0, _PREFIX]).all(axis=1)


def _leading(are_right: NDArray[np.bool_]) -> int:
    """How many are right before the first that is not."""
    return len(are_right) if are_right.all() else int(are_right.argmin())
