"""The real NFIQ 2.3; can be imported only where nbis-py is installed (x86-64)."""

from dataclasses import dataclass

import cv2
import nbis

from firmware.quality.fingerprint.nfiq2.frame import GreyImage


@dataclass(frozen=True, slots=True)
class Verdict:
    """What NFIQ 2 itself says: score, 69 features and four actionable values by name."""

    score: int
    features: dict[str, float]
    actionable: dict[str, float]


class Oracle:
    """NFIQ 2.3 of NIST, with FingerJet."""

    def __init__(self) -> None:
        settings = nbis.NbisExtractorSettings(
            min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=True, ppi=500.0
        )
        self._extractor = nbis.new_nbis_extractor(settings)

    def assess(self, image: GreyImage) -> Verdict | None:
        """Its verdict on `image` at 500 pixels per inch; None where it refuses."""
        png = cv2.imencode(".png", image)[1].tobytes()
        try:
            quality = self._extractor.extract_minutiae(png).quality()
        except nbis.NbisError:  # pyright: ignore[reportGeneralTypeIssues] -- defined twice there
            return None
        features = {value.name: value.value for value in quality.features}
        return Verdict(quality.score, features, {value.name: value.value for value in quality.actionable})
