"""Prints how invented people fare: by tone of the skin, and by fault."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.models import face_model
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.report import QualityReport
from tests.generated_heads.figures import FAULTS, by_tone, judged, person_of, traits_of

MEASURES = ("eye_opening", "blur", "pitch_deg", "smile", "cheek_difference", "luminance")


def main() -> int:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m tests.generated_heads", description=__doc__)
    parser.add_argument("--people", type=int, default=60, metavar="N")
    parser.add_argument("--per-fault", type=int, default=8, metavar="N")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    model, limits = FaceModel(face_model()), load_limits(PortraitLimits, "portrait.toml")
    for line in _lines(arguments.people, arguments.per_fault, model, limits):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


def _lines(people: int, per_fault: int, model: FaceModel, limits: PortraitLimits) -> Iterator[str]:
    everybody = [person_of(traits_of(seed), seed) for seed in range(people)]
    yield _line("as they are", [judged(person, FAULTS["none"], model, limits) for person in everybody])
    for tone, reports in by_tone(min(people, 16), model, limits):
        yield _line(f"tone {tone:.1f}", reports)
    for name, situation in FAULTS.items():
        yield _line(name, [judged(person, situation, model, limits) for person in everybody[:per_fault]])


def _line(name: str, reports: Sequence[QualityReport]) -> str:
    passed = sum(report.accepted for report in reports)
    told = Counter(report.advice.value for report in reports if report.advice is not None)
    seen = [report for report in reports if report.value("faces") > 0]
    middles = (f"{measure} {_median(seen, measure):.2f}" for measure in MEASURES) if seen else ()
    advice = ", ".join(f"{advice} {count}" for advice, count in told.most_common()) or "nothing"
    return f"{name:20} passed {passed} of {len(reports)}; told {advice}; {', '.join(middles)}"


def _median(reports: Sequence[QualityReport], measure: str) -> float:
    return float(np.median([report.value(measure) for report in reports]))


if __name__ == "__main__":
    sys.exit(main())
