"""How circular the edge of the pupil is: ISO/IEC 29794-6:2015, 6.2.4."""

import numpy as np

from firmware.quality.iris.edges import Search, find_edge
from firmware.quality.iris.geometry import Ellipse, GreyImage

SAMPLES = 256
HARMONICS = slice(1, 17)
FARTHEST = 0.1  # of the radius: an edge farther off the ellipse is a lash's, a glint's or a lid's
SEARCH = Search(nearest=0.7, farthest=1.3, fading=0.1, smooth=5)


def circularity_percent(image: GreyImage, pupil: Ellipse) -> float:
    """100 for a circle; less by the power of the first 16 harmonics of the radius, which is in pixels.

    Where something lies over the edge the ellipse stands in for it, so what is hidden counts as regular.
    """
    edge = find_edge(image, pupil.circle, SEARCH, SAMPLES)
    right, down = edge.x - np.float32(pupil.x), edge.y - np.float32(pupil.y)
    reach = np.hypot(right, down).astype(np.float32)
    regular = pupil.edge(right / reach, down / reach)
    radius = np.where(np.abs(reach - regular) < FARTHEST * pupil.r, reach, regular)
    power = np.square(np.abs(np.fft.rfft(radius)[HARMONICS])).sum() / SAMPLES
    return max(0.0, 100.0 - float(power))
