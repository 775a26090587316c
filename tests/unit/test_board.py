"""The board file: everything about one kind of terminal, checked before a device is opened."""

from dataclasses import asdict
from pathlib import Path

import pytest

from firmware.workers import JobKind
from hw.boards.board import BoardFileInvalid, load_board
from hw.boards.camera import CameraKind

BOARDS = Path(__file__).parents[2] / "hw" / "boards"
TERMINAL_A = (BOARDS / "terminal_a.toml").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(BOARDS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_board_that_ships_loads(path: Path) -> None:
    assert load_board(path).name == path.stem


def test_the_terminal_is_described_in_the_types_of_the_code() -> None:
    board = load_board(BOARDS / "terminal_a.toml")
    assert board.portrait_camera.kind is CameraKind.PICAMERA2
    assert (board.portrait_camera.width, board.portrait_camera.height) == (960, 1280)
    assert board.state.folder == Path("/var/lib/tram")


def test_every_kind_of_job_has_a_nominal_duration() -> None:
    board = load_board(BOARDS / "terminal_a.toml")
    assert set(asdict(board.nominal_ms)) == set(JobKind)


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        (
            'profile = "r307"',
            'profile = "r307"\nparity = "even"',
            r"board\.fingerprint: unknown \['parity'\]",
        ),
        ("baud = 57600\n", "", r"board\.fingerprint: .* missing \['baud'\]"),
        ("baud = 57600", 'baud = "57600"', r"board\.fingerprint\.baud should be int, not '57600'"),
        ("baud = 57600", "baud = 0", r"board\.fingerprint\.baud should be more than 0"),
        ("fastest_baud = 115200", "fastest_baud = 100000", r"fastest_baud should be a multiple of 9600"),
        ('kind = "picamera2"', 'kind = "webcam"', r"portrait_camera\.kind should be one of \['stream'"),
        ("focal_px = 1536.0", "focal_px = -1.0", r"portrait_camera\.focal_px should be more than 0"),
        ('kind = "picamera2"', 'kind = "stream"', r"portrait_camera\.capture should be left out"),
        ('kind = "picamera2"', 'kind = "mjpeg"', r"portrait_camera\.capture\.latency_s should be there"),
        ("[portrait_camera.capture]", "[portrait_camera.run]", r"portrait_camera: unknown \['run'\]"),
        (
            "rotation_deg = 90",
            "rotation_deg = 45",
            r"rotation_deg should be one of \[0, 90, .*\], not 45",
        ),
        ("frames_per_s = 15.0", "frames_per_s = 0.0", r"frames_per_s should be more than 0 and at most 120"),
        ("still_width = 1296", "still_width = 1297", r"should be even"),
        ("still_width = 1296", "still_width = 648", r"should be no less than the frame's"),
        ("still_width = 1296", "still_width = 1298", r"should have the form of the frame's"),
        ("lens_dioptres = 1.67", "lens_dioptres = 60.0", r"lens_dioptres should be from 0 to 32"),
        ("lens_dioptres = 1.67", 'http_path = "stream"', r"http_path should be a path such as /stream"),
        ("analogue_gain = 2.0", "", r"exposure_us and analogue_gain should both be fixed, or neither"),
        (
            "exposure_us = 3000",
            "exposure_us = -1",
            r"capture\.exposure_us should be more than 0",
        ),
        ("crop = [320, 160, 640, 480]", "crop = [-1, 160, 640, 480]", r"crop should not hold -1"),
        ("sensor_size = [2304, 1296]", "sensor_size = [2304]", r"sensor_size should have 2 items"),
        ("red = 17", "red = 27", r"three different pins"),
        ("red = 17", "red = 40", r"BCM numbers from 2 to 27"),
        ("iris = 50.0", "iris = 0", r"nominal_ms\.iris should be more than 0"),
        ("port = 8000", "port = 80000", r"screen\.port should be at most 65535"),
        ("sharp = 280", "sharp = 200", r"distance_mm should rise: head_rest, stay_nearest"),
        ("f_number = 5.6", "f_number = 0", r"f_number should be more than 0"),
        ("[state]", "[state", r"Expected ']'"),
    ],
)
def test_a_mistake_in_a_board_file_is_named(tmp_path: Path, written: str, instead: str, problem: str) -> None:
    path = tmp_path / "board.toml"
    path.write_text(TERMINAL_A.replace(written, instead, 1))
    with pytest.raises(BoardFileInvalid, match=f"{problem}.*correct the file"):
        load_board(path)


def test_an_absent_board_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoardFileInvalid, match=r"absent\.toml"):
        load_board(tmp_path / "absent.toml")
