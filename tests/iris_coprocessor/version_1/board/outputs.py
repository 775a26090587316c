"""What the module switches. Dark is the state that needs nothing from anybody."""

from machine import Pin

LAMP_PIN = 25  # the Pico's own lamp
LIGHT_PIN = 15  # near-infrared light; a resistor pulls it down while the chip starts


class Outputs:
    """The lamp, and the light, which this program never switches on."""

    def __init__(self) -> None:
        self._light = Pin(LIGHT_PIN, Pin.OUT, value=0)
        self._lamp = Pin(LAMP_PIN, Pin.OUT, value=0)

    def show_lamp(self, is_on: bool) -> None:
        """Switch the lamp."""
        self._lamp.value(is_on)

    def darken(self) -> None:
        """Switch everything off."""
        self._light.value(0)
        self._lamp.value(0)

    def bits(self) -> int:
        """Bit 0: the lamp is on; bit 1: the light is."""
        return self._lamp.value() | self._light.value() << 1
