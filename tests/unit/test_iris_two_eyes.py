"""One eye after the other, in virtual time: the first has to leave, and may not come again as the second."""

from dataclasses import replace

from firmware.capture.attempts import SeenBefore
from firmware.records.samples import EyeSide, Sample
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from tests.planned_eyes import HASTY, TIMING, PlannedScene, capturing, presented
from tests.scripted import CLOCK


async def test_an_eye_that_stays_is_waited_for_but_not_for_ever() -> None:
    capture, guide, _ = await capturing(PlannedScene((0.0, presented())), HASTY)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert HASTY.leave_limit_s < CLOCK.elapsed_s() < HASTY.leave_limit_s + 1.5


async def test_the_other_eye_is_looked_at_only_after_the_first_has_left() -> None:
    scene = PlannedScene(
        (0.0, presented(pose=EyePose(distance_mm=336))),
        (1.5, EyeScene.remove),
        (2.0, presented(EyeSide.LEFT)),
        (3.8, EyeScene.remove),
    )
    capture, guide, _ = await capturing(scene, HASTY)

    await capture.take(EyeSide.RIGHT, guide, 3)
    sample = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    taken_s = next(frame.exposed_s for frame in guide.frames if frame.pixels is sample.image)
    assert taken_s > 1.5 + TIMING.pause_s


async def test_an_eye_given_for_both_sides_is_noticed_and_is_no_sample() -> None:
    scene = PlannedScene((0.0, presented()), (1.6, EyeScene.remove), (4.0, presented()))
    capture, guide, _ = await capturing(scene)

    first = await capture.take(EyeSide.RIGHT, guide, 1)
    second = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(first, Sample)
    assert isinstance(second, SeenBefore)
    assert second.position is EyeSide.RIGHT


async def test_a_blink_is_not_taken_for_an_eye_that_leaves() -> None:
    shut = presented(pose=EyePose(openness=0.0))
    scene = PlannedScene((0.0, presented()), (1.9, shut), (2.1, presented()), (3.0, EyeScene.remove))
    capture, guide, _ = await capturing(scene)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert CLOCK.elapsed_s() > 3.0 + TIMING.hint_after_s


async def test_glasses_are_spoken_of_once_a_visit() -> None:
    scene = PlannedScene((0.0, presented()), (1.6, EyeScene.remove), (4.0, presented(EyeSide.LEFT)))
    capture, guide, _ = await capturing(scene, replace(TIMING, prepare_s=0.1))

    await capture.take(EyeSide.RIGHT, guide, 1)
    await capture.take(EyeSide.LEFT, guide, 1)

    assert guide.instructions.count("eye_prepare") == 1


async def test_an_eye_is_known_again_after_another_one_was_shown_in_its_place() -> None:
    scene = PlannedScene(
        (0.0, presented()),
        (1.6, EyeScene.remove),
        (4.0, presented(EyeSide.LEFT)),
        (5.6, EyeScene.remove),
        (8.0, presented()),
    )
    capture, guide, _ = await capturing(scene)

    first = await capture.take(EyeSide.RIGHT, guide, 1)
    retake = await capture.take(EyeSide.RIGHT, guide, 1)
    other = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(first, Sample)
    assert isinstance(retake, Sample)
    assert isinstance(other, SeenBefore)
    assert other.position is EyeSide.RIGHT


async def test_one_good_frame_alone_proves_nothing() -> None:
    far = presented(pose=EyePose(distance_mm=336))
    scene = PlannedScene((0.0, far), (0.3, presented()), (0.42, far))
    capture, guide, _ = await capturing(scene, HASTY)

    sample = await capture.take(EyeSide.RIGHT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.score > 0
    assert (sample.report.value("frames_agree"), sample.report.accepted) == (0.0, False)
