"""Invented people look like people: to the product's own eyes, whatever their age and sex."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.models import face_model
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.report import QualityReport
from simulator.people.facts import Sex
from simulator.people.folder import load_person
from simulator.people.heads.gallery import head_master
from simulator.people.heads.traits import generate_traits
from simulator.people.person import Person, generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose

pytestmark = pytest.mark.slow

AGES = (7, 14, 20, 27, 38, 52, 64, 78)


@pytest.fixture(scope="module")
def model() -> FaceModel:
    return FaceModel(face_model())


def adult() -> Person:
    return generate_person(5, youngest=30, oldest=30)


def report(model: FaceModel, person: Person, pose: Pose, **scene_values: float) -> QualityReport:
    """What the product says of one frame of that person."""
    scene = PortraitScene(np.random.default_rng(1))
    scene.person, scene.pose = person, pose
    scene.light = scene_values.get("light", 1.0)
    scene.side_light = scene_values.get("side_light", 0.0)
    return assess_portrait(scene.picture(0.0), model, load_limits(PortraitLimits, "portrait.toml"))


def write_person(folder: Path, photograph: Path, model: FaceModel) -> None:
    """A person's folder of one photograph; the eyes are found here, as whoever makes such a folder would."""
    folder.mkdir()
    shutil.copy(photograph, folder / "portrait.jpg")
    face = model.read(np.asarray(cv2.imread(str(photograph), cv2.IMREAD_COLOR_RGB), np.uint8))
    assert face is not None
    eyes = features_of(face.landmarks).eyes.tolist()
    (folder / "person.toml").write_text(f"portrait_eyes = {eyes}\n", "utf-8")


def test_people_of_every_age_pass_as_portraits(model: FaceModel) -> None:
    people = [generate_person(seed, youngest=age, oldest=age) for seed, age in enumerate(AGES * 2)]

    accepted = [report(model, person, Pose()).accepted for person in people]

    assert sum(accepted) >= len(people) - 1


@pytest.mark.parametrize(
    ("pose", "advice"),
    [
        (Pose(distance_m=0.28), Advice.FACE_BACK),
        (Pose(distance_m=1.3), Advice.FACE_CLOSER),
        (Pose(shift=(0.09, 0.0)), Advice.FACE_CENTRE),
        (Pose(roll_deg=14.0), Advice.FACE_UPRIGHT),
        (Pose(yaw_deg=15.0), Advice.FACE_STRAIGHT),
        (Pose(yaw_deg=-25.0), Advice.FACE_STRAIGHT),
        (Pose(pitch_deg=-15.0), Advice.FACE_STRAIGHT),
        (Pose(eyes_open=0.0), Advice.FACE_EYES),
        (Pose(mouth_open=0.7), Advice.FACE_MOUTH),
        (Pose(smile=1.0), Advice.FACE_NEUTRAL),
    ],
)
def test_a_fault_of_the_pose_brings_its_advice(model: FaceModel, pose: Pose, advice: Advice) -> None:
    assert report(model, adult(), pose).advice is advice


def test_an_empty_seat_shows_no_face(model: FaceModel) -> None:
    picture = PortraitScene(np.random.default_rng(1)).picture(0.0)

    assert model.read(picture) is None


def test_a_second_person_is_found(model: FaceModel) -> None:
    scene = PortraitScene(np.random.default_rng(1))
    scene.person = adult()
    scene.put_behind(generate_person(8), Pose(distance_m=0.8, shift=(-0.2, 0.0)))

    face = model.read(scene.picture(0.0))

    assert face is not None
    assert face.faces == 2


def test_light_from_one_side_is_uneven(model: FaceModel) -> None:
    assert report(model, adult(), Pose(), side_light=1.0).advice is Advice.FACE_LIGHT


def test_a_turn_is_read_as_far_as_it_is_made(model: FaceModel) -> None:
    read = [report(model, adult(), Pose(yaw_deg=yaw)).value("yaw_deg") for yaw in (-20.0, 0.0, 20.0)]

    assert read == pytest.approx([-20.0, 0.0, 20.0], abs=4.0)


def test_a_head_is_drawn_once_and_then_read_from_the_cache(tmp_path: Path) -> None:
    traits = generate_traits(np.random.default_rng(1), 30.0, Sex.FEMALE)

    drawn = head_master(traits, Pose(), tmp_path)
    files = list(tmp_path.iterdir())
    again = head_master(traits, Pose(distance_m=1.0, roll_deg=5.0), tmp_path)

    assert len(files) == 1
    assert again is drawn
    stored = cv2.imread(str(files[0]), cv2.IMREAD_UNCHANGED)
    assert (stored == drawn.picture).all()


def test_a_head_without_a_writable_cache_is_still_drawn(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    traits = generate_traits(np.random.default_rng(2), 30.0, Sex.MALE)

    assert head_master(traits, Pose(), blocked / "heads").picture[:, :, 3].any()


@pytest.mark.parametrize("subject", ["001", "005", "024", "061", "081"])
def test_a_real_photograph_passes_when_it_is_put_before_the_camera(
    model: FaceModel, shared_data: Path, tmp_path: Path, subject: str
) -> None:
    photograph = shared_data / "face" / "london_neutral" / f"{subject}_03.jpg"
    write_person(tmp_path / subject, photograph, model)

    assert report(model, load_person(tmp_path / subject), Pose()).accepted
