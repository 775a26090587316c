"""Do generated fingers pass for prints? NIST's NFIQ 2, MINDTCT and Bozorth3 judge them beside real ones."""

import csv
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from simulator.people.impressions import Touch
from simulator.people.skin import Skin, lived_in
from tests.generated_fingers.figures import (
    DEFECTS,
    IMPRESSIONS,
    MATCH,
    GreyImage,
    Judge,
    as_r307,
    finger_of,
    ordinary_impressions,
    similarities,
    whole,
)

_SHARES = (0, 10, 50, 90, 100)


def _quantiles(values: Sequence[float]) -> str:
    return "".join(f"{value:8.0f}" for value in np.percentile(values, _SHARES))


def _clean_lines(count: int) -> Iterator[str]:
    yield f"Fingers as they are ({count} people), minimum / 10 % / median / 90 % / maximum"
    judge = Judge()
    images = [whole(finger_of(seed), Touch(), seed) for seed in range(count)]
    views = {"374 x 388": images, "R307, 4 bits": [as_r307(image) for image in images]}
    for name, seen in views.items():
        yield f"  NFIQ 2, {name:22}{_quantiles([judge.score(image) for image in seen])}"
        yield f"  minutiae, {name:20}{_quantiles([len(judge.minutiae(image).get()) for image in seen])}"
    for name, scores in _real_scores().items():
        yield f"  NFIQ 2, {name:22}{_quantiles(scores)}"


def _defect_lines(count: int) -> Iterator[str]:
    yield f"NFIQ 2 of poor touches and poor skin ({count} unhurt fingers)"
    judge = Judge()
    fingers = [finger_of(seed, Skin()) for seed in range(count)]
    for name, (touch, skin) in DEFECTS.items():
        rng = np.random.default_rng(3)
        scores = [judge.score(whole(lived_in(finger, skin, rng), touch, 5)) for finger in fingers]
        yield f"  {name:30}{_quantiles(scores)}"


def _match_lines(count: int) -> Iterator[str]:
    yield f"Bozorth3 of ordinary impressions ({count} fingers, {IMPRESSIONS} each)"
    fingers = [ordinary_impressions(seed) for seed in range(count)]
    real = _real_fingers()
    views: dict[str, Callable[[GreyImage], GreyImage]] = {"whole": lambda image: image, "R307": as_r307}
    for name, view in views.items():
        yield from _separation_lines(f"generated, {name}", [[view(one) for one in each] for each in fingers])
        yield from _separation_lines(f"real, {name}", [[view(one) for one in each] for each in real])


def _separation_lines(name: str, fingers: Sequence[Sequence[GreyImage]]) -> Iterator[str]:
    if not fingers:
        return
    genuine, impostor = similarities(Judge(with_quality=False), fingers)
    missed = float(np.mean(np.array(genuine) < MATCH))
    yield f"  genuine, {name:21}{_quantiles(genuine)}   below {MATCH}: {100.0 * missed:.1f} %"
    yield f"  impostor, {name:20}{_quantiles(impostor)}"


def _real_set() -> Path:
    shared = os.environ.get("TRAM_SHARED", str(Path(__file__).parents[3] / "shared"))
    return Path(shared) / "data" / "finger" / "fvc_mixed_dalin"


def _real_rows() -> list[dict[str, str]]:
    """The images of the mixed FVC set that were taken at 500 pixels per inch."""
    table = _real_set() / "nfiq2_v2.3.csv"
    if not table.is_file():
        return []
    with table.open(newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["native_dpi"] == "500"]


def _real_scores() -> dict[str, list[int]]:
    rows = _real_rows()
    large = [int(row["nfiq2"]) for row in rows if row["width"] == "388" or row["height"] == "374"]
    return (
        {"real, 374 x 388": large, "real, four sensors": [int(row["nfiq2"]) for row in rows]} if rows else {}
    )


def _real_fingers() -> list[list[GreyImage]]:
    fingers: dict[str, list[GreyImage]] = {}
    for row in _real_rows():
        image = cv2.imread(str(_real_set() / row["file"]), cv2.IMREAD_GRAYSCALE)
        fingers.setdefault(row["file"].partition("_")[0], []).append(np.asarray(image, np.uint8))
    return list(fingers.values())


def main(words: list[str] | None = None) -> int:
    """Print the three tables."""
    parser = ArgumentParser(prog="python -m tests.generated_fingers", description=__doc__)
    parser.add_argument("--fingers", type=int, default=40, help="how many fingers are generated")
    count = int(parser.parse_args(words).fingers)
    cv2.setNumThreads(1)
    for lines in (_clean_lines(count), _defect_lines(max(1, count // 4)), _match_lines(count)):
        for line in lines:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
