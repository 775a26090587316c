"""What the module feels: heat, light, current, its supply, and the service button."""

from machine import ADC, Pin

PHOTODIODE_PIN = 26
CURRENT_PIN = 27
HEAT_PIN = 28
RAIL_PIN = 22  # high while the LEDs' supply stands behind its fuse
SERVICE_PIN = 14  # low while the button is held
COMPARATOR_PIN = 15  # high while the photodiode sees light

FULL = 65535
FULL_MA = 3300  # 0.1 ohm, amplified tenfold: 1 V an ampere
COLD_DC = -500  # a TMP36: 500 mV at 0 degrees, 10 mV a degree


class Senses:
    """Read one by one; none of them waits."""

    def __init__(self) -> None:
        self._photodiode = ADC(Pin(PHOTODIODE_PIN))
        self._current = ADC(Pin(CURRENT_PIN))
        self._heat = ADC(Pin(HEAT_PIN))
        self._rail = Pin(RAIL_PIN, Pin.IN, Pin.PULL_DOWN)
        self._service = Pin(SERVICE_PIN, Pin.IN, Pin.PULL_UP)

    def light(self) -> int:
        """Of the photodiode, 0 to 65535."""
        return self._photodiode.read_u16()

    def current_ma(self) -> int:
        """Through the lines that are lit now."""
        return self._current.read_u16() * FULL_MA // FULL

    def temperature_dc(self) -> int:
        """Of the LEDs' board, in tenths of a degree."""
        return COLD_DC + self._heat.read_u16() * FULL_MA // FULL

    def rail_is_up(self) -> bool:
        """Whether the LEDs' supply stands; to be asked while it is switched on."""
        return self._rail.value() == 1

    def service_is_held(self) -> bool:
        """Whether somebody holds the service button."""
        return self._service.value() == 0
