"""The adapter for picamera2 over a twin of that library, with its real thread."""

import asyncio
from dataclasses import replace

import pytest

from hw.boards.camera import CameraBoard
from hw.camera.frames import CameraSilent
from hw.camera.source import Picamera2Camera
from hw.faults import DeviceFault
from tests.camera.boards import IRIS_BOARD, PORTRAIT_BOARD
from tests.camera.optics import AF_FAILED, AF_SCANNING, Optics
from tests.camera.twin import IRIS, PORTRAIT, World


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the adapter has a thread."""
    return "asyncio"


@pytest.fixture
def world() -> World:
    return World()


def _camera(world: World, board: CameraBoard = PORTRAIT_BOARD, close_limit_s: float = 4.0) -> Picamera2Camera:
    return Picamera2Camera(
        "portrait", board, world.library, stall_s=0.05, back_off_s=(0.01,), close_limit_s=close_limit_s
    )


def _now_s() -> float:
    return asyncio.get_running_loop().time()


async def test_frames_are_upright_rgb_of_the_boards_size_and_newer_each_time(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    first = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    second = await camera.newest(exposed_after_s=first.exposed_s, timeout_s=10.0)
    await camera.close()
    assert first.pixels.shape == (160, 120, 3)
    assert second.exposed_s > first.exposed_s
    assert not second.pixels.flags.writeable
    assert (
        second.pixels[:, -1].min() > 230
    )  # the sensor's first row is the right edge when it lies on its side
    assert second.pixels[:, :-1].max() < 230


async def test_a_still_is_main_of_the_very_exposure_that_is_analysed(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    frame = await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert frame.still is not None
    assert frame.still.shape == (216, 162, 3)
    assert abs(float(frame.still[:, :-1].mean()) * 255 / 219 - float(frame.pixels[:, :-1].mean())) < 2.0


async def test_a_still_is_copied_only_while_somebody_asks(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert frame.still is None


async def test_a_frame_whose_exposure_began_before_does_not_count(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    switched_s = _now_s()
    frame = await camera.newest(exposed_after_s=switched_s, timeout_s=10.0)
    await camera.close()
    assert frame.exposed_s > switched_s
    began_before_it_came_s = 1e-6 * frame.metadata["ExposureTime"] + 1e-3
    assert frame.exposed_s <= _now_s() - began_before_it_came_s


async def test_the_record_has_what_libcamera_says_as_numbers(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert {"ExposureTime", "ColourGainRed", "ColourGainBlue", "ScalerCropX", "Lux"} <= set(frame.metadata)
    assert frame.metadata["ScalerCropWidth"] == 3456.0
    assert "SensorBlackLevels" not in frame.metadata
    assert all(isinstance(value, float) for value in frame.metadata.values())


async def test_a_mono_camera_delivers_grey_frames_at_a_fixed_exposure(world: World) -> None:
    camera = _camera(world, IRIS_BOARD)
    await camera.open()
    frame = await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert frame.pixels.shape == (60, 80)
    assert frame.still is frame.pixels
    assert frame.metadata["ExposureTime"] == pytest.approx(3000, abs=15)
    assert not {"AwbEnable", "ColourGains"} & {name for sent in world.camera.sent for name in sent}
    assert world.camera.sent[0]["ScalerCrop"] == (320, 160, 640, 480)


@pytest.mark.parametrize("address", [PORTRAIT["Model"], PORTRAIT["Id"]])
async def test_a_camera_is_chosen_by_model_or_id_wherever_it_is_listed(world: World, address: str) -> None:
    world.there.reverse()
    camera = _camera(world, replace(PORTRAIT_BOARD, address=address))
    await camera.open()
    await camera.close()
    assert world.there[world.camera.place]["Model"] == "imx708"


async def test_an_absent_camera_is_a_fault_that_lists_those_that_are_there(world: World) -> None:
    del world.there[0]
    with pytest.raises(DeviceFault, match=rf"no imx708 is there.*ov9281 \({IRIS['Id']}\)"):
        await _camera(world).open()


async def test_two_of_a_model_are_told_apart_by_id_only(world: World) -> None:
    world.there.append(dict(PORTRAIT, Id="other"))
    with pytest.raises(DeviceFault, match=r"2 are imx708; write the Id of one.*other"):
        await _camera(world).open()


async def test_a_camera_that_delivers_other_sizes_than_promised_is_a_fault_and_is_let_go(
    world: World,
) -> None:
    world.adjusted = (192, 162)
    with pytest.raises(DeviceFault, match=r"main is \(192, 162\) and not \(216, 162\)"):
        await _camera(world).open()
    assert not world.camera.is_open


async def test_no_memory_for_buffers_is_a_fault(world: World) -> None:
    world.refusals.append(OSError(12, "Cannot allocate memory"))
    with pytest.raises(DeviceFault, match="Cannot allocate memory"):
        await _camera(world).open()


async def test_nothing_moves_while_it_is_held_and_everything_is_automatic_after_it(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        before = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
        world.optics.wanted_us, world.optics.wanted_gains = 20_000.0, (1.2, 2.4)
        after = before
        for _ in range(20):
            after = await camera.newest(exposed_after_s=after.exposed_s, timeout_s=10.0)
    assert is_held
    names = ("ExposureTime", "AnalogueGain", "ColourGainRed", "ColourGainBlue", "LensPosition")
    assert [after.metadata[name] for name in names] == [before.metadata[name] for name in names]
    await _becomes(camera, ExposureTime=20_000.0, ColourGainRed=1.2, AeState=2.0, AfState=2.0)
    await camera.close()


async def _becomes(camera: Picamera2Camera, **figures: float) -> None:
    """Frames until the figures are these, within the limit."""
    async with asyncio.timeout(20.0):
        while True:
            frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
            if all(
                frame.metadata[name] == pytest.approx(figure, rel=0.02) for name, figure in figures.items()
            ):
                return


async def test_what_is_held_is_what_had_converged(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert is_held
    assert frame.metadata["ExposureTime"] == pytest.approx(9_000, rel=0.02)
    assert frame.metadata["ColourGainRed"] == pytest.approx(2.1, rel=0.02)
    assert frame.metadata["LensPosition"] == pytest.approx(1.8)


@pytest.mark.parametrize("ends", [AF_FAILED, AF_SCANNING])
async def test_a_focus_that_finds_nothing_goes_where_the_board_file_says(ends: int) -> None:
    world = World(optics=Optics(focus_ends=ends))
    camera = _camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert is_held
    assert frame.metadata["LensPosition"] == pytest.approx(1.67)


async def test_light_that_never_settles_is_not_held_and_stays_automatic(world: World) -> None:
    world.optics.wanted_us, world.optics.row_us = 9_000.0, 500.0  # steps too coarse to come near
    camera = _camera(world)
    await camera.open()
    async with camera.held(0.3) as is_held:
        pass
    await camera.close()
    assert not is_held
    assert all(not sent.get("ExposureTime") for sent in world.camera.sent)


async def test_a_hold_that_is_cancelled_leaves_the_camera_automatic(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    entered = asyncio.Event()

    async def hold() -> None:
        async with camera.held(20.0):
            entered.set()
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    await entered.wait()
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    world.optics.wanted_us = 20_000.0
    await _becomes(camera, ExposureTime=20_000.0)
    await camera.close()


async def test_a_camera_that_offers_no_controls_has_nothing_to_hold(world: World) -> None:
    world.controls = ()
    camera = _camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        pass
    await camera.close()
    assert is_held
    assert all(sent == {} for sent in world.camera.sent)


async def test_a_stall_is_silence_then_the_camera_is_opened_again(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    world.delivers.clear()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=_now_s() + 0.1, timeout_s=0.15)
    world.delivers.set()
    frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert frame.pixels.shape == (160, 120, 3)
    assert len(world.opened) > 1
    assert not any(camera.is_open for camera in world.opened)


async def test_a_camera_that_is_back_only_later_is_found(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    world.refusals += [RuntimeError("Camera frontend has timed out")] * 3
    world.delivers.clear()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=_now_s() + 0.1, timeout_s=0.15)
    world.delivers.set()
    await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert world.refusals == []


async def test_a_hold_outlasts_a_stall(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    async with camera.held(20.0):
        held = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
        world.optics.wanted_us = 20_000.0
        world.delivers.clear()
        with pytest.raises(CameraSilent):
            await camera.newest(exposed_after_s=_now_s() + 0.1, timeout_s=0.15)
        world.delivers.set()
        frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert len(world.opened) > 1
    assert frame.metadata["ExposureTime"] == held.metadata["ExposureTime"]


async def test_a_hold_without_frames_is_silence(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    world.delivers.clear()
    with pytest.raises(CameraSilent):
        async with camera.held(0.2):
            pass
    world.delivers.set()
    await camera.close()


async def test_every_buffer_goes_back_to_the_camera(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    for _ in range(12):
        await camera.still(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert world.camera.lent == 0
    assert not any(allocator.is_open for allocator in world.allocators)
    assert len(world.opened) == 1


async def test_closing_is_bounded_when_the_driver_is_stuck(world: World) -> None:
    camera = _camera(world, close_limit_s=0.2)
    await camera.open()
    world.may_close.clear()
    begun_s = _now_s()
    await camera.close()
    await camera.close()
    assert _now_s() < begun_s + 1.0
    with pytest.raises(DeviceFault):
        await camera.open()
    world.may_close.set()


async def test_a_closed_camera_opens_again_and_keeps_no_old_frame(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=0.0, timeout_s=0.05)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert len(world.opened) == 2


async def test_one_configuration_serves_frames_and_stills(world: World) -> None:
    camera = _camera(world)
    await camera.open()
    await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    config = world.camera.config
    assert (config["queue"], config["buffer_count"]) == (True, 4)
    assert config["sensor"] == {"output_size": (2304, 1296), "bit_depth": 10}


async def test_a_machine_without_picamera2_says_what_to_install() -> None:
    with pytest.raises(DeviceFault, match="apt install python3-picamera2"):
        await Picamera2Camera("portrait", PORTRAIT_BOARD).open()
