"""What this module is built of and what it may do; every layer of eye safety takes its figures from here.

Sources: IEC 62471 as in the safety sheet (`python -m hw.iris.sheet`); the LEDs' figures are their maker's.
"""

PROGRAM_VERSION = (2, 0, 0)
HARDWARE = 1

LEDS = 6
LINES = 3  # strings of two LEDs, each with a gate of its own: 0 left, 1 right, 2 between
ALL_LINES = 7
LEFT_LINES = 5
RIGHT_LINES = 6
RADIANT_MW_SR = 900  # of one LED at 1 A [unverified]

LEAST_ON_US = 60  # what the PIO program needs for its beginning is 53
MOST_ON_US = 4000
MOST_DUTY_PM = 100  # on-time times frames a second, of the whole time
MOST_FPS = 60
MOST_SESSION_S = 60
COOLDOWN_MS = 1000  # [unverified]

TOO_CLOSE_MM = 120
TOO_CLOSE_TIMES = 3
UNKNOWN_AS_MM = 100  # the head rest keeps eyes at least so far
STALE_MS = 500
HEARTBEAT_MS = 500
DISTANCE_EVENT_MS = 100  # 10 a second

HOT_DC = 700  # tenths of a degree [unverified]
COOL_DC = 600
NO_SENSOR_DC = -400  # no less is in a TMP36: its wire is off, and 0 V would be 50 below zero

TRIGGERS_LOST = 3  # pulses in a row that nothing confirms
ONE_SHOT_LEAST_US = 4200  # longer than any pulse of ours
ONE_SHOT_MOST_US = 5600  # 5000 and the tolerance of its resistor and capacitor [unverified]
LINE_LEAST_MA = 500  # an LED line in a pulse: below it is open, above shorted [unverified]
LINE_MOST_MA = 1500
DARK_MOST_MA = 200  # through the LEDs with every gate closed [unverified]
LEAKS = 3  # frames in a row that find more
PHOTODIODE_LEAST = 2000  # of 65535, from any line [unverified]
