"""What one head looks like, apart from how it is held."""

from dataclasses import dataclass

import numpy as np

from simulator.people.facts import Sex
from simulator.people.heads.styles import HairStyle

Linear = tuple[float, float, float]  # red, green, blue light, 0..1

SKINS: tuple[Linear, ...] = (  # from the lightest to the darkest
    (0.70, 0.465, 0.345),
    (0.57, 0.345, 0.235),
    (0.44, 0.250, 0.160),
    (0.30, 0.155, 0.092),
    (0.175, 0.085, 0.050),
    (0.085, 0.042, 0.027),
)
USUAL_TONE, TONE_SPREAD, SELDOM = 0.28, 0.15, 0.12  # of the row above; one in eight comes from anywhere in it
SCARFS: tuple[Linear, ...] = ((0.05, 0.05, 0.06), (0.32, 0.10, 0.12), (0.12, 0.20, 0.30), (0.55, 0.50, 0.42))
HAIRS: tuple[Linear, Linear] = ((0.010, 0.009, 0.008), (0.045, 0.028, 0.018))
GREY_HAIR: Linear = (0.36, 0.35, 0.34)
IRISES: tuple[Linear, Linear] = ((0.030, 0.014, 0.008), (0.110, 0.055, 0.028))
CLOTHS: tuple[Linear, ...] = (
    (0.62, 0.64, 0.66),
    (0.10, 0.16, 0.30),
    (0.03, 0.04, 0.07),
    (0.30, 0.07, 0.06),
    (0.10, 0.22, 0.15),
    (0.42, 0.36, 0.26),
    (0.33, 0.44, 0.58),
)
FEMALE_STYLES = (HairStyle.LONG, HairStyle.LONG, HairStyle.TIED, HairStyle.OVER_EARS, HairStyle.FRINGE)
MALE_STYLES = (HairStyle.SHORT, HairStyle.SHORT, HairStyle.CROPPED, HairStyle.FRINGE)
BALDING_FROM, BALDING_YEARS, BALD_SHARE = 35.0, 70.0, 0.4
GREYS_FROM, IS_GREY_AT = 42.0, 75.0  # years
AGES_FROM, IS_OLD_AT = 40.0, 75.0

SHAPES = ("oval", "round", "square", "rectangular", "triangular", "invertedtriangular", "diamond")
OPPOSITES = (  # (target that does less, target that does more), the greatest weight of each
    ("head/head-fat-decr", "head/head-fat-incr", 0.5),
    ("head/head-scale-horiz-decr", "head/head-scale-horiz-incr", 0.4),
    ("head/head-scale-vert-decr", "head/head-scale-vert-incr", 0.3),
    ("forehead/forehead-scale-vert-decr", "forehead/forehead-scale-vert-incr", 0.5),
    ("forehead/forehead-temple-decr", "forehead/forehead-temple-incr", 0.6),
    ("eyebrows/eyebrows-trans-down", "eyebrows/eyebrows-trans-up", 0.4),
    ("eyebrows/eyebrows-angle-down", "eyebrows/eyebrows-angle-up", 0.5),
    ("nose/nose-scale-vert-decr", "nose/nose-scale-vert-incr", 0.5),
    ("nose/nose-width1-decr", "nose/nose-width1-incr", 0.6),
    ("nose/nose-width3-decr", "nose/nose-width3-incr", 0.6),
    ("nose/nose-hump-decr", "nose/nose-hump-incr", 0.5),
    ("nose/nose-point-down", "nose/nose-point-up", 0.5),
    ("mouth/mouth-scale-horiz-decr", "mouth/mouth-scale-horiz-incr", 0.5),
    ("mouth/mouth-upperlip-height-decr", "mouth/mouth-upperlip-height-incr", 0.5),
    ("mouth/mouth-lowerlip-height-decr", "mouth/mouth-lowerlip-height-incr", 0.5),
    ("chin/chin-width-decr", "chin/chin-width-incr", 0.6),
    ("chin/chin-height-decr", "chin/chin-height-incr", 0.5),
    ("chin/chin-prominent-decr", "chin/chin-prominent-incr", 0.5),
)
OPPOSITES_ON_BOTH_SIDES = (
    ("cheek/{}-cheek-bones-decr", "cheek/{}-cheek-bones-incr", 0.6),
    ("cheek/{}-cheek-volume-decr", "cheek/{}-cheek-volume-incr", 0.6),
    ("ears/{}-ear-scale-decr", "ears/{}-ear-scale-incr", 0.5),
    ("ears/{}-ear-wing-decr", "ears/{}-ear-wing-incr", 0.5),
    ("eyes/{}-eye-corner2-down", "eyes/{}-eye-corner2-up", 0.5),
    ("eyes/{}-eye-trans-in", "eyes/{}-eye-trans-out", 0.3),
)
WIDE_EYES = (("eyes/{}-eye-height2-incr", 0.35), ("eyes/{}-eye-scale-incr", 0.2))
AGEING = (("head/head-age-incr", 0.5), ("eyes/l-eye-bag-incr", 0.7), ("eyes/r-eye-bag-incr", 0.7))


