"""The adapter for picamera2 over a twin of that library: choice, frames, stills."""

from dataclasses import replace

import pytest

from hw.faults import DeviceFault
from tests.camera.boards import IRIS_BOARD, PORTRAIT_BOARD, now_s, pi_camera
from tests.camera.twin import IRIS, PORTRAIT, World


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the adapter has a thread."""
    return "asyncio"


@pytest.fixture
def world() -> World:
    return World()


async def test_frames_are_upright_rgb_of_the_boards_size_and_newer_each_time(world: World) -> None:
    camera = pi_camera(world)
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
    camera = pi_camera(world)
    await camera.open()
    frame = await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert frame.still is not None
    assert frame.still.shape == (216, 162, 3)
    assert abs(float(frame.still[:, :-1].mean()) * 255 / 219 - float(frame.pixels[:, :-1].mean())) < 2.0


async def test_a_still_is_copied_only_while_somebody_asks(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    frame = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert frame.still is None


async def test_a_frame_whose_exposure_began_before_does_not_count(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    switched_s = now_s()
    frame = await camera.newest(exposed_after_s=switched_s, timeout_s=10.0)
    await camera.close()
    assert frame.exposed_s > switched_s
    began_before_it_came_s = 1e-6 * frame.metadata["ExposureTime"] + 1e-3
    assert frame.exposed_s <= now_s() - began_before_it_came_s


async def test_the_record_has_what_libcamera_says_as_numbers(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert {"ExposureTime", "ColourGainRed", "ColourGainBlue", "ScalerCropX", "Lux"} <= set(frame.metadata)
    assert frame.metadata["ScalerCropWidth"] == 3456.0
    assert "SensorBlackLevels" not in frame.metadata
    assert all(isinstance(value, float) for value in frame.metadata.values())


async def test_a_mono_camera_delivers_grey_frames_at_a_fixed_exposure(world: World) -> None:
    camera = pi_camera(world, IRIS_BOARD)
    await camera.open()
    frame = await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert frame.pixels.shape == (60, 80)
    assert frame.still is frame.pixels
    assert frame.metadata["ExposureTime"] == pytest.approx(3000, abs=15)
    assert not {"AwbEnable", "ColourGains"} & {name for sent in world.camera.sent for name in sent}
    assert len(world.camera.sent) > 1
    assert all(sent["ScalerCrop"] == (320, 160, 640, 480) for sent in world.camera.sent)


@pytest.mark.parametrize("address", [PORTRAIT["Model"], PORTRAIT["Id"]])
async def test_a_camera_is_chosen_by_model_or_id_wherever_it_is_listed(world: World, address: str) -> None:
    world.there.reverse()
    camera = pi_camera(world, replace(PORTRAIT_BOARD, address=address))
    await camera.open()
    await camera.close()
    assert world.there[world.camera.place]["Model"] == "imx708"


async def test_an_absent_camera_is_a_fault_that_lists_those_that_are_there(world: World) -> None:
    del world.there[0]
    with pytest.raises(DeviceFault, match=rf"no imx708 is there.*ov9281 \({IRIS['Id']}\)"):
        await pi_camera(world).open()


async def test_two_of_a_model_are_told_apart_by_id_only(world: World) -> None:
    world.there.append(dict(PORTRAIT, Id="other"))
    with pytest.raises(DeviceFault, match=r"2 are imx708; write the Id of one.*other"):
        await pi_camera(world).open()


async def test_a_camera_that_delivers_other_sizes_than_promised_is_a_fault_and_is_let_go(
    world: World,
) -> None:
    world.adjusted = (192, 162)
    with pytest.raises(DeviceFault, match=r"main is \(192, 162\) and not \(216, 162\)"):
        await pi_camera(world).open()
    assert not world.camera.is_open


async def test_no_memory_for_buffers_is_a_fault(world: World) -> None:
    world.refusals.append(OSError(12, "Cannot allocate memory"))
    camera = pi_camera(world)
    with pytest.raises(DeviceFault, match="Cannot allocate memory"):
        await camera.open()
    await camera.open()
    await camera.close()


async def test_one_configuration_serves_frames_and_stills(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    config = world.camera.config
    assert (config["queue"], config["buffer_count"]) == (True, 4)
    assert config["sensor"] == {"output_size": (2304, 1296), "bit_depth": 10}
