"""A twin behind a terminal hears and says garbage while a driver has set another speed than its own."""

from collections.abc import AsyncIterator

import numpy as np
import pytest

from hw.fingerprint.codes import Instruction
from hw.fingerprint.profiles import R307
from hw.fingerprint.protocol import command, packet_stream
from hw.wire.serial_line import SerialLine, open_serial
from simulator.bench_pty import PtyBench
from simulator.fingerprint.twin import FingerprintTwin

ASK = command(Instruction.READ_PARAMETERS).encode()


@pytest.fixture
def anyio_backend() -> str:
    """Real time: terminals do not exist under virtual time."""
    return "asyncio"


@pytest.fixture
async def line() -> AsyncIterator[SerialLine]:
    """A terminal at double the sensor's speed."""
    bench = PtyBench(FingerprintTwin(R307, np.random.default_rng(7)), is_paced=False)
    line = open_serial(str(bench.plug()), 2 * R307.baud)
    yield line
    line.close()
    bench.unplug()


async def test_a_sensor_at_another_speed_does_not_understand(line: SerialLine) -> None:
    await line.write(ASK, timeout_s=1.0)
    assert await line.read_some(timeout_s=0.3) == b""

    line.set_baud(R307.baud)

    await line.write(ASK, timeout_s=1.0)
    assert len(packet_stream().feed(await line.read_some(timeout_s=1.0))) == 1
