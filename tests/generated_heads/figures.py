"""What the product says of invented people, each exposed by the simulated camera's own automatics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.report import QualityReport
from simulator.automatics import Automatics
from simulator.people.backdrops import Backdrop
from simulator.people.heads.gallery import head_master
from simulator.people.heads.traits import Traits, generate_traits
from simulator.people.lighting import Lamp
from simulator.people.moving import STILL
from simulator.people.paper import Paper
from simulator.people.person import Person, generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Glasses, Pose, Scarf

FRAME_S = 1.0 / 15.0
SETTLED_S = 2.0
TONES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
AGES = (8, 16, 24, 35, 48, 60, 72, 82)


@dataclass(frozen=True, slots=True)
class Situation:
    """One way to be before the camera."""

    pose: Pose = field(default_factory=Pose)
    side_light: float = 0.0
    lamp: Lamp = Lamp.ON
    backdrop: Backdrop = Backdrop.WHITE
    paper: Paper | None = None


FAULTS = {
    "none": Situation(),
    "too close": Situation(Pose(distance_m=0.25)),
    "too far": Situation(Pose(distance_m=1.3)),
    "off the middle": Situation(Pose(shift=(0.10, 0.0))),
    "too low": Situation(Pose(shift=(0.0, 0.13))),
    "tilted 14°": Situation(Pose(roll_deg=14.0)),
    "turned 15°": Situation(Pose(yaw_deg=15.0)),
    "turned -25°": Situation(Pose(yaw_deg=-25.0)),
    "chin up 18°": Situation(Pose(pitch_deg=18.0)),
    "chin down 18°": Situation(Pose(pitch_deg=-18.0)),
    "eyes shut": Situation(Pose(eyes_open=0.0)),
    "eyes half shut": Situation(Pose(eyes_open=0.6)),
    "mouth open": Situation(Pose(mouth_open=0.7)),
    "smile": Situation(Pose(smile=1.0)),
    "light from one side": Situation(side_light=1.0),
    "dead lamp": Situation(lamp=Lamp.DEAD),
    "clear glasses": Situation(Pose(glasses=Glasses.CLEAR)),
    "glare on glasses": Situation(Pose(glasses=Glasses.GLARE)),
    "dark glasses": Situation(Pose(glasses=Glasses.DARK)),
    "head scarf": Situation(Pose(scarf=Scarf.ON)),
    "scarf, ears free": Situation(Pose(scarf=Scarf.EARS_FREE)),
    "curtain behind": Situation(backdrop=Backdrop.CURTAIN),
    "room behind": Situation(backdrop=Backdrop.BUSY),
    "print in a hand": Situation(paper=Paper.HELD),
    "print mounted": Situation(paper=Paper.MOUNTED),
}


def person_of(traits: Traits, seed: int) -> Person:
    """Somebody with those looks."""
    return replace(generate_person(seed), portrait=partial(head_master, traits))


def traits_of(seed: int, tone: float | None = None) -> Traits:
    """The looks of an invented person; the same but for the skin whatever the tone."""
    facts = generate_person(seed, youngest=AGES[seed % len(AGES)], oldest=AGES[seed % len(AGES)]).facts
    return generate_traits(np.random.default_rng(seed), float(facts.age_years()), facts.sex, tone)


def judged(person: Person, situation: Situation, model: FaceModel, limits: PortraitLimits) -> QualityReport:
    """What the product says once the camera has settled."""
    scene = PortraitScene(np.random.default_rng(1))
    scene.person, scene.life, scene.pose = person, STILL, situation.pose
    scene.side_light, scene.lamp = situation.side_light, situation.lamp
    scene.backdrop, scene.paper = situation.backdrop, situation.paper
    control = Automatics(scene)
    control.expose(0.0, FRAME_S)
    pixels, _ = control.expose(SETTLED_S, FRAME_S)
    return assess_portrait(pixels, model, limits)


def by_tone(
    people: int, model: FaceModel, limits: PortraitLimits
) -> Iterator[tuple[float, Sequence[QualityReport]]]:
    """The same people in every tone of skin."""
    for tone in TONES:
        everybody = (person_of(traits_of(seed, tone), seed) for seed in range(people))
        yield tone, [judged(person, Situation(), model, limits) for person in everybody]
