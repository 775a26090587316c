"""A whole visit on real images, through the real drivers; the people folder is made at test time."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from host_tools.__main__ import main as host_tools
from simulator.people.folder import load_person
from simulator.report.writing import write_report
from simulator.scenario import load_scenario
from simulator.visits import Visit, play

pytestmark = pytest.mark.slow

FINGERS = ("Thumb", "Index", "Middle", "Ring", "Little")
PERSON = """portrait_eyes = [[575.0, 624.0], [760.0, 622.0]]

[facts]
number = "001190000123"
old_number = ""
name = "Nguyễn Thị Thử"
birth_date = 1990-05-17
sex = "female"
address = "Thôn Thử, Hà Nội"
issue_date = 2022-03-01
"""


@pytest.fixture(scope="module")
def people(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One person: ten real fingers, a real portrait, two real eyes, from different sets."""
    folder = tmp_path_factory.mktemp("people") / "real"
    (folder / "fingers").mkdir(parents=True)
    (folder / "iris").mkdir()
    prints = shared_data / "finger" / "mosip_mock_10fingers"
    for code in range(1, 11):
        hand = "Right" if code <= 5 else "Left"
        shutil.copy(prints / f"{hand}_{FINGERS[(code - 1) % 5]}.png", folder / "fingers" / f"{code}.png")
    eyes = shared_data / "iris" / "nist-biomdi"
    shutil.copy(eyes / "eye0_640x480.png", folder / "iris" / "right.png")
    shutil.copy(eyes / "eye1_640x480.png", folder / "iris" / "left.png")
    shutil.copy(shared_data / "face" / "london_neutral" / "012_03.jpg", folder / "portrait.jpg")
    (folder / "person.toml").write_text(PERSON, "utf-8")
    return folder.parent


@pytest.fixture(scope="module")
def visit(people: Path) -> Visit:
    (visit,) = play(load_scenario("adult_exchange"), [load_person(people / "real")], seed=1)
    return visit


def test_every_real_sample_is_accepted(visit: Visit) -> None:
    assert visit.complaints == ()
    assert len(visit.document["artefacts"]) == 13


def test_a_score_equals_what_assess_says_of_the_delivered_image(visit: Visit, tmp_path: Path) -> None:
    report = tmp_path / "report"
    write_report(report, load_scenario("adult_exchange"), 1, (visit,))
    scores = {_file_of(each): each["score"] for each in visit.document["artefacts"]}
    for modality in ("portrait", "fingerprint", "iris"):
        files = [str(report / name) for name, kind in scores if kind == modality]
        assert host_tools(["assess", modality, *files, "--csv", str(tmp_path / "scores.csv")]) == 0
        for line in (tmp_path / "scores.csv").read_text("utf-8").splitlines()[1:]:
            name, score = line.split(",")[:2]
            assert int(score) == scores[Path(name).name, modality]


def test_the_report_shows_what_the_sensor_delivered(visit: Visit, people: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    write_report(report, load_scenario("adult_exchange"), 1, (visit,))
    delivered = cv2.imread(str(report / "visit1_finger_2.png"), cv2.IMREAD_GRAYSCALE)
    assert delivered is not None
    assert delivered.shape == (288, 256)
    assert len(np.unique(delivered)) <= 16


def _file_of(artefact: dict[str, object]) -> tuple[str, str]:
    match artefact:
        case {"modality": "fingerprint", "position": position}:
            return f"visit1_finger_{position}.png", "fingerprint"
        case {"modality": "iris", "position": position}:
            return f"visit1_eye_{position}.png", "iris"
        case _:
            return "visit1_portrait.png", "portrait"
