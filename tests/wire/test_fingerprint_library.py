"""Templates on a sensor: those of one visit in its scratch pages, and what the library does with any."""

import asyncio

import numpy as np
import pytest

from hw.fingerprint.codes import Instruction
from hw.fingerprint.faults import SensorSilent, TemplatesRemain
from hw.fingerprint.image import Extraction
from hw.fingerprint.library import Found
from hw.fingerprint.profiles import R307, R503
from hw.fingerprint.scratch import PAGES
from hw.fingerprint.sensor import FingerprintSensor
from simulator.damage import only, silence
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lines import DirectLine
from tests.wire.faults import about

STRIPES = np.tile(np.array([0, 0, 0, 0, 255, 255, 255, 255], np.uint8), (R307.rows, 32))


async def _take(sensor: FingerprintSensor, twin: FingerprintTwin, whose: str, buffer: int = 1) -> None:
    """Somebody's finger comes into a buffer."""
    twin.present(STRIPES, whose)
    assert await sensor.finger_is_imaged()
    assert await sensor.extract_features(buffer) is Extraction.FOUND
    twin.lift()


@pytest.fixture
async def opened(sensor: FingerprintSensor) -> FingerprintSensor:
    await sensor.open()
    return sensor


async def test_a_finger_that_was_kept_is_found_again_by_its_page(
    opened: FingerprintSensor, twin: FingerprintTwin
) -> None:
    pages: list[int | None] = []
    for whose in ("thumb", "index", "middle"):
        await _take(opened, twin, whose)
        pages.append(await opened.scratch.keep())

    await _take(opened, twin, "index")
    found = await opened.scratch.search()
    assert found is not None
    assert found.page == pages[1]

    await _take(opened, twin, "little")
    assert await opened.scratch.search() is None


async def test_nothing_of_a_visit_is_left_after_the_wipe(
    opened: FingerprintSensor, twin: FingerprintTwin
) -> None:
    await _take(opened, twin, "thumb")
    await opened.scratch.keep()
    assert await opened.library.count() == 1

    assert await opened.scratch.wipe() == 1

    assert await opened.library.count() == 0
    assert await opened.scratch.search() is None


async def test_templates_of_a_visit_whose_process_was_killed_are_wiped_when_the_sensor_is_opened(
    opened: FingerprintSensor, twin: FingerprintTwin, line: DirectLine
) -> None:
    for _ in range(3):
        await _take(opened, twin, "thumb")
        await opened.scratch.keep()

    assert (await FingerprintSensor(line, R307).open()).templates_wiped == 3
    assert await opened.library.held_pages() == frozenset()


async def test_a_visit_may_keep_as_many_fingers_as_there_are_pages(
    opened: FingerprintSensor, twin: FingerprintTwin
) -> None:
    await _take(opened, twin, "thumb")

    kept = [await opened.scratch.keep() for _ in range(len(PAGES) + 1)]

    assert kept == [*PAGES, None]


async def test_a_wipe_whose_yes_is_lost_is_looked_after(
    opened: FingerprintSensor, twin: FingerprintTwin, line: DirectLine
) -> None:
    await _take(opened, twin, "thumb")
    await opened.scratch.keep()
    line.damage = about(Instruction.DELETE_TEMPLATES, only(silence, 0))

    assert await opened.scratch.wipe() == 1
    assert await opened.library.count() == 0


async def test_a_wipe_that_cannot_be_seen_is_a_fault(
    opened: FingerprintSensor, twin: FingerprintTwin, line: DirectLine
) -> None:
    await _take(opened, twin, "thumb")
    await opened.scratch.keep()
    line.damage = about(Instruction.READ_INDEX, only(silence, 1, chunks=9))

    with pytest.raises((SensorSilent, TemplatesRemain)):
        await opened.scratch.wipe()


async def test_a_template_travels_from_one_buffer_to_another(
    opened: FingerprintSensor, twin: FingerprintTwin
) -> None:
    await _take(opened, twin, "thumb")
    template = await opened.templates.upload(1)

    await opened.templates.download(2, template)

    assert len(template.content) == 512
    assert await opened.templates.match() is not None
    assert await opened.templates.combine()
    await opened.library.store(300, 2)
    assert await opened.library.search(range(200, 400)) == Found(300, 120)
    await opened.library.load(300, 1)
    await opened.library.empty()
    assert await opened.library.held_pages(1) == frozenset()


async def test_the_information_page_comes_whole(opened: FingerprintSensor) -> None:
    assert len(await opened.settings.read_information_page()) == 512


async def test_a_reset_sensor_is_opened_again(rng: np.random.Generator) -> None:
    twin = FingerprintTwin(R503, rng)
    sensor = FingerprintSensor(DirectLine(twin, R503.baud), R503)
    await sensor.open()

    await sensor.extras.reset()

    assert (await sensor.open()).found_baud == R503.baud


async def _enrol_for(sensor: FingerprintSensor, limit_s: float) -> None:
    async with asyncio.timeout(limit_s):
        async for _ in sensor.unattended.enrol(5):
            pass


async def test_a_cancelled_enrolment_leaves_the_sensor_ready(rng: np.random.Generator) -> None:
    twin = FingerprintTwin(R503, rng)
    sensor = FingerprintSensor(DirectLine(twin, R503.baud), R503)
    await sensor.open()
    twin.present(STRIPES)

    with pytest.raises(TimeoutError):
        await _enrol_for(sensor, 5.0)

    assert await sensor.finger_is_imaged()
