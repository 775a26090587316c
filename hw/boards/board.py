"""What one kind of terminal is built of, as its board file says."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hw.boards.camera import CameraBoard, camera_problems
from hw.boards.iris_module import IrisModuleBoard, iris_module_problems
from hw.tables import TableInvalid, parse_table

BOARDS = Path(__file__).parent
SENSOR_SPEEDS = range(9_600, 256 * 9_600, 9_600)  # what fits into a fingerprint sensor's parameter
HEADER_PINS = range(2, 28)  # BCM numbers of the 40-pin header; 0 and 1 belong to add-on boards' EEPROM


class BoardFileInvalid(Exception):
    """A board file cannot be used; the message names the key and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}: correct the file, hw/boards/terminal_a.toml is an example")


@dataclass(frozen=True, slots=True)
class FingerprintBoard:
    """The fingerprint sensor.

    port: a tty. baud: as the sensor is delivered. profile: name of a sensor profile.
    fastest_baud: to which it is brought, a multiple of 9600. Above 115,200 no maker promises that it works:
    try it with `host_tools selftest` and a lent finger.
    """

    port: str
    baud: int
    fastest_baud: int
    profile: str


@dataclass(frozen=True, slots=True)
class LampPins:
    """BCM numbers of the status lamp's pins."""

    red: int
    green: int
    blue: int


@dataclass(frozen=True, slots=True)
class LampBoard:
    """The status lamp. pin_factory: name of a gpiozero pin factory; there is no fall-back."""

    pin_factory: str
    pins: LampPins


@dataclass(frozen=True, slots=True)
class NominalMs:
    """How long a job of each kind takes on this terminal, in milliseconds; virtual time moves by it."""

    portrait: float
    finger: float
    iris: float
    card: float
    seal: float


@dataclass(frozen=True, slots=True)
class ScreenBoard:
    """Where the booth serves its page."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class StateBoard:
    """Where the booth keeps what outlives a visit."""

    folder: Path


@dataclass(frozen=True, slots=True)
class TimeBoard:
    """How the date is known.

    network: a file that is there once the date came from the network. rtc: one that is there once it came
    from a clock with a battery. run: a folder of the booth that is gone when the machine restarts.
    """

    network: Path
    rtc: Path
    run: Path


@dataclass(frozen=True, slots=True)
class LookUpBoard:
    """Where the uplink takes sealed look-ups. socket: path of its Unix socket."""

    socket: Path


@dataclass(frozen=True, slots=True)
class Board:
    """One kind of terminal, whole.

    fingerprint_left: a sensor of its own for the left hand. iris_module: its light and distance sensor.
    """

    name: str
    fingerprint: FingerprintBoard
    fingerprint_left: FingerprintBoard | None
    portrait_camera: CameraBoard
    iris_camera: CameraBoard
    iris_module: IrisModuleBoard | None
    lamps: LampBoard
    nominal_ms: NominalMs
    screen: ScreenBoard
    state: StateBoard
    time: TimeBoard
    look_up: LookUpBoard


def load_board(path: Path) -> Board:
    """The board that the file at `path` describes; BoardFileInvalid when it does not."""
    try:
        board = parse_table(Board, tomllib.loads(path.read_text("utf-8")), "board")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TableInvalid) as error:
        raise BoardFileInvalid(path, str(error)) from error
    for problem in _problems(board):
        raise BoardFileInvalid(path, problem)
    return board


def _problems(board: Board) -> Iterator[str]:
    yield from _speed_problems(board)
    yield from _port_problems(board)
    if board.iris_module is not None:
        yield from iris_module_problems(board.iris_module)
    pins = board.lamps.pins
    if len({pins.red, pins.green, pins.blue}) < 3:
        yield "board.lamps.pins should be three different pins"
    if not {pins.red, pins.green, pins.blue} <= set(HEADER_PINS):
        yield f"board.lamps.pins should be BCM numbers from {HEADER_PINS.start} to {HEADER_PINS.stop - 1}"
    for name, camera in (("portrait_camera", board.portrait_camera), ("iris_camera", board.iris_camera)):
        yield from (f"board.{name}.{problem}" for problem in camera_problems(camera))
    for name, size in _sizes(board):
        if size <= 0:
            yield f"board.{name} should be more than 0, not {size}"
    if board.screen.port > 65_535:
        yield f"board.screen.port should be at most 65535, not {board.screen.port}"


def _port_problems(board: Board) -> Iterator[str]:
    left = board.fingerprint_left
    if left is not None and left.port == board.fingerprint.port:
        yield "board.fingerprint_left.port should be another port than board.fingerprint.port"


def _speed_problems(board: Board) -> Iterator[str]:
    for sensor in (board.fingerprint, board.fingerprint_left):
        if sensor is not None and sensor.fastest_baud not in SENSOR_SPEEDS:
            yield f"a fingerprint sensor's fastest_baud should be a multiple of {SENSOR_SPEEDS.step}"


def _sizes(board: Board) -> Iterator[tuple[str, float]]:
    yield "fingerprint.baud", board.fingerprint.baud
    yield "fingerprint.fastest_baud", board.fingerprint.fastest_baud
    if board.fingerprint_left is not None:
        yield "fingerprint_left.baud", board.fingerprint_left.baud
        yield "fingerprint_left.fastest_baud", board.fingerprint_left.fastest_baud
    yield "screen.port", board.screen.port
    for name in NominalMs.__slots__:
        yield f"nominal_ms.{name}", getattr(board.nominal_ms, name)
