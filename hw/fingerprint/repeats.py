"""Packets that came twice: they carry no numbers, so only their content tells."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

RICH_CHANGES = (
    24  # between neighbours: a bare plate with three dead columns has 12 in two rows, ridges hundreds
)


def has_repeats(pixels: NDArray[np.uint8], packet_pixels: int) -> bool:
    """Whether two packets of an image, anywhere in it, are alike to the last pixel, and full of detail.

    The noise of a plate makes that as good as impossible. Where hardly anything is seen it is usual, so a
    repeated packet of bare plate is not noticed. pixels: (rows, columns) uint8.
    """
    content = pixels.tobytes()
    packets = Counter(content[at : at + packet_pixels] for at in range(0, len(content), packet_pixels))
    return any(_is_rich(packet) for packet, times in packets.items() if times > 1)


def _is_rich(packet: bytes) -> bool:
    return int(np.count_nonzero(np.diff(np.frombuffer(packet, np.uint8)))) >= RICH_CHANGES
