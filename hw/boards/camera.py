"""What a board file says of a camera."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_HTTP_PATH = re.compile(r"/[!-~]{0,200}")
RIGHT_ANGLES = (0, 90, 180, 270)
MOST_FRAMES_PER_S = 120.0
MOST_DIOPTRES = 32.0  # libcamera's own limit of LensPosition is the lens's; no lens of the Pi reaches 3 cm


class CameraKind(StrEnum):
    """How frames arrive.

    STREAM: from a process of ours over a Unix socket. PICAMERA2: from a camera of the Pi. MJPEG: pictures
    as JPEG, one after the other, from another program's Unix socket or FIFO. V4L2: from a USB camera.
    """

    STREAM = "stream"
    PICAMERA2 = "picamera2"
    MJPEG = "mjpeg"
    V4L2 = "v4l2"


@dataclass(frozen=True, slots=True)
class CaptureBoard:
    """How a camera that is not a stream is run.

    rotation_deg: by which a picture is turned clockwise to stand upright: 0, 90, 180 or 270.
    is_mono: frames are grey. still_width, still_height: of the still in pixels, upright; a frame's form.
    frames_per_s: asked of the camera.
    sensor_size: (width, height) of the sensor's mode, else picamera2 chooses. crop: (x, y, width, height) in
    pixels of the whole sensor, else the largest of the still's form. exposure_us, analogue_gain: fixed, else
    automatic. lens_dioptres: 1/m, where the lens goes when autofocus finds nothing. tuning: name of a file.
    latency_s: from the begin of an exposure to its first byte, for cameras that send no time.
    http_path: of the stream, where the socket of an mjpeg camera speaks HTTP, as ustreamer's does.
    """

    rotation_deg: int
    is_mono: bool
    still_width: int
    still_height: int
    frames_per_s: float
    sensor_size: tuple[int, int] | None = None
    crop: tuple[int, int, int, int] | None = None
    exposure_us: int | None = None
    analogue_gain: float | None = None
    lens_dioptres: float | None = None
    tuning: str | None = None
    latency_s: float | None = None
    http_path: str | None = None

    @property
    def still_shape(self) -> tuple[int, int]:
        """(rows, columns) of the still, upright."""
        return self.still_height, self.still_width


@dataclass(frozen=True, slots=True)
class CameraBoard:
    """One camera.

    model: as the record names it.
    address: path of a socket, FIFO or device, or a camera's Id or Model as libcamera lists it (an index
    may change). width, height: of a delivered frame in pixels. focal_px: focal length in its pixels.
    capture: how it is run; a stream has none, since the process at its other end rules its camera.
    """

    kind: CameraKind
    model: str
    address: str
    width: int
    height: int
    focal_px: float
    capture: CaptureBoard | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of a delivered frame."""
        return self.height, self.width


def camera_problems(camera: CameraBoard) -> Iterator[str]:
    """What is impossible about `camera`: the key, and what it should be."""
    for name in ("width", "height", "focal_px"):
        if getattr(camera, name) <= 0:
            yield f"{name} should be more than 0, not {getattr(camera, name)}"
    if camera.kind is CameraKind.STREAM and camera.capture is not None:
        yield "capture should be left out: a stream's camera is ruled by the process at its other end"
    if camera.kind is not CameraKind.STREAM and camera.capture is None:
        yield f"capture should be there, with what a {camera.kind} camera is told"
    if camera.capture is not None:
        yield from (f"capture.{problem}" for problem in _capture_problems(camera, camera.capture))


def _capture_problems(camera: CameraBoard, capture: CaptureBoard) -> Iterator[str]:
    if capture.rotation_deg not in RIGHT_ANGLES:
        yield f"rotation_deg should be one of {list(RIGHT_ANGLES)}, not {capture.rotation_deg}"
    if not 0 < capture.frames_per_s <= MOST_FRAMES_PER_S:
        yield f"frames_per_s should be more than 0 and at most {MOST_FRAMES_PER_S:g}"
    yield from _size_problems(camera, capture)
    if (capture.exposure_us is None) != (capture.analogue_gain is None):
        yield "exposure_us and analogue_gain should both be fixed, or neither"
    if capture.lens_dioptres is not None and not 0 <= capture.lens_dioptres <= MOST_DIOPTRES:
        yield f"lens_dioptres should be from 0 to {MOST_DIOPTRES:g}"
    for name in ("exposure_us", "analogue_gain", "latency_s"):
        if (value := getattr(capture, name)) is not None and value <= 0:
            yield f"{name} should be more than 0, not {value}"
    yield from _stream_problems(camera, capture)


def _stream_problems(camera: CameraBoard, capture: CaptureBoard) -> Iterator[str]:
    if capture.http_path is not None and not _HTTP_PATH.fullmatch(capture.http_path):
        yield "http_path should be a path such as /stream"
    if camera.kind in {CameraKind.MJPEG, CameraKind.V4L2} and capture.latency_s is None:
        yield f"latency_s should be there: frames of a {camera.kind} camera do not say when they were exposed"


def _size_problems(camera: CameraBoard, capture: CaptureBoard) -> Iterator[str]:
    sizes = (camera.width, camera.height, capture.still_width, capture.still_height)
    if any(size % 2 for size in sizes):
        yield "still_width, still_height and the frame's width and height should be even"
    if capture.still_width < camera.width or capture.still_height < camera.height:
        yield "still_width and still_height should be no less than the frame's"
    if capture.still_width * camera.height != capture.still_height * camera.width:
        yield "still_width and still_height should have the form of the frame's width and height"
    for name, least in (("sensor_size", 1), ("crop", 0)):
        if any(number < least for number in getattr(capture, name) or ()):
            yield f"{name} should not hold {min(getattr(capture, name))}"
