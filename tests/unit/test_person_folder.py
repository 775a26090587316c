"""Real images come before the simulated devices through one folder a person, and mistakes in it are named."""

from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.records.samples import ExceptionReason, FingerPosition
from simulator.people.facts import Sex
from simulator.people.folder import load_person
from simulator.people.folder_text import PersonFolderBroken
from simulator.people.pose import Pose

FACTS = """
[facts]
number = "001190000123"
name = "Trần Thị Mẫu"
birth_date = 1990-02-03
sex = "female"
address = "Xã Mẫu, Thành phố Hà Nội"
issue_date = 2022-05-06
"""
EYES = "portrait_eyes = [[100.0, 150.0], [160.0, 150.0]]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    person = tmp_path / "lan"
    person.mkdir()
    return person


def write_picture(
    file: Path, shape: tuple[int, ...] = (300, 260)
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    file.parent.mkdir(exist_ok=True)
    picture = np.random.default_rng(len(file.name)).integers(0, 255, shape, np.uint8)
    cv2.imwrite(str(file), picture)
    return picture


def test_an_empty_folder_gives_an_invented_person_that_is_always_the_same(folder: Path) -> None:
    one, again = load_person(folder), load_person(folder)

    assert one.facts == again.facts
    assert one.missing_fingers == {}


def test_facts_are_read_from_the_text(folder: Path) -> None:
    (folder / "person.toml").write_text(FACTS, "utf-8")

    facts = load_person(folder).facts

    assert facts.qr_text() == "001190000123||Trần Thị Mẫu|03021990|Nữ|Xã Mẫu, Thành phố Hà Nội|06052022"
    assert (facts.sex, facts.birth_date) == (Sex.FEMALE, date(1990, 2, 3))


def test_real_fingers_and_eyes_are_handed_out_pixel_for_pixel(folder: Path) -> None:
    finger = write_picture(folder / "fingers" / "3.png")
    eye = write_picture(folder / "iris" / "left.png", (480, 640))

    person = load_person(folder)

    assert np.array_equal(np.asarray(person.finger(FingerPosition.RIGHT_MIDDLE)), finger)
    assert np.array_equal(np.asarray(person.iris("left")), eye)


def test_a_missing_finger_is_nothing_to_lay_on_and_keeps_its_reason(folder: Path) -> None:
    (folder / "person.toml").write_text('[missing_fingers]\n9 = "amputated"\n', "utf-8")

    person = load_person(folder)

    assert person.finger(9) is None
    assert person.missing_fingers == {FingerPosition.LEFT_RING: ExceptionReason.AMPUTATED}


def test_a_photograph_is_scaled_by_the_distance_between_its_eyes(folder: Path) -> None:
    write_picture(folder / "portrait.png", (400, 300, 3))
    (folder / "person.toml").write_text(EYES, "utf-8")

    master = load_person(folder).portrait(Pose())

    assert master.between_eyes == pytest.approx((130.0, 150.0))
    assert master.pixels_per_m == pytest.approx(60 / 0.063)
    assert (master.picture[:, :, 3] == 255).all()


def test_a_turned_photograph_is_narrower(folder: Path) -> None:
    write_picture(folder / "portrait.png", (400, 300, 3))
    (folder / "person.toml").write_text(EYES, "utf-8")

    master = load_person(folder).portrait(Pose(yaw_deg=60.0))

    assert master.picture.shape[:2] == (400, 150)
    assert master.between_eyes == pytest.approx((65.0, 150.0))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nickname = 'x'", "does not know nickname"),
        ("not toml", "is not TOML"),
        (EYES, "needs one portrait"),
        (FACTS.replace("001190000123", "12"), "number"),
        (FACTS.replace("female", "woman"), "sex"),
        (FACTS.replace("1990-02-03", '"1990"'), "birth_date"),
        (FACTS.replace('name = "Trần Thị Mẫu"', ""), "name"),
        (FACTS + "shoe_size = 38", "does not know shoe_size"),
        ("[missing_fingers]\n11 = 'amputated'", "missing_fingers"),
        ("[missing_fingers]\n1 = 'lazy'", "missing_fingers"),
    ],
)
def test_a_mistake_in_the_text_is_named_without_the_persons_facts(
    folder: Path, text: str, problem: str
) -> None:
    (folder / "person.toml").write_text(text, "utf-8")

    with pytest.raises(PersonFolderBroken, match=problem) as broken:
        load_person(folder)

    assert "Mẫu" not in str(broken.value)


@pytest.mark.parametrize("name", ["finger.png", "fingers/11.png", "iris/middle.png"])
def test_a_file_that_belongs_nowhere_is_named(folder: Path, name: str) -> None:
    write_picture(folder / name)

    with pytest.raises(PersonFolderBroken, match=Path(name).name):
        load_person(folder)


def test_a_file_that_is_no_picture_is_named(folder: Path) -> None:
    (folder / "iris").mkdir()
    (folder / "iris" / "left.png").write_bytes(b"nothing")

    with pytest.raises(PersonFolderBroken, match="is not a picture"):
        load_person(folder)


def test_a_picture_of_an_impossible_size_is_refused(folder: Path) -> None:
    write_picture(folder / "fingers" / "1.png", (20, 20))

    with pytest.raises(PersonFolderBroken, match="pixels on each side"):
        load_person(folder)


def test_eyes_outside_the_portrait_are_refused(folder: Path) -> None:
    write_picture(folder / "portrait.png", (120, 120, 3))
    (folder / "person.toml").write_text(EYES, "utf-8")

    with pytest.raises(PersonFolderBroken, match="outside the portrait"):
        load_person(folder)


def test_a_finger_cannot_be_missing_and_be_shown(folder: Path) -> None:
    write_picture(folder / "fingers" / "9.png")
    (folder / "person.toml").write_text('[missing_fingers]\n9 = "amputated"\n', "utf-8")

    with pytest.raises(PersonFolderBroken, match=r"9\.png"):
        load_person(folder)


def test_what_is_not_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PersonFolderBroken, match="is not a folder"):
        load_person(tmp_path / "nobody")
