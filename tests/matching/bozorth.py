"""NIST's MINDTCT and Bozorth3, where nbis-py is installed."""

from typing import Any

import cv2
import nbis
import numpy as np
from numpy.typing import NDArray


class Bozorth:
    """MINDTCT and Bozorth3 of nbis-py."""

    name = "Bozorth3"
    same_finger = 35.0  # above every one of 2,880 impostor pairs of FVC2002 DB1_B

    def __init__(self) -> None:
        settings = nbis.NbisExtractorSettings(
            min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=False, ppi=500.0
        )
        self._extractor = nbis.new_nbis_extractor(settings)

    def template(self, image: NDArray[np.uint8]) -> Any:
        """MINDTCT's minutiae."""
        return self._extractor.extract_minutiae(cv2.imencode(".png", image)[1].tobytes())

    def score(self, one: Any, other: Any) -> float:
        """Bozorth3's score."""
        return float(one.compare(other))
