"""What ends a visit that does not end by itself, and scenarios that somebody interrupts."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from simulator.people.person import generate_person
from simulator.scenario import load_scenario
from simulator.time_limit import TimeLimitReached, cpu_limit
from simulator.visits import play
from tests.suite.test_scenarios_command import CHECKOUT, GOOD

END_S = 30.0


@pytest.fixture
def anyio_backend() -> str:
    """Processes live in real time."""
    return "asyncio"


def _spin() -> None:
    while True:
        pass


def test_code_that_never_ends_is_stopped() -> None:
    with pytest.raises(TimeLimitReached, match=r"0\.05 s of CPU"), cpu_limit(0.05):
        _spin()


@pytest.mark.slow
def test_a_visit_that_takes_too_long_is_a_crash_with_its_trace() -> None:
    scenario, person = load_scenario("adult_first_issue"), generate_person(1)
    with cpu_limit(1.5):
        (visit,) = play(scenario, [person], seed=1)
    assert visit.document["outcome"] == "crashed"
    assert visit.complaints == ("simulator.time_limit.TimeLimitReached: 1.5 s of CPU were not enough",)
    assert "view notice" in "".join(visit.played.trace.lines)


@pytest.mark.slow
async def test_an_interrupt_ends_every_process_and_says_so(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.toml").write_text(GOOD, "utf-8")
    words = ("-m", "simulator", "scenarios", "--jobs", "1", "--folder", str(tmp_path))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdout=PIPE, stderr=PIPE, cwd=CHECKOUT
    )
    assert process.stdout is not None
    async with asyncio.timeout(END_S):
        said = await process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        process.send_signal(signal.SIGINT)
        rest, complaint = await process.communicate()
    assert said.startswith(b"good   first")
    assert (process.returncode, rest, complaint) == (130, b"", b"interrupted\n")
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
