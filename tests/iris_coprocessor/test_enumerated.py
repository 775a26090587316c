"""Eye safety, case by case, and that the judge of the cases is not blind."""

from dataclasses import replace

import pytest

from tests.iris_coprocessor.enumerate import Case, main, played, why_unsafe

LIT = Case("STROBING", "HEARTBEAT", "right", 0, 0, "usual")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_case_is_unsafe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0

    said = capsys.readouterr().out
    assert said.startswith("132480 cases: 6 states x 23 commands x 10 distances x 4 ages")
    assert "1408 lit" in said


def test_a_usual_session_is_lit() -> None:
    module = played(LIT)

    assert [pulse.on_us for pulse in module.pulses] == [3000]
    assert why_unsafe(LIT, module) == []


@pytest.mark.parametrize(
    "case",
    [
        replace(LIT, distance="too close"),
        replace(LIT, distance="too close once"),
        replace(LIT, ranged_ms=501),
        replace(LIT, heard_ms=501),
        replace(LIT, circumstance="hot"),
        replace(LIT, circumstance="dose full"),
        replace(LIT, circumstance="fuse tripped"),
        replace(LIT, state="FAULT"),
    ],
    ids=lambda case: f"{case.state}, {case.distance}, {case.circumstance}, {case.ranged_ms}, {case.heard_ms}",
)
def test_light_where_there_may_be_none_would_be_found(case: Case) -> None:
    module_that_is_lit = played(LIT)

    assert why_unsafe(case, module_that_is_lit) != []
