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

    def __init__(self, *, computes_nfiq2: bool = True) -> None:
        settings = nbis.NbisExtractorSettings(
            min_quality=0.0,
            get_center=False,
            check_fingerprint=False,
            compute_nfiq2=computes_nfiq2,
            ppi=500.0,
        )
        self._extractor = nbis.new_nbis_extractor(settings)

    def extract(self, image: GreyImage) -> nbis.Minutiae:
        """All that it makes of `image` at 500 pixels per inch; NbisError where it refuses."""
        return self._extractor.extract_minutiae(cv2.imencode(".png", image)[1].tobytes())

    def assess(self, image: GreyImage) -> Verdict | None:
        """NFIQ 2's verdict on `image`; None where it refuses."""
        try:
            quality = self.extract(image).quality()
        except nbis.NbisError:  # pyright: ignore[reportGeneralTypeIssues] -- defined twice there
            return None
        features = {value.name: value.value for value in quality.features}
        return Verdict(quality.score, features, {value.name: value.value for value in quality.actionable})
