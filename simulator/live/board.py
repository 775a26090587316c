"""The board file of the stage: the terminal's devices, each at a place below one folder."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from hw.boards.board import BOARDS, load_board
from hw.boards.iris_module import IrisModuleBoard
from hw.fingerprint.profiles import R307

FOCAL_PX = 1536.0
LOOK_UP_SOCKET = "look-up.sock"
MODULE = "iris_module"  # the link to its pty, as udev would make one
_BOARD = """name = "stage"
[fingerprint]
port = "{sensor}"
baud = {baud}
fastest_baud = {fastest_baud}
profile = "{profile}"
[portrait_camera]
kind = "stream"
model = "simulated"
address = "{portrait}"
width = 960
height = 1280
focal_px = {focal_px}
[iris_camera]
kind = "stream"
model = "simulated"
address = "{iris}"
width = 640
height = 480
focal_px = 3000.0
{iris_module}
[lamps]
pin_factory = "tram-stage"
pins = {{ red = 17, green = 27, blue = 22 }}
[nominal_ms]
portrait = 45.0
finger = 40.0
iris = 50.0
card = 10.0
seal = 15.0
[screen]
host = "127.0.0.1"
port = {screen_port}
[state]
folder = "{state}"
[time]
network = "{date_is_known}"
rtc = "{root}/rtc_was_read"
run = "{root}"
[look_up]
socket = "{look_up}"
"""


class PlacesTaken(Exception):
    """Another stage or bench works in this folder."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"{root} is in use by another stage or bench: end that, or give --state another folder"
        )


@dataclass(frozen=True, slots=True)
class Places:
    """Where the stage keeps its files, all below one folder."""

    root: Path

    @property
    def state(self) -> Path:
        """The terminal's state folder."""
        return self.root / "state"

    @property
    def centre(self) -> Path:
        """The centre's keys; the terminal never looks there."""
        return self.root / "centre"

    @contextmanager
    def claimed(self) -> Generator[None]:
        """Have the folder for this process alone until the end of the block; else PlacesTaken."""
        self.root.mkdir(parents=True, exist_ok=True)
        folder = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self._lock(folder)
            yield
        finally:
            os.close(folder)

    def _lock(self, folder: int) -> None:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PlacesTaken(self.root) from error

    def __getitem__(self, name: str) -> Path:
        return self.root / name


def write_board(places: Places, screen_port: int) -> Path:
    """Write the board file that a booth is started with; its path."""
    board = _BOARD.format(
        sensor=places["sensor"],
        baud=R307.baud,
        fastest_baud=R307.fastest_baud,
        profile=R307.name,
        portrait=places["portrait.sock"],
        iris=places["iris.sock"],
        focal_px=FOCAL_PX,
        iris_module=_module_tables(module_of_terminal_a(), places[MODULE]),
        screen_port=screen_port,
        state=places.state,
        date_is_known=places["date_is_known"],
        root=places.root,
        look_up=places[LOOK_UP_SOCKET],
    )
    places["date_is_known"].touch()  # the machine that plays the stage knows the date
    path = places["board.toml"]
    path.write_text(board, "utf-8")
    return path


def module_of_terminal_a() -> IrisModuleBoard:
    """The iris module that the stage has too; LookupError when terminal A has none."""
    module = load_board(BOARDS / "terminal_a.toml").iris_module
    if module is None:
        raise LookupError("terminal A has no iris module")
    return module


def _module_tables(module: IrisModuleBoard, port: Path) -> str:
    """Its section of a board file, at another port."""
    tables = {"leds": module.leds, "lens": module.lens, "distance_mm": module.distance_mm}
    lines = ["[iris_module]", f'port = "{port}"', f"baud = {module.baud}"]
    for name, table in tables.items():
        lines += [f"[iris_module.{name}]", *(f"{key} = {value}" for key, value in asdict(table).items())]
    return "\n".join(lines)
