"""Write a moving picture as FFmpeg's MJPEG into a FIFO until nobody reads: `python ffmpeg_writer.py FIFO`.

Runs in `.venvs/camera`, which has FFmpeg's libraries as PyAV.
"""

import sys
from fractions import Fraction
from importlib import import_module

import numpy as np


def main() -> None:
    """640 x 480, each frame a level of grey darker than the one before, as fast as it is read."""
    av = import_module("av")
    with av.open(sys.argv[1], "w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=Fraction(30))
        stream.width, stream.height, stream.pix_fmt = 640, 480, "yuvj420p"
        for number in range(100_000):
            picture = np.full((480, 640, 3), 250 - number % 200, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))


if __name__ == "__main__":
    main()
