"""The parts of a terminal and their wires, as a parts file beside its board file says."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from hw.tables import TableInvalid, parse_table

FOLDER = Path(__file__).parent
HEADER_WORD = "header"


class PartsFileInvalid(Exception):
    """A parts file cannot be used; the message names the key."""


@dataclass(frozen=True, slots=True)
class Rail:
    """One supply voltage. limit_ma: what may be taken; fed_by: the rail it is made from, "" for the mains."""

    name: str
    volts: float
    limit_ma: float
    fed_by: str
    efficiency: float
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the parts list. fits: its name in the board file, or "". peak_ma: of one, at its rail.

    substitute: what may be fitted instead, and what it then takes.
    """

    key: str
    name: str
    fits: str
    quantity: int
    rail: str
    peak_ma: float
    source: str
    substitute: str | None


@dataclass(frozen=True, slots=True)
class Wire:
    """One wire from a part's pin. to: "header 6", or what another part calls its pin. volts: the highest."""

    part: str
    pin: str
    signal: str
    volts: float
    to: str
    colour: str

    @property
    def header_pin(self) -> int | None:
        """The number on the 40-pin header, if it goes there."""
        word, _, number = self.to.partition(" ")
        return int(number) if word == HEADER_WORD and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class SeriesResistor:
    """Before one string of LEDs.

    lost_volts: at the switch. limit_ma: what an LED bears. duty: share of the time that it is lit.
    """

    purpose: str
    quantity: int
    rail_volts: float
    forward_volts: float
    in_series: int
    lost_volts: float
    current_ma: float
    limit_ma: float
    duty: float


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything one kind of terminal is built of. board: name of the board that it belongs to."""

    board: str
    rail: tuple[Rail, ...]
    part: tuple[Part, ...]
    wire: tuple[Wire, ...]
    resistor: tuple[SeriesResistor, ...]

    def named(self, key: str) -> Part:
        """The part with that key."""
        return next(part for part in self.part if part.key == key)


def load_parts(path: Path) -> Parts:
    """The parts in the file at `path`; PartsFileInvalid when it does not say them."""
    try:
        return parse_table(Parts, tomllib.loads(path.read_text("utf-8")), "parts")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TableInvalid) as error:
        raise PartsFileInvalid(f"{path}: {error}") from error
