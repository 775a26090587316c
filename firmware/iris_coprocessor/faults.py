"""Fault bits as the wire carries them, and what each of them does."""

TOO_CLOSE = 1 << 0
TOF_STALE = 1 << 1
TOF_FAIL = 1 << 2
OVERTEMP = 1 << 3
DOSE = 1 << 4
LED_OPEN = 1 << 5
LED_SHORT = 1 << 6
ONE_SHOT_FAIL = 1 << 7
RAIL_TRIPPED = 1 << 8
HOST_LOST = 1 << 9
TRIGGER_LOST = 1 << 10
WDT_RESET = 1 << 11
CFG_CRC = 1 << 12

CONDITIONS = TOO_CLOSE | TOF_STALE | TOF_FAIL | OVERTEMP | DOSE  # no light while they last
LATCHING = LED_SHORT | ONE_SHOT_FAIL | RAIL_TRIPPED | CFG_CRC  # no light until power-cycle or service
ENDINGS = HOST_LOST | TRIGGER_LOST  # ended the last session; forgotten by the next one
