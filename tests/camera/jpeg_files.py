"""JPEG pictures for tests."""

import cv2
import numpy as np


def jpeg(level: int = 128, rows: int = 48, columns: int = 64) -> bytes:
    """A grey picture with a white first row, as OpenCV writes it."""
    picture = np.full((rows, columns, 3), level, np.uint8)
    picture[:8] = 255
    is_written, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 95])
    assert is_written
    return data.tobytes()


def with_thumbnail(picture: bytes, thumbnail: bytes) -> bytes:
    """`picture` with another inside its first segment, as cameras embed them."""
    segment = b"Exif\0\0" + thumbnail
    return picture[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2) + segment + picture[2:]
