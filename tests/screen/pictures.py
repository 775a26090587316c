"""Drawn pictures that stand for what cameras and sensors deliver: nobody's face, nobody's finger."""

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from hw.camera.frames import Frame

Image = NDArray[np.uint8]


def face(shift: int = 0) -> Image:
    """A drawn person, `shift` pixels off the middle: (1280, 960, 3) RGB; eyes at 44 % and chin at 70 %."""
    image = np.full((1280, 960, 3), (226, 230, 232), np.uint8)
    middle = 480 + shift
    cv2.ellipse(image, (middle, 1330), (430, 380), 0, 0, 360, (52, 84, 110), -1)
    cv2.rectangle(image, (middle - 80, 800), (middle + 80, 990), (204, 166, 138), -1)
    cv2.ellipse(image, (middle, 545), (262, 320), 0, 0, 360, (40, 34, 32), -1)
    cv2.ellipse(image, (middle, 600), (230, 296), 0, 0, 360, (222, 184, 154), -1)
    for side in (-1, 1):
        cv2.ellipse(image, (middle + side * 92, 563), (36, 17), 0, 0, 360, (40, 30, 28), -1)
        cv2.ellipse(image, (middle + side * 92, 510), (48, 8), 0, 0, 360, (60, 44, 40), -1)
    cv2.ellipse(image, (middle, 660), (26, 14), 0, 0, 360, (204, 160, 132), -1)
    cv2.ellipse(image, (middle, 760), (66, 13), 0, 0, 360, (176, 96, 88), -1)
    return image


def finger(seed: int) -> Image:
    """A whorl of ridges: (288, 256) grey."""
    rows, columns = np.mgrid[0:288, 0:256].astype(np.float64)
    distance = np.hypot(rows - 130 - 3 * seed, (columns - 128) * 1.2)
    angle = np.arctan2(rows - 130, columns - 128)
    ridges = 0.5 + 0.5 * np.sin(distance / 1.5 + (1 + seed % 3) * angle)
    inside = (((rows - 144) / 140) ** 2 + ((columns - 128) / 104) ** 2) < 1
    return np.where(inside, 60 + 150 * ridges, 245).astype(np.uint8)


def eye(seed: int = 0) -> Image:
    """An eye in infrared: (480, 640) grey."""
    image = np.full((480, 640), 150, np.uint8)
    cv2.ellipse(image, (320, 240), (270, 150), 0, 0, 360, 205, -1)
    cv2.circle(image, (320, 240), 120, 105, -1)
    for turn in range(0, 360, 6):
        spoke = np.deg2rad(turn + seed)
        end = 320 + int(112 * np.cos(spoke)), 240 + int(112 * np.sin(spoke))
        cv2.line(image, (320, 240), end, 120 + turn % 30, 2, cv2.LINE_AA)
    cv2.circle(image, (320, 240), 46, 20, -1)
    cv2.circle(image, (342, 222), 9, 250, -1)
    return image


def png(image: Image) -> bytes:
    """The picture as a screen is given it."""
    blue_first = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".png", blue_first)[1].tobytes()


def qr(text: str) -> bytes:
    """A QR code (PNG)."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)  # pyright: ignore[reportUnknownMemberType]
    return png(np.asarray(zxingcpp.write_barcode_to_image(code, scale=6), np.uint8))


def frame(image: Image, exposed_s: float) -> Frame:
    """The picture as a camera delivers it."""
    return Frame(image, exposed_s)
