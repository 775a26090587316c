"""The fingerprint driver on a line that alters bytes: it delivers what is right, or says what is wrong."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.faults import ImageDamaged, SensorSilent
from hw.fingerprint.sensor import FingerprintSensor
from simulator.damage import Damage, duplicate, flip, loss, only, silence, stall, together
from simulator.lines import DirectLine
from tests.wire.faults import (
    after_garbage,
    first_byte_lost,
    from_another_sensor,
    half_lost,
    late_by,
    twice,
)
from tests.wire.images import whole_image

ONE_FAULT = [
    pytest.param(silence, id="packet lost"),
    pytest.param(half_lost, id="half a packet lost"),
    pytest.param(first_byte_lost, id="byte lost"),
    pytest.param(twice, id="packet twice"),
    pytest.param(from_another_sensor, id="address of another sensor"),
    pytest.param(after_garbage, id="garbage before"),
    pytest.param(late_by(0.5), id="pause"),
]


@pytest.mark.parametrize("chunk", [0, 1, 144, 288], ids=["answer", "first data", "middle", "last data"])
@pytest.mark.parametrize("fault", ONE_FAULT)
async def test_one_fault_in_an_upload_costs_at_most_a_repetition(
    fault: Damage, chunk: int, imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    line.damage = only(fault, chunk)

    image = await whole_image(imaged)

    assert np.array_equal(image.pixels, ridges)
    assert not await imaged.finger_is_imaged()


@pytest.mark.parametrize("fault", ONE_FAULT)
async def test_one_fault_in_an_answer_costs_at_most_a_repeated_question(
    fault: Damage, sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.damage = only(fault, 0)

    assert (await sensor.read_parameters()).baud == 57_600


@pytest.mark.parametrize("fault", [silence, half_lost, first_byte_lost, from_another_sensor, after_garbage])
async def test_a_question_that_did_not_arrive_is_asked_again(
    fault: Damage, sensor: FingerprintSensor, line: DirectLine
) -> None:
    line.request_damage = only(fault, 0)

    assert (await sensor.read_parameters()).baud == 57_600


def all_together(rng: np.random.Generator) -> Damage:
    return together(loss(rng, 1e-5), flip(rng, 1e-5), stall(rng, 1e-3, 0.3))


SEEDED: dict[str, Callable[[np.random.Generator], Damage]] = {
    "lost bytes": lambda rng: loss(rng, 3e-5),
    "flipped bits": lambda rng: flip(rng, 3e-5),
    "doubled packets": lambda rng: duplicate(rng, 2e-3),
    "pauses": lambda rng: stall(rng, 2e-3, 0.8),
    "all together": all_together,
}


@pytest.mark.parametrize("damage", SEEDED.values(), ids=SEEDED.keys())
async def test_on_a_line_with_faults_now_and_then_every_image_is_right_or_an_error(
    damage: Callable[[np.random.Generator], Damage],
    imaged: FingerprintSensor,
    line: DirectLine,
    rng: np.random.Generator,
    ridges: NDArray[np.uint8],
) -> None:
    line.damage = damage(rng)
    right = 0
    for _ in range(6):
        try:
            image = await whole_image(imaged)
        except (ImageDamaged, SensorSilent):
            continue
        assert np.array_equal(image.pixels, ridges)
        right += 1

    assert right >= 4


async def test_a_lost_packet_in_every_upload_is_damage_and_not_a_short_image(
    imaged: FingerprintSensor, line: DirectLine
) -> None:
    numbers = count()
    line.damage = lambda chunk: silence(chunk) if next(numbers) % 140 == 100 else chunk

    with pytest.raises(ImageDamaged) as damage:
        await whole_image(imaged)

    assert damage.value.received_bytes in {36_864 - 128, 36_864 - 256}
