"""What our own minutiae say to the estimate of NFIQ 2's."""

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.quality.fingerprint.nfiq2.block_features import BlockView
from firmware.quality.fingerprint.nfiq2.blocks import BLOCK_PX, Gradients
from firmware.quality.fingerprint.nfiq2.certainty import certainty
from firmware.quality.fingerprint.nfiq2.estimate import CERTAIN, GREY_RANGE

_NEAR_PX = 100  # NFIQ 2: half the side of the square around the centre of mass
_SURE = 0.5

Windows = NDArray[np.float32]


def found_inputs(view: BlockView, minutiae: Minutiae, corner: tuple[int, int]) -> dict[str, float]:
    """Counts as logarithms, and shares, by name; `corner`: the view's first row and column in the image."""
    places = np.rint(minutiae.places).astype(np.intp) - corner[::-1]
    if not len(places):
        return dict.fromkeys(
            ("found", "found_near", "found_sure", "found_in_grey", "found_certain", "found_certainty"), 0.0
        )
    windows = _windows(view, places)
    darkness = (view.greys.mean - windows.mean(axis=(1, 2))) / view.greys.spread
    near = (np.abs(places - places.mean(axis=0)) <= _NEAR_PX).all(axis=1)
    return {
        "found": float(np.log1p(len(places))),
        "found_near": float(np.log1p(near.sum())),
        "found_sure": float(np.log1p((minutiae.certainties > _SURE).sum())),
        "found_in_grey": float(((darkness > GREY_RANGE[0]) & (darkness <= GREY_RANGE[1])).mean()),
        "found_certain": float((_certainties(windows) >= CERTAIN).mean()),
        "found_certainty": float(minutiae.certainties.mean()),
    }


def _windows(view: BlockView, places: NDArray[np.intp]) -> Windows:
    """(n, 32, 32): the block around each place, moved into the image where it would reach out."""
    rows, columns = (np.array(view.image.shape) - BLOCK_PX).tolist()
    left, top = np.clip(places - BLOCK_PX // 2, 0, (columns, rows)).T
    return np.lib.stride_tricks.sliding_window_view(view.image, (BLOCK_PX, BLOCK_PX))[top, left].astype(
        np.float32
    )


def _certainties(windows: Windows) -> NDArray[np.float64]:
    """(n,): the orientation certainty of each window; 0 where nothing changes."""
    down, across = (2.0 * slopes for slopes in np.gradient(windows, axis=(1, 2)))
    sums = [
        (a * b).sum(axis=(1, 2), dtype=np.float64)
        for a, b in ((across, across), (down, down), (across, down))
    ]
    return np.nan_to_num(certainty(Gradients(*sums)))
