"""Empty scenes, made from pictures with a person in them, and whether a fault of theirs is seen."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import assess_empty_scene
from firmware.quality.report import Verdict
from tests.portrait_quality.faults import HELD_OUT, SCENE, TUNED_ON
from tests.portraits import Pixels, kiosk_frame

FIT = ("ok", "ok_warm")
UNFIT = ("dark", "dim", "bright", "side_light", "backlight", "cast_blue", "busy_background", "noise")
_MARGIN = np.ones((45, 45), np.uint8)  # pixels around a person that are not taken for the backdrop


def emptied(pixels: Pixels, model: FaceModel) -> Pixels:
    """The frame with the person painted over by the backdrop on both sides, row by row.

    Rows that a person fills are those above them again: the backdrop beneath is never seen.
    """
    surely = model.person(pixels)
    assert surely is not None
    rows, columns = pixels.shape[:2]
    person = cv2.dilate((cv2.resize(surely, (columns, rows)) > 0.1).astype(np.uint8), _MARGIN) > 0
    empty, across = pixels.copy(), np.arange(columns, dtype=np.float64)
    for row in range(rows):
        seen = np.flatnonzero(~person[row])
        if len(seen) < columns // 10:
            empty[row] = empty[row - 1]
            continue
        for colour in range(3):
            known = pixels[row, seen, colour].astype(np.float64)
            empty[row, :, colour] = np.interp(across, seen.astype(np.float64), known)
    return empty


def failing(data: Path, category: str, subject: str, model: FaceModel) -> set[str]:
    """The components outside their limits in the scene behind one picture."""
    report = assess_empty_scene(emptied(kiosk_frame(data, category, subject), model), SCENE)
    return {part.name for part in report.components if part.verdict is Verdict.FAIL}


def table(data: Path, model: FaceModel) -> Iterator[str]:
    """Scenes found unfit, of the five that limits were chosen on and of five others, and by what."""
    yield f"{'scene of':<18}{'tuned':>7}{'others':>8}  found unfit by"
    for category in (*FIT, *UNFIT):
        found = {subject: failing(data, category, subject, model) for subject in (*TUNED_ON, *HELD_OUT)}
        tuned, held = (sum(bool(found[each]) for each in people) for people in (TUNED_ON, HELD_OUT))
        by = ", ".join(sorted({name for names in found.values() for name in names}))
        yield f"{category:<18}{f'{tuned}/5':>7}{f'{held}/5':>8}  {by}"
