"""Generated fingers and their impressions, and what NIST's programs (nbis-py) say of them."""

from collections.abc import Sequence
from itertools import combinations

import cv2
import nbis
import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.profiles import R307
from simulator.fingerprint.plate import FingerPlate
from simulator.people.impressions import Touch, impression, ordinary_touch
from simulator.people.person import generate_person
from simulator.people.skin import Skin

GreyImage = NDArray[np.uint8]

PLATE = (374, 388)  # of FVC2002 DB1
IMPRESSIONS = 4
MATCH = 40  # Bozorth3's usual threshold
NOTHING = 0  # the score where NFIQ 2 finds nothing to judge

DEFECTS: dict[str, tuple[Touch, Skin]] = {
    "as it is": (Touch(), Skin()),
    **{f"moisture {m}": (Touch(moisture=m), Skin()) for m in (0.65, 0.75, 0.85, 0.95, 0.35, 0.25, 0.15, 0.0)},
    **{f"pressure {p}": (Touch(pressure=p), Skin()) for p in (1.0, 0.3, 0.2, 0.1)},
    **{f"lifted {share}": (Touch(lifted=share), Skin()) for share in (0.4, 0.6)},
    **{f"contrast {c}": (Touch(contrast=c), Skin()) for c in (0.5, 0.25)},
    **{f"wear {wear}": (Touch(), Skin(wear=wear)) for wear in (0.3, 0.6, 0.9)},
    **{f"creases {creases}": (Touch(), Skin(creases=creases)) for creases in (0.5, 1.0)},
    "two scars": (Touch(), Skin(scars=2)),
}


class Judge:
    """NIST's programs: minutiae of one image, and its quality where asked for."""

    def __init__(self, *, with_quality: bool = True) -> None:
        settings = nbis.NbisExtractorSettings(
            min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=with_quality, ppi=500.0
        )
        self._extractor = nbis.new_nbis_extractor(settings)

    def minutiae(self, image: GreyImage) -> nbis.Minutiae:
        """What MINDTCT finds in `image`, (rows, columns) uint8 at 500 pixels per inch."""
        return self._extractor.extract_minutiae(cv2.imencode(".png", image)[1].tobytes())

    def score(self, image: GreyImage) -> int:
        """NFIQ 2, 0 to 100; NOTHING where it refuses."""
        try:
            return int(self.minutiae(image).quality().score)
        except nbis.NbisError.Nfiq2ComputeFailed:
            return NOTHING


def finger_of(seed: int, skin: Skin | None = None) -> GreyImage:
    """One finger of the generated person of that seed, each position in turn."""
    finger = generate_person(seed, skin=skin).finger(1 + seed % 10)
    assert finger is not None
    return finger


def whole(finger: GreyImage, touch: Touch, seed: int) -> GreyImage:
    """The impression on a plate of PLATE."""
    return impression(finger, np.random.default_rng(seed), touch, PLATE)


def as_r307(image: GreyImage) -> GreyImage:
    """What an R307 would upload of it: (288, 256) around the print's middle, 16 grey levels."""
    plate = FingerPlate(R307, np.random.default_rng(0), noise_levels=0.0)
    plate.present(image)
    seen = plate.expose()
    assert seen is not None
    return (seen // 16 * 17).astype(np.uint8)


def ordinary_impressions(seed: int) -> list[GreyImage]:
    """IMPRESSIONS of one finger, each touched anew without help."""
    rng = np.random.default_rng([seed, 7])
    finger = finger_of(seed)
    return [impression(finger, rng, ordinary_touch(rng), PLATE) for _ in range(IMPRESSIONS)]


def similarities(judge: Judge, fingers: Sequence[Sequence[GreyImage]]) -> tuple[list[int], list[int]]:
    """Bozorth3 of all pairs of one finger; and of the first impressions of different fingers."""
    templates = [[judge.minutiae(image) for image in images] for images in fingers]
    genuine = [one.compare(other) for each in templates for one, other in combinations(each, 2)]
    impostor = [one[0].compare(other[0]) for one, other in combinations(templates, 2)]
    return genuine, impostor