@dataclass(frozen=True, slots=True)
class Traits:
    """A person's looks.

    age_years: 6 to 90. regions: shares of MakeHuman's regional shapes, sum 1. features: weights of single
    targets. weight, muscle: -1..1. skin, hair, iris, cloth, scarf: linear light. seed: of freckles and
    strands.
    """

    age_years: float
    sex: Sex
    regions: tuple[tuple[str, float], ...]
    features: tuple[tuple[str, float], ...]
    weight: float
    muscle: float
    skin: Linear
    hair: Linear
    iris: Linear
    cloth: Linear
    style: HairStyle
    scarf: Linear
    seed: int

    @property
    def ageing(self) -> float:
        """0 for the young to 1 for the old."""
        return min(max((self.age_years - AGES_FROM) / (IS_OLD_AT - AGES_FROM), 0.0), 1.0)


def generate_traits(
    generator: np.random.Generator, age_years: float, sex: Sex, tone: float | None = None
) -> Traits:
    """The looks of an invented person of that age and sex. tone: of the skin, 0 lightest to 1 darkest."""
    elsewhere = float(generator.uniform(0.0, 0.35))
    region = ("caucasian", "african")[int(generator.random() < 0.2)]
    return Traits(
        age_years=age_years,
        sex=sex,
        regions=(("asian", 1.0 - elsewhere), (region, elsewhere)),
        features=_features(generator),
        weight=float(generator.uniform(-0.6, 0.6)),
        muscle=float(generator.uniform(-0.4, 0.4)),
        skin=skin_of_tone(_tone(generator) if tone is None else tone),
        hair=_hair(generator, age_years),
        iris=_between(generator, *IRISES),
        cloth=CLOTHS[int(generator.integers(len(CLOTHS)))],
        style=_style(generator, age_years, sex),
        scarf=SCARFS[int(generator.integers(len(SCARFS)))],
        seed=int(generator.integers(2**31)),
    )


def possible_features() -> list[str]:
    """Names of all targets that a generated person's features may use."""
    names = [f"head/head-{shape}" for shape in SHAPES]
    names += [name for *pair, _ in OPPOSITES for name in pair]
    names += [name.format(side) for *pair, _ in OPPOSITES_ON_BOTH_SIDES for name in pair for side in "lr"]
    names += [name.format(side) for name, _ in WIDE_EYES for side in "lr"]
    return names + [name for name, _ in AGEING]


def skin_of_tone(tone: float) -> Linear:
    """The skin between the lightest (0) and the darkest (1)."""
    place = min(max(tone, 0.0), 1.0) * (len(SKINS) - 1)
    number = min(int(place), len(SKINS) - 2)
    return _mixed(SKINS[number], SKINS[number + 1], place - number)


def _tone(generator: np.random.Generator) -> float:
    """As skins are met in Viet Nam: most in the lighter half, some of every tone."""
    usual, anywhere, seldom = generator.normal(USUAL_TONE, TONE_SPREAD), *generator.random(2)
    return float(np.clip(anywhere if seldom < SELDOM else usual, 0.0, 1.0))


def _style(generator: np.random.Generator, age_years: float, sex: Sex) -> HairStyle:
    """Men lose their hair as they grow old."""
    chance, loss = generator.random(2)
    if sex is Sex.FEMALE:
        return FEMALE_STYLES[int(chance * len(FEMALE_STYLES))]
    if loss < max(0.0, (age_years - BALDING_FROM) / BALDING_YEARS):
        return HairStyle.BALD if chance < BALD_SHARE else HairStyle.RECEDING
    return MALE_STYLES[int(chance * len(MALE_STYLES))]


def _features(generator: np.random.Generator) -> tuple[tuple[str, float], ...]:
    features = [(f"head/head-{shape}", float(generator.uniform(0.0, 0.35))) for shape in SHAPES]
    features += [_towards(generator, *opposites) for opposites in OPPOSITES]
    for opposites in OPPOSITES_ON_BOTH_SIDES:
        name, weight = _towards(generator, *opposites)
        features += [(name.format(side), weight) for side in "lr"]
    features += [(name.format(side), weight) for name, weight in WIDE_EYES for side in "lr"]
    return tuple(features)


def _towards(generator: np.random.Generator, less: str, more: str, most: float) -> tuple[str, float]:
    degree = float(np.clip(generator.normal(0.0, most / 2.0), -most, most))
    return (more, degree) if degree > 0.0 else (less, -degree)


def _hair(generator: np.random.Generator, age_years: float) -> Linear:
    dark = _between(generator, *HAIRS)
    grey = (age_years - GREYS_FROM) / (IS_GREY_AT - GREYS_FROM) + float(generator.normal(0.0, 0.15))
    return _mixed(dark, GREY_HAIR, min(max(grey, 0.0), 1.0) ** 2)


def _between(generator: np.random.Generator, one: Linear, other: Linear) -> Linear:
    return _mixed(one, other, float(generator.random()))


def _mixed(one: Linear, other: Linear, share: float) -> Linear:
    red, green, blue = ((1.0 - share) * a + share * b for a, b in zip(one, other, strict=True))
    return red, green, blue
