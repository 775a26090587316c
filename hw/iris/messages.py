"""What the packets of the iris module mean; ValueError when a payload is none of its kind."""

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Self

UNKNOWN_MM = 0xFFFF

_IDENTITY = struct.Struct("<3sB8sHBHHHH")
_STATUS = struct.Struct("<BHHHhHII")
_ARMING = struct.Struct("<IBHBBHB")
_STROBE = struct.Struct("<HQHBHBH")
_DISTANCE = struct.Struct("<HBH")
_FAULT = struct.Struct("<HI")
_TIMES = struct.Struct("<QQQ")
_LINE = struct.Struct("<BHH")
_TEST_END = struct.Struct("<HB")
_ACK = struct.Struct("<BBB")


class State(IntEnum):
    """What the module's light does."""

    OFF = 0
    IDLE = 1
    ARMED = 2
    STROBING = 3
    COOLDOWN = 4
    FAULT = 5


class Faults(IntFlag):
    """What is wrong with the module, or with where people stand."""

    NONE = 0
    TOO_CLOSE = 1 << 0
    TOF_STALE = 1 << 1
    TOF_FAIL = 1 << 2
    OVERTEMP = 1 << 3
    DOSE = 1 << 4
    LED_OPEN = 1 << 5
    LED_SHORT = 1 << 6
    ONE_SHOT_FAIL = 1 << 7
    RAIL_TRIPPED = 1 << 8
    HOST_LOST = 1 << 9
    TRIGGER_LOST = 1 << 10
    WDT_RESET = 1 << 11
    CFG_CRC = 1 << 12


LATCHING = Faults.LED_SHORT | Faults.ONE_SHOT_FAIL | Faults.RAIL_TRIPPED | Faults.CFG_CRC


class Code(IntEnum):
    """What the module says to a command."""

    SUCCESS = 0
    VERSION = 1
    RANGE = 2
    IN_PROGRESS = 3
    FAIL = 4
    OVER_TEMPERATURE = 5
    OPERATION_NOT_SUPPORTED = 6
    INVALID_STATE = 7
    FORBIDDEN = 8


class Pattern(IntEnum):
    """How frames are lit: all lines each time, left and right in turn, or every fourth not at all."""

    BOTH = 0
    ALTERNATE = 1
    EVERY_FOURTH_DARK = 2


def _unpacked(layout: struct.Struct, payload: bytes, what: str) -> tuple[int, ...]:
    if len(payload) != layout.size:
        raise ValueError(f"{what} of {len(payload)} bytes")
    return layout.unpack(payload)


def _distance_mm(value: int) -> int | None:
    return None if value == UNKNOWN_MM else value


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the module is. serial: of the chip, in hex. radiant_mw_sr: of one LED."""

    program: tuple[int, int, int]
    hardware: int
    serial: str
    capabilities: int
    leds: int
    radiant_mw_sr: int
    most_on_us: int
    most_duty_pm: int
    nearest_mm: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read the answer to HELLO."""
        if len(payload) != _IDENTITY.size:
            raise ValueError(f"an identity of {len(payload)} bytes")
        program, hardware, serial, *rest = _IDENTITY.unpack(payload)
        return cls((program[0], program[1], program[2]), hardware, serial.hex(), *rest)


@dataclass(frozen=True, slots=True)
class ModuleStatus:
    """What the module does now. distance_mm: None when nothing is seen. dose_pm: thousandths of its limit."""

    state: State
    faults: Faults
    distance_mm: int | None
    distance_age_ms: int
    temperature_c: float
    dose_pm: int
    strobes: int
    up_ms: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read the answer to STATUS."""
        state, faults, distance, age, tenths, dose, strobes, up_ms = _unpacked(_STATUS, payload, "a status")
        distance_mm = _distance_mm(distance)
        return cls(State(state), Faults(faults), distance_mm, age, tenths / 10, dose, strobes, up_ms)


@dataclass(frozen=True, slots=True)
class Arming:
    """What a session is to be: frames lit for on_us, so many a second, at most `frames` and `most_s` seconds.

    lines: bit 0 the left string of LEDs, 1 the right, 2 between. ValueError for what does not fit the wire.
    """

    session: int
    frames_per_s: int
    on_us: int
    frames: int
    most_s: int
    lines: int = 0b111
    pattern: Pattern = Pattern.BOTH

    def encode(self) -> bytes:
        """The payload of ARM."""
        try:
            return _ARMING.pack(
                *(self.session, self.frames_per_s, self.on_us, self.lines, self.pattern),
                *(self.frames, self.most_s),
            )
        except struct.error as error:
            raise ValueError(f"a session that the wire cannot carry: {error}") from error


@dataclass(frozen=True, slots=True)
class Strobe:
    """One frame that was exposed. at_us: of the module's clock. on_us: 0 for a dark one."""

    index: int
    at_us: int
    on_us: int
    lines: int
    distance_mm: int | None
    sigma_mm: int
    dose_pm: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read an event."""
        index, at_us, on_us, lines, distance, sigma, dose = _unpacked(_STROBE, payload, "a strobe")
        return cls(index, at_us, on_us, lines, _distance_mm(distance), sigma, dose)


@dataclass(frozen=True, slots=True)
class Distance:
    """What the distance sensor sees. mm: None without a target. status, signal: the sensor's own."""

    mm: int | None
    status: int
    signal: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read an event."""
        mm, status, signal = _unpacked(_DISTANCE, payload, "a distance")
        return cls(_distance_mm(mm), status, signal)


@dataclass(frozen=True, slots=True)
class FaultNotice:
    """Something went wrong just now. faults: all that is wrong."""

    faults: Faults
    detail: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read an event."""
        faults, detail = _unpacked(_FAULT, payload, "a fault")
        return cls(Faults(faults), detail)


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds: of the terminal when it asked, of the module when it heard and when it answered."""

    asked_us: int
    heard_us: int
    answered_us: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read the answer to TIMESYNC."""
        return cls(*_unpacked(_TIMES, payload, "times"))


@dataclass(frozen=True, slots=True)
class LineTest:
    """One string of LEDs in a pulse: its current, and what the photodiode saw of 65535."""

    is_whole: bool
    current_ma: int
    seen: int


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the module found. one_shot_us: after which its one-shot ended a long pulse."""

    lines: tuple[LineTest, ...]
    one_shot_us: int
    ranger_works: bool

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read the answer to SELFTEST."""
        lines, end = payload[: -_TEST_END.size], payload[-_TEST_END.size :]
        if len(end) != _TEST_END.size or len(lines) % _LINE.size:
            raise ValueError(f"a self-test of {len(payload)} bytes")
        tests = (LineTest(bool(ok), current, seen) for ok, current, seen in _LINE.iter_unpack(lines))
        one_shot_us, works = _TEST_END.unpack(end)
        return cls(tuple(tests), one_shot_us, bool(works))


def acknowledged(payload: bytes) -> tuple[int, int, Code]:
    """Sequence number, type and code of an ACK."""
    sequence, kind, code = _unpacked(_ACK, payload, "an acknowledgement")
    return sequence, kind, Code(code)
