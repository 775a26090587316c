"""The 40-pin header of a Raspberry Pi 5: what each pin is, and which pins a serial port has."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Uart:
    """The pins of one serial port, as BCM numbers. overlay: the line of config.txt that switches it on."""

    transmit: int
    receive: int
    overlay: str


# Device-tree overlays of the Raspberry Pi 5, from their README; not tried on a Pi.
UARTS: Mapping[str, Uart] = MappingProxyType(
    {
        "/dev/ttyAMA0": Uart(14, 15, "dtparam=uart0=on"),
        "/dev/ttyAMA2": Uart(4, 5, "dtoverlay=uart2-pi5"),
        "/dev/ttyAMA3": Uart(8, 9, "dtoverlay=uart3-pi5"),
        "/dev/ttyAMA4": Uart(12, 13, "dtoverlay=uart4-pi5"),
    }
)

# By the number on the board, 1 to 40: a rail, or a BCM number.
HEADER: tuple[str | int, ...] = (
    *("3V3", "5V", 2, "5V", 3, "GND", 4, 14, "GND", 15),
    *(17, 18, 27, "GND", 22, 23, "3V3", 24, 10, "GND"),
    *(9, 25, 11, 8, "GND", 7, 0, 1, 5, "GND"),
    *(6, 12, 13, "GND", 19, 16, 26, 20, "GND", 21),
)


def uart_of(port: str) -> Uart | None:
    """The UART on the header that a port names; None for ports that have no pins there."""
    return UARTS.get(port)


def header_number(bcm: int) -> int:
    """The number on the board of a BCM pin."""
    return HEADER.index(bcm) + 1
