"""Who walks up: people of several kinds, in the shares that mixture.toml names."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from firmware.records.samples import FingerPosition

MIXTURE = Path(__file__).with_name("mixture.toml")
COMMONEST = "ordinary"
AMPUTATED = "amputated"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of people; every range is lowest and highest.

    share: of all. moisture: 0.0 parched, 0.5 normal, 1.0 dripping. wear: 0.0 fresh ridges,
    1.0 smooth skin. missing_fingers: how many of ten.
    """

    share: float
    moisture: tuple[float, float]
    wear: tuple[float, float]
    missing_fingers: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comer:
    """One of those who come. seed: of the person and of everything that happens to them."""

    kind: str
    seed: int
    moisture: float
    wear: float
    missing: Mapping[int, str]


def load_mixture(file: Path = MIXTURE) -> dict[str, Kind]:
    """The kinds by name; TypeError when a key is missing or unknown."""
    tables = tomllib.loads(file.read_text("utf-8"))
    return {
        name: Kind(**{key: _frozen(value) for key, value in table.items()}) for name, table in tables.items()
    }


def _frozen(value: Any) -> Any:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


def who_comes(people: int, seed: int, mixture: Mapping[str, Kind]) -> tuple[Comer, ...]:
    """That many people in a drawn order; of each kind its share, at least one, and the rest ordinary."""
    counts = {name: max(1, round(kind.share * people)) for name, kind in mixture.items() if name != COMMONEST}
    kinds = [name for name, count in counts.items() for _ in range(count)][:people]
    kinds += [COMMONEST] * (people - len(kinds))
    rng = np.random.default_rng([seed, people])
    order: list[int] = rng.permutation(people).tolist()
    return tuple(
        _comer(kinds[place], mixture, number, np.random.default_rng([seed, number]))
        for number, place in enumerate(order, 1)
    )


def _comer(name: str, mixture: Mapping[str, Kind], number: int, rng: np.random.Generator) -> Comer:
    kind = mixture[name]
    lacking = rng.integers(*kind.missing_fingers, endpoint=True)
    positions = rng.choice([position.value for position in FingerPosition], int(lacking), replace=False)
    return Comer(
        kind=name,
        seed=number,
        moisture=round(float(rng.uniform(*kind.moisture)), 3),
        wear=round(float(rng.uniform(*kind.wear)), 3),
        missing={int(position): AMPUTATED for position in sorted(positions)},
    )
