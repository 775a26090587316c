"""Opening a sensor in any state: at any speed, half asleep, talking, or with somebody's templates in it."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation, Instruction, Parameter
from hw.fingerprint.faults import SensorRefused, SensorSilent, TemplatesRemain
from hw.fingerprint.geometry import Source
from hw.fingerprint.profiles import R307, R503, SensorProfile
from hw.fingerprint.sensor import FingerprintSensor
from hw.fingerprint.speed import DOCUMENTED, UNDOCUMENTED
from simulator.damage import Chunk, Damage, silence
from simulator.fingerprint.faults import SensorFaults
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.before import told
from tests.wire.conftest import Stopwatch
from tests.wire.faults import about, instead
from tests.wire.images import whole_image

FASTER = replace(R307, fastest_baud=2_400_000)  # nobody promises that; some do it


def at_speed(baud: int, rng: np.random.Generator, profile: SensorProfile = FASTER) -> FingerprintTwin:
    """A sensor that somebody left at a speed."""
    twin = FingerprintTwin(profile, rng, noise_levels=0.0)
    told(twin, Instruction.WRITE_PARAMETER, bytes([Parameter.BAUD, baud // 9_600]))
    return twin


@pytest.mark.parametrize("baud", [*DOCUMENTED, *UNDOCUMENTED])
async def test_a_sensor_is_found_at_every_speed_of_its_family(
    baud: int, rng: np.random.Generator, stopwatch: Stopwatch
) -> None:
    sensor = FingerprintSensor(DirectLine(at_speed(baud, rng), R307.baud), R307)

    assert (await sensor.open()).found_baud == baud
    assert stopwatch.elapsed_s() < 6.0
    assert not await sensor.finger_is_imaged()


async def test_a_sensor_is_brought_to_the_allowed_speed_and_the_largest_packets(
    rng: np.random.Generator, ridges: NDArray[np.uint8], stopwatch: Stopwatch
) -> None:
    twin = FingerprintTwin(R307, rng, noise_levels=0.0)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307, fastest_baud=115_200)

    opening = await sensor.open()

    assert (opening.parameters.baud, opening.parameters.packet_bytes) == (115_200, 256)
    twin.present(ridges)
    await sensor.finger_is_imaged()
    begun_s = stopwatch.elapsed_s()
    assert np.array_equal((await whole_image(sensor)).pixels, ridges)
    assert stopwatch.elapsed_s() - begun_s < 1.03 * 3.34  # the wire's own time, 256 bytes at 115,200 baud


async def test_a_sensor_is_opened_within_a_second_when_the_last_visit_left_it_fast(
    rng: np.random.Generator, stopwatch: Stopwatch
) -> None:
    twin = at_speed(115_200, rng)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307, fastest_baud=115_200)

    await sensor.open()

    assert stopwatch.elapsed_s() < 0.2


async def test_a_sensor_that_is_faster_than_allowed_is_slowed_down(rng: np.random.Generator) -> None:
    sensor = FingerprintSensor(DirectLine(at_speed(921_600, rng), R307.baud), R307, fastest_baud=115_200)

    assert (await sensor.open()).parameters.baud == 115_200


@pytest.mark.parametrize("waits", [1, 2, 3, 4])
async def test_a_sensor_that_changes_its_speed_late_is_waited_for(
    waits: int, rng: np.random.Generator
) -> None:
    twin = FingerprintTwin(replace(R307, packet_bytes=256), rng)
    twin.faults = SensorFaults(parameters_wait=waits)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307, fastest_baud=115_200)

    assert (await sensor.open()).parameters.baud == 115_200
    assert not await sensor.finger_is_imaged()


@pytest.mark.parametrize(
    "confirmation", [Confirmation.INVALID_VALUE, Confirmation.INVALID_REGISTER, Confirmation.FLASH_FAILED]
)
async def test_a_sensor_that_refuses_a_speed_is_used_at_its_own(
    confirmation: Confirmation, twin: FingerprintTwin
) -> None:
    line = DirectLine(twin, R307.baud)
    twin.faults = SensorFaults(ignores_parameters=True)
    line.damage = about(Instruction.WRITE_PARAMETER, instead(confirmation))
    sensor = FingerprintSensor(line, R307, fastest_baud=115_200)

    opening = await sensor.open()

    assert (opening.parameters.baud, opening.parameters.packet_bytes) == (57_600, 128)
    assert not await sensor.finger_is_imaged()


async def test_a_sensor_that_agrees_to_a_speed_and_keeps_its_own_is_used_at_its_own(
    twin: FingerprintTwin, stopwatch: Stopwatch
) -> None:
    twin.faults = SensorFaults(ignores_parameters=True)
    sensor = FingerprintSensor(DirectLine(twin, R307.baud), R307, fastest_baud=115_200)

    assert (await sensor.open()).parameters.baud == 57_600
    assert stopwatch.elapsed_s() < 4.0


async def test_a_yes_to_a_new_speed_may_be_lost(twin: FingerprintTwin) -> None:
    line = DirectLine(twin, R307.baud, damage=about(Instruction.WRITE_PARAMETER, silence))
    sensor = FingerprintSensor(line, R307, fastest_baud=115_200)
    twin.faults = SensorFaults()
    told(twin, Instruction.WRITE_PARAMETER, bytes([Parameter.PACKET_SIZE, 3]))

    assert (await sensor.open()).parameters.baud == 115_200


def garbled_above(twin: FingerprintTwin, baud: int, every: int) -> Damage:
    """An adapter that loses the first byte of each so manieth answer at high speeds."""
    answers = 0

    def garble(chunk: Chunk) -> Chunk:
        nonlocal answers
        answers += twin.baud > baud
        is_hit = twin.baud > baud and answers % every == 0
        return replace(chunk, data=chunk.data[1:]) if is_hit else chunk

    return garble


@pytest.mark.parametrize("every", [1, 2, 3, 4])
async def test_a_speed_that_opting_in_gains_but_does_not_hold_is_given_up_for_a_sure_one(
    every: int, rng: np.random.Generator
) -> None:
    twin = FingerprintTwin(FASTER, rng)
    line = DirectLine(twin, R307.baud, damage=garbled_above(twin, 115_200, every))
    sensor = FingerprintSensor(line, R307, fastest_baud=921_600)

    assert (await sensor.open()).parameters.baud == 115_200


async def test_a_speed_that_holds_is_gained_by_opting_in(rng: np.random.Generator) -> None:
    sensor = FingerprintSensor(
        DirectLine(FingerprintTwin(FASTER, rng), R307.baud), R307, fastest_baud=921_600
    )

    assert (await sensor.open()).parameters.baud == 921_600


async def test_a_speed_at_which_no_image_comes_whole_is_left_for_that_of_delivery(
    twin: FingerprintTwin, ridges: NDArray[np.uint8]
) -> None:
    def cut(chunk: Chunk) -> Chunk:
        is_cut = twin.baud > R307.baud and chunk.number == 100
        return replace(chunk, data=chunk.data[:50]) if is_cut else chunk

    sensor = FingerprintSensor(DirectLine(twin, R307.baud, damage=cut), R307, fastest_baud=115_200)
    await sensor.open()
    twin.present(ridges)
    await sensor.finger_is_imaged()

    assert np.array_equal((await whole_image(sensor)).pixels, ridges)
    assert (await sensor.read_parameters()).baud == 57_600


async def test_nobody_at_any_speed_is_silence_in_bounded_time(line: DirectLine, stopwatch: Stopwatch) -> None:
    line.damage = silence

    with pytest.raises(SensorSilent):
        await FingerprintSensor(line, R307, fastest_baud=115_200).open()

    assert stopwatch.elapsed_s() < 7.0


@pytest.mark.parametrize("profile", [R307, R503], ids=["r307", "r503"])
async def test_a_sensor_that_is_just_getting_power_is_opened(
    profile: SensorProfile, rng: np.random.Generator, stopwatch: Stopwatch
) -> None:
    line = DirectLine(FingerprintTwin(profile, rng), profile.baud)
    line.unplug()
    line.plug()

    await FingerprintSensor(line, profile).open()

    assert stopwatch.elapsed_s() < 5.0


@pytest.mark.parametrize("noise", [b"\x55", b"\xef\x01\xff\xff\xff\xff\x07\x00", bytes(range(256)) * 4])
async def test_noise_on_the_line_does_not_keep_a_sensor_from_being_opened(
    noise: bytes, sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.say(noise)

    assert (await sensor.open()).found_baud == 57_600


async def test_a_sensor_in_the_middle_of_an_upload_of_a_killed_process_is_opened(
    imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    await imaged.read_image(goes_on=lambda _: False)

    again = FingerprintSensor(line, R307, fastest_baud=115_200)

    assert (await again.open()).found_baud == 57_600
    assert np.array_equal((await whole_image(again)).pixels, ridges)


async def test_a_wrong_password_is_a_refusal_and_not_tried_again(rng: np.random.Generator) -> None:
    twin = FingerprintTwin(R307, rng, password=7)

    with pytest.raises(SensorRefused, match="WRONG_PASSWORD"):
        await FingerprintSensor(DirectLine(twin, R307.baud), R307).open()


async def test_a_sensor_tells_its_size_where_it_can(rng: np.random.Generator) -> None:
    twin = FingerprintTwin(replace(R503, columns=160, rows=160), rng, noise_levels=0.0)
    sensor = FingerprintSensor(DirectLine(twin, R503.baud), R503)

    geometry = (await sensor.open()).geometry

    assert (geometry.columns, geometry.rows, geometry.source) == (160, 160, Source.SENSOR)
    twin.present(np.zeros((160, 160), np.uint8))
    await sensor.finger_is_imaged()
    assert (await whole_image(sensor)).pixels.shape == (160, 160)


async def test_templates_that_stay_after_they_were_deleted_are_a_fault(line: DirectLine) -> None:
    line.damage = about(Instruction.READ_INDEX, instead(Confirmation.OK, bytes([0b101]) + bytes(31)))

    with pytest.raises(TemplatesRemain, match="keeps 2 templates"):
        await FingerprintSensor(line, R307).open()


async def test_a_sensor_that_does_not_show_what_it_holds_is_not_opened(line: DirectLine) -> None:
    line.damage = about(Instruction.READ_INDEX, silence)

    with pytest.raises(SensorSilent):
        await FingerprintSensor(line, R307).open()
