"""Ours and NIST's matcher behind one seam, and all pairs of a set through either."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from time import process_time
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from firmware.capture.policy.same_finger import load_same_finger
from firmware.matching.described import Described, describe
from firmware.matching.similarity import compare
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from tests.matching.errors import Scores
from tests.matching.real_sets import RealPrint, are_one_finger


class Matcher(Protocol):
    """A template of an image, and a score of two templates."""

    name: str
    same_finger: float

    def template(self, image: NDArray[np.uint8]) -> Any: ...

    def score(self, one: Any, other: Any) -> float: ...


class Ours:
    """The product's."""

    name = "tram"

    def __init__(self) -> None:
        self.same_finger = load_same_finger().same_finger

    def template(self, image: NDArray[np.uint8]) -> Described:
        """The described minutiae."""
        return describe(find_minutiae(image))

    def score(self, one: Described, other: Described) -> float:
        """The similarity."""
        return compare(one, other)


def matchers() -> list[Callable[[], Matcher]]:
    """Those that this machine has."""
    if find_spec("nbis") is None:
        return [Ours]
    return [Ours, import_module("tests.matching.bozorth").Bozorth]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Scores of pairs of prints, and of each print with its mirror image; costs in milliseconds of CPU."""

    scores: Scores
    mirrored: NDArray[np.floating[Any]]
    print_ms: float
    pair_ms: float


def compare_all(matcher: Matcher, prints: Sequence[RealPrint]) -> Comparison:
    """Every pair of `prints` whose labels are not known to be wrong."""
    start = process_time()
    templates = [matcher.template(print_.image) for print_ in prints]
    print_ms = (process_time() - start) * 1e3 / len(prints)
    genuine, impostor = list[float](), list[float]()
    start = process_time()
    for (one, first), (other, second) in combinations(zip(prints, templates, strict=True), 2):
        same = are_one_finger(one.finger, other.finger)
        if same is not None:
            (genuine if same else impostor).append(matcher.score(first, second))
    pair_ms = (process_time() - start) * 1e3 / (len(genuine) + len(impostor))
    mirrored = [
        matcher.score(template, matcher.template(print_.image[:, ::-1].copy()))
        for print_, template in zip(prints, templates, strict=True)
    ]
    scores = Scores(np.array(genuine), np.array(impostor))
    return Comparison(scores, np.array(mirrored), print_ms, pair_ms)
