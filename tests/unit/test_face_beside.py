"""The portrait camera is asked once whether it sees a face while an eye is taken."""

from collections.abc import Callable

import numpy as np

from firmware.capture.face_beside import FaceBeside
from firmware.quality.portrait.model import FaceModel
from firmware.records.samples import PresentationSignals
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from tests.scripted import CLOCK, WORKERS, Pixels, camera_of


def _picture(change: Callable[[PortraitScene], None]) -> Pixels:
    scene = PortraitScene(np.random.default_rng(1))
    change(scene)
    return scene.picture(0.0)


def _somebody(scene: PortraitScene) -> None:
    scene.person = generate_person(1)


def _nobody(scene: PortraitScene) -> None:
    scene.person = None


async def _signals(model: FaceModel, picture: Pixels) -> PresentationSignals | None:
    camera = await camera_of((9.0, picture))
    return await FaceBeside(camera, model, WORKERS, CLOCK).signals()


async def test_a_face_is_a_sign_without_a_doubt(model: FaceModel) -> None:
    expected = PresentationSignals("tram-presentation/1", {"face_beside": 1.0})
    assert await _signals(model, _picture(_somebody)) == expected


async def test_an_eye_without_a_face_is_doubtful(model: FaceModel) -> None:
    expected = PresentationSignals("tram-presentation/1", {"face_beside": 0.0}, ("face_beside",))
    assert await _signals(model, _picture(_nobody)) == expected


async def test_a_silent_portrait_camera_gives_no_value_and_no_doubt(model: FaceModel) -> None:
    camera = await camera_of((9.0, _picture(_nobody)))
    camera.stall()
    assert await FaceBeside(camera, model, WORKERS, CLOCK).signals() is None
