"""The VL53L1X distance sensor on I2C, in its short mode, 18 readings a second.

Register numbers and the settings from 2D to 87 are the maker's (UM2356 and its ultra-lite driver); what the
single settings mean is not published.
"""

import struct

from machine import I2C, Pin
from wrapping import since

ADDRESS = 0x29
MODEL = 0xEACC
SETTINGS = bytes.fromhex(
    "0000000102000208000810010100000000ff000f0000000000200b0000020a21"
    "00000500000000c8000038ff010008000001cc0f01f10d0168008008b8000000"
    "000f8900000000000000010f0d0e0e000002c7ff9b000000010000"
)  # registers 2D to 87
SHORT_MODE = (
    (0x4B, b"\x14"),  # phase calibration
    (0x60, b"\x07"),  # pulse periods
    (0x63, b"\x05"),
    (0x69, b"\x38"),  # valid phase
    (0x78, b"\x07\x05\x06\x06"),
    (0x5E, b"\x01\xae"),  # 50 ms a reading
    (0x61, b"\x01\xe8"),
)
PERIOD_MS = 55
SILENT_MS = 700  # twelve readings missed; stale before that
MEASURED = 4  # below it nothing was: no update, laser or reference at fault (names of the maker's API)
_READY, _CLEAR, _START, _RESULT, _CLOCK, _BOOTED, _MODEL = 0x31, 0x86, 0x87, 0x89, 0xDE, 0xE5, 0x10F


class Ranger:
    """Polled: `poll` never waits for a reading. What a reading means, `ranging.py` says."""

    def __init__(self) -> None:
        self.distance_mm = 0
        self.status = 0
        self.signal = 0
        self.sigma = 0
        self._result = bytearray(17)
        self._ready = bytearray(1)
        self._bus = I2C(0, scl=Pin(5), sda=Pin(4), freq=400000)
        self._heard_ms = 0
        self.works = self._start()

    def poll(self, now_ms: int) -> bool:
        """Whether there is a new reading; `works` turns False when the sensor is silent or gone."""
        try:
            if self._is_ready() and self._read():
                self._heard_ms = now_ms
                self.works = True
                return True
        except OSError:
            self.works = False
        if since(now_ms, self._heard_ms) > SILENT_MS:
            self.works = False
        return False

    def restart(self, now_ms: int) -> None:
        """Set a silent sensor up anew."""
        self._heard_ms = now_ms
        self._start()

    def _start(self) -> bool:
        try:
            if (
                self._word(_MODEL) != MODEL
                or not self._bus.readfrom_mem(ADDRESS, _BOOTED, 1, addrsize=16)[0] & 1
            ):
                return False
            self._write(0x2D, SETTINGS)
            for register, setting in SHORT_MODE:
                self._write(register, setting)
            self._write(0x08, b"\x09")  # a short calibration of the voltage, from the last one
            self._write(0x0B, b"\x00")
            ticks = (self._word(_CLOCK) & 0x3FF) * PERIOD_MS * 43 // 40
            self._write(0x6C, struct.pack(">I", ticks))
            self._write(_CLEAR, b"\x01")
            self._write(_START, b"\x40")
        except OSError:
            return False
        return True

    def _is_ready(self) -> bool:
        self._bus.readfrom_mem_into(ADDRESS, _READY, self._ready, addrsize=16)
        return self._ready[0] & 1 == 1  # the settings make the interrupt active high: bit 4 of 30 is 0

    def _read(self) -> bool:
        """Whether anything was measured."""
        result = self._result
        self._bus.readfrom_mem_into(ADDRESS, _RESULT, result, addrsize=16)
        self._write(_CLEAR, b"\x01")
        self.status = result[0] & 0x1F
        self.sigma = min((result[9] << 8 | result[10]) >> 2, 255)
        self.signal = min((result[15] << 8 | result[16]) << 3, 0xFFFF)
        self.distance_mm = result[13] << 8 | result[14]
        return self.status >= MEASURED

    def _word(self, register: int) -> int:
        data = self._bus.readfrom_mem(ADDRESS, register, 2, addrsize=16)
        return data[0] << 8 | data[1]

    def _write(self, register: int, data: bytes) -> None:
        self._bus.writeto_mem(ADDRESS, register, data, addrsize=16)
