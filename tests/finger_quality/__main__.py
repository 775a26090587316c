"""`python -m tests.finger_quality causes|gates [--held-out]`: prints the table; some minutes."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.report import QualityReport, Verdict
from simulator.people.finger_cache import cached_master
from tests.finger_quality.causes import SETTINGS, Confusion, confusion, damaged, touched
from tests.finger_quality.degradations import DAMAGES
from tests.finger_quality.prints import Image, Print, in_16_levels, read_set, seen_by
from tests.fingerprints import judged

_DATA = Path(os.environ.get("TRAM_SHARED", "../shared")) / "data" / "finger"
_FVC, _SENSORS = "fvc_mixed_dalin", ("whole", "r307", "r503")
_TUNED = {"alilou_color48": ("whole",), _FVC: _SENSORS}
_HELD_OUT = {_FVC: _SENSORS, "mosip_mock_10fingers": _SENSORS}
_GOOD = 30  # what NFIQ 2 itself asks of an original
Assess = Callable[[Image], QualityReport]


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")


def _assess() -> Assess:
    limits = load_finger_policy().limits
    return lambda image: judged(image, limits)


@cache
def _master(seed: int) -> Image:
    return cached_master(seed, Path(".cache/fingers"))


def _samples(name: str, every: int, *, held_out: bool) -> list[Print]:
    """One in `every`; of the FVC prints the odd fingers are held out, the even ones tuned on."""
    prints = [
        one for one in read_set(_DATA / name) if name != _FVC or bool(int(one.name[:3]) % 2) is held_out
    ]
    return prints[::every]


def _causes(assess: Assess, every: int, *, held_out: bool) -> None:
    seeds = SETTINGS["seeds"]["held_out" if held_out else "tuned_on"]
    for name, sensors in (_HELD_OUT if held_out else _TUNED).items():
        for sensor in sensors:
            images = [seen_by(one, sensor) for one in _samples(name, every, held_out=held_out)]
            _print_confusion(f"{name}, {sensor}", confusion(damaged(images), assess))
    _print_confusion("generated", confusion(touched(seeds, _master), assess))


def _print_confusion(title: str, counted: Confusion) -> None:
    told = max(counted.rejected, 1)
    figures = (counted.right, counted.neutral, counted.wrong)
    shares = ", ".join(
        f"{name} {100 * n / told:.1f} %"
        for name, n in zip(("right", "neutral", "wrong"), figures, strict=True)
    )
    _say(f"\n{title}: {counted.rejected} rejected ({counted.accepted} accepted): {shares}")
    for cause, advice in counted.told.items():
        _say(f"  {cause:<14}", ", ".join(f"{name} {times}" for name, times in advice.most_common()))


def _gates(assess: Assess, every: int, damages: list[str], *, held_out: bool) -> None:
    for name, sensors in (_HELD_OUT if held_out else _TUNED).items():
        prints = _samples(name, every, held_out=held_out)
        for sensor in sensors:
            _say(f"\n{name}, {sensor}: {len(prints)} images; through the gates / accepted; what stopped them")
            for row in _passing(assess, prints, sensor, damages):
                _say(row)


def _passing(assess: Assess, prints: list[Print], sensor: str, damages: list[str]) -> Iterator[str]:
    images = [seen_by(one, sensor) for one in prints]
    for damage in ("original", *damages):
        work = DAMAGES.get(damage)
        seen = [work(image, np.random.default_rng(i)) if work else image for i, image in enumerate(images)]
        reports = [assess(image if sensor == "whole" else in_16_levels(image)) for image in seen]
        if work is None:
            yield _good_ones(prints, reports)
        failed = [[part.name for part in r.components if part.verdict is Verdict.FAIL] for r in reports]
        names = sorted({name for each in failed for name in each}, key=lambda n: -sum(n in f for f in failed))
        stops = ", ".join(f"{name} {sum(name in each for each in failed)}" for name in names[:4])
        passed, accepted = sum(not each for each in failed), sum(r.accepted for r in reports)
        yield f"  {damage:<13}{passed:>4} / {accepted:<4} {stops}"


def _good_ones(prints: list[Print], reports: list[QualityReport]) -> str:
    """How many of the originals that NFIQ 2 finds good enough, seen whole, pass and are accepted."""
    good = [report for one, report in zip(prints, reports, strict=True) if one.nfiq2 >= _GOOD]
    passed = sum(all(part.verdict is not Verdict.FAIL for part in report.components) for report in good)
    accepted = sum(report.accepted for report in good)
    return f"  {'good':<13}{passed:>4} / {accepted:<4} of {len(good)} originals of score {_GOOD} up"


def main() -> None:
    """Print the asked table."""
    parser = argparse.ArgumentParser(prog="python -m tests.finger_quality", description=__doc__)
    parser.add_argument("table", choices=("causes", "gates"))
    parser.add_argument("--held-out", action="store_true", help="on what nothing was tuned on")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of the real prints, one in N")
    parser.add_argument("--damage", choices=DAMAGES, action="append", help="gates: only this one; repeatable")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    if arguments.table == "gates":
        damages = arguments.damage or list(DAMAGES)
        _gates(_assess(), arguments.every, damages, held_out=arguments.held_out)
    else:
        _causes(_assess(), arguments.every, held_out=arguments.held_out)


if __name__ == "__main__":
    main()
