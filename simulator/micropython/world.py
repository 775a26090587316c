"""What surrounds the board: set by words that come in through SIM_HAND, told through SIM_TOLD.

A word is `name value` on a line of its own, or `name=value,...` in SIM_WORLD for the start. What is told
begins with the microseconds of the machine's clock: `pulse` when a frame is lit, `dark` when the light is
taken away, `reset`.
"""

import os
import select
from time import time_ns

NO_TARGET = 65535


class World:
    """Names and values; all are whole numbers."""

    def __init__(self):
        self.values = {
            "distance": 300,  # mm from the LEDs; NO_TARGET when nobody is there
            "status": 0,  # of each reading; 0: by whether somebody is there
            "jitter": 0,  # mm either way
            "dropouts": 0,  # readings without a target, in thousandths
            "spectacles": 0,
            "ranger": 1,  # 0: the distance sensor does not answer
            "frozen": 0,  # 1: it answers, but never has a new reading
            "temperature": 250,  # tenths of a degree
            "rail": 1,  # 0: the fuse has tripped
            "led_open": 0,  # lines, as bits
            "led_short": 0,
            "led_stuck": 0,  # their gates do not close any more
            "one_shot": 1,  # 0: it does not end a long pulse
            "trigger": 1,  # 0: the PIO's pulses do not reach the camera
            "drift": 0,  # of the board's clock, in millionths
            "service": 0,  # 1: somebody holds the button
            "hang": 0,  # 1: the program stands still
        }
        self._seed = 1
        self._rest = b""
        self._hand = self._opened("SIM_HAND", "rb")
        self._told = self._opened("SIM_TOLD", "wb")
        self._poll = select.poll()
        if self._hand is not None:
            self._poll.register(self._hand, select.POLLIN)
        for word in (os.getenv("SIM_WORLD") or "").split(","):
            self._take(word.replace("=", " "))

    def __getitem__(self, name):
        return self.values[name]

    def listen(self):
        """Take the words that have come."""
        while self._hand is not None and self._poll.poll(0):
            byte = self._hand.read(1)
            if not byte:
                self._hand = None
            elif byte == b"\n":
                self._take(self._rest.decode())
                self._rest = b""
            else:
                self._rest += byte

    def tell(self, *words):
        """Say what has happened."""
        if self._told is not None:
            told = " ".join(str(word) for word in (time_ns() // 1000,) + words)
            self._told.write(told.encode() + b"\n")

    def chance(self, below):
        """A whole number from 0; the same row of them for each start."""
        self._seed = (self._seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (self._seed >> 8) % below

    def _take(self, word):
        name, _, value = word.partition(" ")
        if name:
            self.values[name] = int(value)

    def _opened(self, name, mode):
        number = os.getenv(name)
        return open(int(number), mode) if number else None


world = World()
