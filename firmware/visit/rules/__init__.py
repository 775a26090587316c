"""Legal parameters as dated data: one file a date, in force until the next."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from firmware.records.samples import EyeSide, FingerPosition
from hw.tables import parse_table


class NoRuleForDate(Exception):
    """No rules are known for the day of the visit: the terminal's date or its software is wrong."""


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages in years, each reached on a birthday.

    card_ends_at: rising; a card ends at the next one more than early_years away, and never without one.
    """

    biometrics_from: int
    alone_from: int
    assent_from: int
    adult_from: int
    framed_as_adult_from: int
    card_ends_at: tuple[int, ...]
    early_years: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What the law and the practice ask of a visit on one day.

    finger_area_mm: width and height of the image of one finger. grey_levels_asked: of 256, in such an image.
    """

    in_force_from: date
    finger_order: tuple[FingerPosition, ...]
    eye_order: tuple[EyeSide, ...]
    attempts: int
    retakes: int
    attendant_retakes: int
    impressions_asked: tuple[str, ...]
    finger_area_mm: tuple[float, float]
    grey_levels_asked: int
    visit_limit_s: float
    ages: Ages


def rules_on(day: date, folder: Path = Path(__file__).parent) -> Rules:
    """The rules in force on the local `day`; NoRuleForDate before the first file."""
    dates = sorted(date.fromisoformat(path.stem) for path in folder.glob("*.toml"))
    past = [begin for begin in dates if begin <= day]
    if not past:
        raise NoRuleForDate(f"no rules in force on {day}; check the terminal's date")
    return _load(past[-1], folder)


def _load(begin: date, folder: Path) -> Rules:
    name = f"{begin.isoformat()}.toml"
    table = tomllib.loads((folder / name).read_text("utf-8"))
    fingers = tuple(FingerPosition(code) for code in table.pop("finger_order"))
    eyes = tuple(EyeSide(side) for side in table.pop("eye_order"))
    impressions = tuple(table.pop("impressions_asked"))
    width_mm, height_mm = table.pop("finger_area_mm")
    ages = parse_table(Ages, table.pop("ages"), f"{name}: ages")
    area_mm = (float(width_mm), float(height_mm))
    return Rules(
        begin, fingers, eyes, impressions_asked=impressions, finger_area_mm=area_mm, ages=ages, **table
    )
