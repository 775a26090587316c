"""What the receiver at one end of a wire makes of bytes that were sent at another speed."""

import numpy as np

LOW, HIGH = b"\0", b"\1"
BITS_PER_BYTE = 10  # 8N1: start and stop bit around each byte


def heard(data: bytes, sent_baud: int, heard_baud: int) -> bytes:
    """`data` as a receiver at `heard_baud` samples it: itself at the same speed, else about as much garbage
    as fits into the same time.

    The receiver waits for a low level, samples in the middle of eight bits, and looks for the next low level
    from the middle of what it takes for the stop bit, right or wrong.
    """
    if sent_baud == heard_baud or not data:
        return data
    levels = _levels(data, resting=int(BITS_PER_BYTE * sent_baud / heard_baud) + 1)
    sent_bits = sent_baud / heard_baud  # that pass while the receiver hears one
    taken = bytearray()
    at = 0.0
    while (low := levels.find(LOW, int(at))) >= 0:
        begin = max(at, float(low))
        places = [int(begin + (bit + 1.5) * sent_bits) for bit in range(8)]
        taken.append(sum(levels[place] << bit for bit, place in enumerate(places)))
        at = begin + 9.5 * sent_bits
    return bytes(taken)


def _levels(data: bytes, resting: int) -> bytes:
    """One level a bit: start 0, eight bits from the lowest, stop 1; at last the line rests high."""
    frames = np.ones((len(data), BITS_PER_BYTE), np.uint8)
    frames[:, 0] = 0
    frames[:, 1:9] = np.unpackbits(np.frombuffer(data, np.uint8)[:, None], axis=1, bitorder="little")
    return frames.tobytes() + HIGH * resting
