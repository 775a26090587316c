"""Every state, command, distance, age and circumstance: `python -m tests.iris_coprocessor.enumerate`.

Each case brings the module's own core into a state, gives it readings and packets, and looks at the moment
that follows: is there light, and may there be? A case is unsafe when there is light that a layer forbids.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "firmware/iris_coprocessor"))  # as pytest does

import faults
import states
from irradiance import FARTHEST_MM
from limits import HEARTBEAT_MS, HOT_DC, MOST_DUTY_PM, MOST_ON_US, STALE_MS, TOO_CLOSE_MM, TOO_CLOSE_TIMES

from hw.iris.messages import Arming
from hw.iris.protocol import Kind
from tests.iris_coprocessor.pure_module import ARMING, MS, PureModule

STATES = ("OFF", "IDLE", "ARMED", "STROBING", "COOLDOWN", "FAULT")
DISTANCES: dict[str, tuple[int | None, ...]] = {
    "nobody": (None,),
    "touching": (0, 65_533, 65_535),  # numbers below 0 that wrapped
    "too close": (TOO_CLOSE_MM - 1,) * 3,
    "too close twice": (TOO_CLOSE_MM - 1,) * 2,
    "too close once": (TOO_CLOSE_MM - 1,),
    "too close, then nobody": (*(TOO_CLOSE_MM - 1,) * 3, None),
    "too close, then just right": (*(TOO_CLOSE_MM - 1,) * 3, 300),
    "nearest": (TOO_CLOSE_MM,),
    "right": (300,),
    "far": (FARTHEST_MM,),
}
AGES_MS = (0, 500, 501, 2_000)
COMMANDS: dict[str, tuple[int, bytes] | None] = {
    "nothing": None,
    "HELLO": (Kind.HELLO, b""),
    "STATUS": (Kind.STATUS, b""),
    "ARM": (Kind.ARM, ARMING.encode()),
    "ARM, longest pulse": (Kind.ARM, Arming(2, 25, MOST_ON_US, 9, 60).encode()),
    "ARM, pulse too long": (Kind.ARM, Arming(2, 20, MOST_ON_US + 1, 9, 60).encode()),
    "ARM, too often": (Kind.ARM, Arming(2, 30, 3_400, 9, 60).encode()),
    "ARM, no frames a second": (Kind.ARM, Arming(2, 0, 3_000, 9, 60).encode()),
    "ARM, too many seconds": (Kind.ARM, Arming(2, 30, 3_000, 9, 61).encode()),
    "ARM, cut": (Kind.ARM, ARMING.encode()[:-1]),
    "DISARM": (Kind.DISARM, b""),
    "SET_ON_US": (Kind.SET_ON_US, (2_000).to_bytes(2, "little")),
    "SET_ON_US, 0": (Kind.SET_ON_US, bytes(2)),
    "SET_ON_US, too long": (Kind.SET_ON_US, b"\xff\xff"),
    "UNLOCK": (Kind.UNLOCK, b""),
    "TIMESYNC": (Kind.TIMESYNC, bytes(8)),
    "HEARTBEAT": (Kind.HEARTBEAT, b""),
    "SELFTEST": (Kind.SELFTEST, b""),
    "BEGIN": (Kind.UPDATE_BEGIN, (99).to_bytes(4, "little")),
    "BLOCK": (Kind.UPDATE_BLOCK, bytes(3)),
    "VERIFY": (Kind.UPDATE_VERIFY, bytes(4)),
    "ACTIVATE": (Kind.UPDATE_ACTIVATE, b""),
    "unknown": (0x2A, b""),
}
CIRCUMSTANCES = ("usual", "hot", "dose full", "button held", "fuse tripped", "distance sensor dead")
KEEPS_ALIVE_MS = 400
BEGIN_US = 1_000 * MS
DECISION_US = BEGIN_US + 2_400 * MS


@dataclass(frozen=True, slots=True)
class Case:
    """One combination; ages in milliseconds, of the last reading and of the last packet, the command."""

    state: str
    command: str
    distance: str
    ranged_ms: int
    heard_ms: int
    circumstance: str


def cases() -> Iterator[Case]:
    """All of them."""
    everything = product(STATES, COMMANDS, DISTANCES, AGES_MS, AGES_MS, CIRCUMSTANCES)
    return (Case(*each) for each in everything)


def played(case: Case) -> PureModule:
    """The module at the moment after the case has happened to it."""
    module = _in_state(case.state)
    readings = DISTANCES[case.distance]
    moments = [
        (DECISION_US - case.ranged_ms * MS - MS * n, value) for n, value in enumerate(reversed(readings))
    ]
    command_us = DECISION_US - case.heard_ms * MS
    for at_us in sorted({*_quiet_moments(), *(at for at, _ in moments), command_us, DECISION_US}):
        module.board.now_us = at_us
        for reading_us, value in moments:
            if reading_us == at_us:
                module.range(value)
        _keep_alive(module, at_us, moments[-1][0], command_us)
        if at_us == command_us:
            _befall(module, case)
        if at_us == DECISION_US:
            module.pulses.clear()
            module.step()
        else:
            module.core.step(module.board.ticks_us())
    return module


def _quiet_moments() -> range:
    return range(BEGIN_US, DECISION_US, KEEPS_ALIVE_MS * MS)


def _keep_alive(module: PureModule, at_us: int, first_reading_us: int, command_us: int) -> None:
    """Until the case's own reading and command come, somebody stands right and the terminal speaks."""
    if at_us < first_reading_us:
        module.range(300)
    if at_us < command_us:
        module.ask(Kind.HEARTBEAT)


