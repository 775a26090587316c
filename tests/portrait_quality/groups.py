"""Whether people of one group pass as often as people of another."""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.doubts import doubts_of
from firmware.quality.portrait.live import glance, passed_in
from firmware.quality.portrait.model import FaceModel
from tests.portrait_quality.faults import DOUBTS, LIMITS, SCENE
from tests.portraits import in_booth, read_rgb

_AGE_BANDS = ((0, 24), (25, 34), (35, 200))
_Z = 1.96  # 95 %
_MOUTH = frozenset({"lips_opening", "jaw_open", "smile"})


@dataclass(frozen=True, slots=True)
class Person:
    """Self-reported by a person of the set, and what became of the portraits.

    passed: the neutral one by the full check. let_in: by the tighter limits of a first live frame.
    doubted: something is asked of it. asked: the smiling one is asked for a neutral face.
    """

    groups: tuple[str, ...]
    passed: bool
    let_in: bool
    doubted: bool
    asked: bool


def people(data: Path, model: FaceModel) -> list[Person]:
    """Everybody who has both a neutral and a smiling portrait."""
    folder = data / "face"
    with (folder / "london_neutral" / "london_info.csv").open(encoding="utf-8") as stream:
        rows = {row["face_id"]: row for row in csv.DictReader(stream)}
    files = sorted((folder / "london_neutral").glob("*.jpg"))
    return [_person(rows[file.stem[:3]], file, model) for file in files]


def _person(row: dict[str, str], neutral: Path, model: FaceModel) -> Person:
    pixels = in_booth(read_rgb(neutral))
    report = assess_portrait(pixels, model, LIMITS)
    smiling = neutral.parents[1] / "london_smiling" / f"{row['face_id']}_08.jpg"
    live = glance(in_booth(read_rgb(smiling)), model, LIMITS).report
    return Person(
        groups=(
            f"sex: {row['face_gender']}",
            f"age: {_band(row['face_age'])}",
            f"self-reported: {row['face_eth']}",
        ),
        passed=report.accepted,
        let_in=glance(pixels, model, LIMITS).report.accepted,
        doubted=bool(doubts_of(report, DOUBTS, SCENE)),
        asked=bool(_MOUTH - passed_in(live)),
    )


def _band(age_said: str) -> str:
    if not age_said.isdecimal():
        return "not said"
    age = int(age_said)
    least, most = next(band for band in _AGE_BANDS if age <= band[1])
    return f"{least}-{most}" if most < _AGE_BANDS[-1][1] else f"{least} and more"


def table(everybody: list[Person]) -> Iterator[str]:
    """Counts with Wilson's interval of 95 %, one line a group."""
    yield f"{'group':<30}{'n':>4}  {'passed':<22}{'first live frame':<22}{'no doubt':<22}{'smile told':<22}"
    for group in ["everybody", *sorted({group for each in everybody for group in each.groups})]:
        here = [each for each in everybody if group in (*each.groups, "everybody")]
        counts = (
            sum(each.passed for each in here),
            sum(each.let_in for each in here),
            sum(not each.doubted for each in here),
            sum(each.asked for each in here),
        )
        yield f"{group:<30}{len(here):>4}  " + "".join(f"{_rate(count, len(here)):<22}" for count in counts)


def _rate(count: int, of: int) -> str:
    low, high = wilson(count, of)
    return f"{100 * count / of:.0f} % ({100 * low:.0f}-{100 * high:.0f})"


def wilson(count: int, of: int) -> tuple[float, float]:
    """The interval of a rate, after Wilson (1927)."""
    rate, square = count / of, _Z**2
    middle = rate + square / (2 * of)
    spread = _Z * math.sqrt(rate * (1 - rate) / of + square / (4 * of**2))
    return max(0.0, (middle - spread) / (1 + square / of)), min(1.0, (middle + spread) / (1 + square / of))
