"""A person from a folder of real images; what is absent is invented, the same for the same folder name.

person.toml   portrait_eyes = [[412.0, 600.5], [690.0, 598.0]]   column and row, the picture's left eye first
              [facts]              number, name, birth_date, sex, address, issue_date, perhaps old_number
              [missing_fingers]    finger code = reason, such as 9 = "amputated"
portrait.png  or .jpg; needs portrait_eyes
fingers/      1.png to 10.png: 500 pixels per inch, dark ridges
iris/         right.png, left.png: near infrared
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.records.samples import ExceptionReason, EyeSide, FingerPosition
from simulator.people.facts import Facts
from simulator.people.folder_text import FolderText, PersonFolderBroken, read_text, refuse_unknown
from simulator.people.person import (
    Finger,
    GreyImage,
    Iris,
    Person,
    Portrait,
    generate_person,
    invented_portrait,
)
from simulator.people.photograph import photographed

PORTRAITS = ("portrait.png", "portrait.jpg", "portrait.jpeg")
FINGERS = {f"{position}.png": position for position in FingerPosition}
IRISES = {f"{side}.png": side for side in EyeSide}
FingersAs = Callable[[Facts], Finger]
Missing = Mapping[FingerPosition, ExceptionReason]

SIDES_PX = range(100, 8001)


def load_person(folder: Path) -> Person:
    """The person of a folder as the head of this module says; PersonFolderBroken for anything else in it."""
    if not folder.is_dir():
        raise PersonFolderBroken(folder, "is not a folder")
    refuse_unknown(folder, _names(folder), ("person.toml", *PORTRAITS, "fingers", "iris"))
    text = read_text(folder / "person.toml")
    seed = int.from_bytes(hashlib.sha256(folder.name.encode()).digest()[:6])
    invented = generate_person(seed)
    facts = text.facts or invented.facts
    photograph = _portrait(folder, text)
    fingers = _fingers(folder / "fingers", text.missing, invented.fingers_as)
    return replace(
        invented,
        facts=facts,
        portrait=photograph or invented_portrait(seed, facts),
        portrait_as=partial(_unchanged, photograph) if photograph else invented.portrait_as,
        finger=fingers(facts),
        fingers_as=fingers,
        iris=_irises(folder / "iris", invented.iris),
        missing_fingers=text.missing,
    )


def _unchanged(photograph: Portrait, facts: Facts) -> Portrait:
    """A photograph shows the same person whatever the facts are."""
    del facts
    return photograph


def _portrait(folder: Path, text: FolderText) -> Portrait | None:
    files = [folder / name for name in PORTRAITS if (folder / name).exists()]
    if len(files) > 1 or bool(files) != (text.eyes is not None):
        raise PersonFolderBroken(folder, "needs one portrait with portrait_eyes in person.toml, or neither")
    if text.eyes is None:
        return None
    picture = _picture(files[0], cv2.IMREAD_COLOR_RGB)
    size = picture.shape[1], picture.shape[0]
    if not all(0 <= place < limit for eye in text.eyes for place, limit in zip(eye, size, strict=True)):
        raise PersonFolderBroken(folder / "person.toml", "portrait_eyes lie outside the portrait")
    return photographed(picture, text.eyes)


def _fingers(folder: Path, missing: Missing, invented: FingersAs) -> FingersAs:
    """Real fingers are the same whatever the facts are; those that the folder lacks are invented."""
    refuse_unknown(folder, _names(folder), FINGERS)
    real = {position: _grey(folder / name) for name, position in FINGERS.items() if (folder / name).exists()}
    for position in real.keys() & missing.keys():
        raise PersonFolderBroken(folder, f"{position}.png shows a finger that person.toml says is missing")

    def finger(other: Finger, position: int) -> GreyImage | None:
        code = FingerPosition(position)
        if code in missing:
            return None
        return real[code] if code in real else other(code)

    return lambda facts: partial(finger, invented(facts))


def _irises(folder: Path, invented: Iris) -> Iris:
    refuse_unknown(folder, _names(folder), IRISES)
    real = {side: _grey(folder / name) for name, side in IRISES.items() if (folder / name).exists()}
    return lambda side: real[EyeSide(side)] if EyeSide(side) in real else invented(side)


def _names(folder: Path) -> list[str]:
    """What lies in a folder, without hidden files; nothing where there is no folder."""
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    return [name for name in names if not name.startswith(".")]


def _grey(file: Path) -> GreyImage:
    return _picture(file, cv2.IMREAD_GRAYSCALE)


def _picture(file: Path, mode: int) -> NDArray[np.uint8]:
    """A read-only picture of a plausible size."""
    coded = np.frombuffer(file.read_bytes(), np.uint8)
    picture = cv2.imdecode(coded, mode) if coded.size else None
    if picture is None:
        raise PersonFolderBroken(file, "is not a picture")
    if picture.shape[0] not in SIDES_PX or picture.shape[1] not in SIDES_PX:
        raise PersonFolderBroken(file, f"is not between {SIDES_PX[0]} and {SIDES_PX[-1]} pixels on each side")
    picture.flags.writeable = False
    return np.asarray(picture, np.uint8)