def _befall(module: PureModule, case: Case) -> None:
    module.board.button_is_held = case.circumstance == "button held"
    match case.circumstance:
        case "hot":
            module.core.sensed(HOT_DC, True)
        case "dose full":
            module.core.guard.ledger.add(200_000_000)
        case "fuse tripped":
            module.core.sensed(250, False)
        case "distance sensor dead":
            module.core.guard.tof_failed()
        case _:
            pass
    module.board.tests = 0
    command = COMMANDS[case.command]
    if command is not None:
        module.ask(*command)


def _in_state(state: str) -> PureModule:
    module = PureModule(begin_us=BEGIN_US)
    if state == "OFF":
        module.range(300)
        return module
    if state == "FAULT":
        module.board.broken = faults.ONE_SHOT_FAIL
    module.prove()
    module.range(300)
    module.core.step(module.board.ticks_us())
    if state in ("ARMED", "STROBING", "COOLDOWN"):
        module.ask(Kind.ARM, ARMING.encode())
    if state == "STROBING":
        module.step()
    if state == "COOLDOWN":
        module.ask(Kind.DISARM)
    return module


def why_unsafe(case: Case, module: PureModule) -> list[str]:
    """What is wrong with the moment after the case; nothing when it is safe."""
    core = module.core
    on_us = module.pulses[-1].on_us if module.pulses else 0
    reasons: list[str] = []
    if core.is_lit() and (forbidden := list(_forbidden(case))):
        reasons.append(f"armed although {', '.join(forbidden)}")
    if on_us and (forbidden := [*_forbidden(case), *_no_pulse(case)]):
        reasons.append(f"lit although {', '.join(forbidden)}")
    if module.board.tests and (forbidden := list(_no_test(case))):
        reasons.append(f"lit by a self-test although {', '.join(forbidden)}")
    if on_us > MOST_ON_US or (core.session and on_us * core.session.fps > MOST_DUTY_PM * MS):
        reasons.append("lit for too long")
    if case.state == "FAULT" and core.state != states.FAULT and not _is_unlocked(case):
        reasons.append("out of FAULT without service")
    return reasons


def _forbidden(case: Case) -> Iterator[str]:
    """Why no session may run."""
    close = [reading for reading in DISTANCES[case.distance] if _is_close(reading)]
    if case.ranged_ms > STALE_MS:
        yield "the distance is stale"
    if len(close) >= TOO_CLOSE_TIMES:  # one good reading after them is not enough
        yield "somebody was too close three times"
    if case.heard_ms > HEARTBEAT_MS:
        yield "the terminal is silent"
    if case.circumstance in ("hot", "dose full", "fuse tripped"):
        yield case.circumstance
    if case.state == "FAULT" and not _is_unlocked(case):
        yield "FAULT is latched"


def _is_close(reading: int | None) -> bool:
    return reading is not None and not TOO_CLOSE_MM <= reading <= FARTHEST_MM


def _no_pulse(case: Case) -> Iterator[str]:
    """Why this one frame may not be lit."""
    last = DISTANCES[case.distance][-1]
    if _is_close(last):
        yield "the last reading is too close"


def _no_test(case: Case) -> Iterator[str]:
    """Why the light may not test itself because it is asked to; at a start it always does."""
    if case.command != "SELFTEST":
        return
    if case.circumstance in ("hot", "dose full"):
        yield case.circumstance
    if case.circumstance == "fuse tripped" or (case.state == "FAULT" and case.circumstance != "button held"):
        yield "FAULT is latched"


def _is_unlocked(case: Case) -> bool:
    return case.command == "UNLOCK" and case.circumstance == "button held"


def main() -> int:
    """0 when no case is unsafe."""
    seen = unsafe = lit = 0
    after: set[tuple[str, int]] = set()
    for case in cases():
        module = played(case)
        seen += 1
        lit += bool(module.pulses)
        after.add((case.state, module.core.state))
        if reasons := why_unsafe(case, module):
            unsafe += 1
            sys.stdout.write(f"{case}: {'; '.join(reasons)}\n")
    sizes = (
        *(f"{len(STATES)} states", f"{len(COMMANDS)} commands", f"{len(DISTANCES)} distances"),
        *(f"{len(AGES_MS)} ages of the distance", f"{len(AGES_MS)} ages of the last packet"),
        f"{len(CIRCUMSTANCES)} circumstances",
    )
    sys.stdout.write(f"{seen} cases: {' x '.join(sizes)}\n")
    sys.stdout.write(f"{lit} lit, {len(after)} ways from state to state, {unsafe} unsafe\n")
    return 1 if unsafe else 0


if __name__ == "__main__":
    sys.exit(main())
