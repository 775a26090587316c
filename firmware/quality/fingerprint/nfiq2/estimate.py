"""The four minutiae features of NFIQ 2, estimated from the blocks and from our own minutiae.

NFIQ 2 takes them from an extractor (FingerJet) that this terminal does not ship. The weights are ridge
regressions on the original's values: `python -m tests.nfiq2 fit` makes them, `... report` says how far off
they lead. Biased where prints differ from those they were fitted on.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.nfiq2.block_features import BlockView
from firmware.quality.fingerprint.nfiq2.blocks import block_sums
from firmware.quality.fingerprint.nfiq2.certainty import certainty
from firmware.quality.fingerprint.nfiq2.names import MINUTIAE_FEATURES

FROM_BLOCKS = Path(__file__).with_name("estimate_from_blocks.toml")
FROM_MINUTIAE = Path(__file__).with_name("estimate_from_minutiae.toml")

_TAKEN = (
    *(
        f"{measure}_Bin10_{part}"
        for measure in ("FDA", "LCS", "OCL", "OF", "RVUP")
        for part in ("Mean", "StdDev")
    ),
    "Mu",
    "MMB",
    "ImgProcROIArea_Mean",
    "OrientationMap_ROIFilter_CoherenceRel",
)
CERTAIN = 0.805  # NFIQ 2 counts minutiae above 80 after rounding to whole per cents
_ORDERED = 0.6
GREY_RANGE = (0.0, 0.5)  # NFIQ 2: darker than the image by up to half a standard deviation
_LEAST_PX = 100.0

Values = NDArray[np.float64]


def estimate_inputs(view: BlockView, features: Mapping[str, float]) -> dict[str, float]:
    """By name: features, local shares of the finger's area, and areas as logarithms."""
    finger_px = block_sums(view.region.astype(np.float32))
    certain = np.nan_to_num(certainty(view.gradients))
    darkness = (view.greys.mean - view.greys.block_means) / view.greys.spread
    in_grey = (darkness > GREY_RANGE[0]) & (darkness <= GREY_RANGE[1])
    area = max(float(finger_px.sum()), 1.0)
    return {
        **{name: features[name] for name in _TAKEN},
        "share_in_grey": float(finger_px[in_grey].sum()) / area,
        "share_certain": float(finger_px[certain >= CERTAIN].sum()) / area,
        "finger_share": area / view.image.size,
        "log_finger_px": float(np.log(area + _LEAST_PX)),
        "log_ordered_px": float(np.log(finger_px[certain >= _ORDERED].sum() + _LEAST_PX)),
        "log_certain_px": float(np.log(finger_px[certain >= CERTAIN].sum() + _LEAST_PX)),
        "log_ridge_blocks": float(np.log1p(view.shows_ridges.sum())),
    }


@dataclass(frozen=True, slots=True, eq=False)
class MinutiaeEstimate:
    """A linear model: of both counts the logarithm of one more, of both shares the share.

    inputs: names of `estimate_inputs`. means, spreads: (inputs,). weights: (features, inputs). offsets:
    (features,).
    """

    inputs: tuple[str, ...]
    means: Values
    spreads: Values
    weights: Values
    offsets: Values

    @classmethod
    def load(cls, file: Path) -> "MinutiaeEstimate":
        """Read the model that `python -m tests.nfiq2 fit` wrote to `file`."""
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        inputs = tuple(table["inputs"])
        scales = np.array([(entry["mean"], entry["spread"]) for entry in table["inputs"].values()])
        weights = np.array(
            [[entry["weights"][name] for name in MINUTIAE_FEATURES] for entry in table["inputs"].values()]
        )
        offsets = np.array([table["offsets"][name] for name in MINUTIAE_FEATURES])
        return cls(inputs, scales[:, 0], scales[:, 1], weights.T, offsets)

    def features(self, inputs: Mapping[str, float]) -> dict[str, float]:
        """The four features: whole counts, and shares from 0 to 1."""
        given = np.array([inputs[name] for name in self.inputs])
        near, count, in_grey, certain = self.weights @ ((given - self.means) / self.spreads) + self.offsets
        counts = np.maximum(np.rint(np.expm1([min(near, count), count])), 0.0)
        shares = np.clip([in_grey, certain], 0.0, 1.0)
        return dict(zip(MINUTIAE_FEATURES, (*counts.tolist(), *shares.tolist()), strict=True))
