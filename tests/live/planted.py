"""A folder with one person whose facts and pictures occur nowhere else."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.records.samples import EyeSide, FingerPosition
from simulator.people.eye_scene import EyeScene
from simulator.people.person import Person, generate_person
from simulator.people.photograph import EYE_DISTANCE_M
from simulator.people.pose import Pose

NUMBER = "001190000917"
NAME = "Quách Thị Huyền Trân Đoan"
BIRTH = "03021990"
ADDRESS = "Xóm Đồng Cỏ Lác 27"
FACTS = (NUMBER, NAME, ADDRESS)
SEED = 917
TEXT = """portrait_eyes = {eyes}
[facts]
number = "{number}"
name = "{name}"
birth_date = 1990-02-03
sex = "female"
address = "{address}, Xã Mẫu, Thành phố Hà Nội"
issue_date = 2022-05-06
[missing_fingers]
{missing}
"""


def plant(people: Path, missing: tuple[int, ...] = ()) -> tuple[NDArray[np.uint8], ...]:
    """Make the person's folder in `people`; the pictures in it."""
    folder = people / "doan"
    folder.mkdir(parents=True)
    person = generate_person(SEED, youngest=35, oldest=35)
    portrait, eyes = _portrait(person)
    lacking = "\n".join(f'{code} = "amputated"' for code in missing)
    text = TEXT.format(eyes=eyes, number=NUMBER, name=NAME, address=ADDRESS, missing=lacking)
    (folder / "person.toml").write_text(text, "utf-8")
    given = [position for position in FingerPosition if position not in missing]
    pictures = {"portrait": portrait}
    pictures |= {f"iris/{side.value}": _eye(person, side) for side in EyeSide}
    pictures |= {f"fingers/{position.value}": np.asarray(person.finger(position)) for position in given}
    for name, picture in pictures.items():
        file = folder / f"{name}.png"
        file.parent.mkdir(exist_ok=True)
        cv2.imwrite(str(file), picture if picture.ndim == 2 else picture[..., ::-1])
    return tuple(pictures.values())


def _portrait(person: Person) -> tuple[NDArray[np.uint8], list[list[float]]]:
    """A photograph before a white wall, and the places of both eyes in it."""
    master = person.portrait(Pose())
    colours, opacity = master.picture[..., :3], master.picture[..., 3:]
    column, row = master.between_eyes
    half = 0.5 * EYE_DISTANCE_M * master.pixels_per_m
    return colours + (255 - opacity), [[column - half, row], [column + half, row]]


def _eye(person: Person, side: EyeSide) -> NDArray[np.uint8]:
    """A picture of an eye in near infrared."""
    scene = EyeScene(np.random.default_rng(SEED), blinks=False)
    scene.present(person.iris(side))
    return scene.picture(0.0)
