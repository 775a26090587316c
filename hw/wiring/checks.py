"""What would be wrong with a terminal that is built as its parts file says."""

from collections import Counter
from collections.abc import Iterator

from hw.boards.board import Board
from hw.boards.header import HEADER, header_number, uart_of
from hw.wiring.arithmetic import chosen, load_of
from hw.wiring.parts import Parts, Wire

PIN_VOLTS = 3.3  # what a pin of the Raspberry Pi bears
RAILS = frozenset({"5V", "3V3", "GND"})


def problems(board: Board, parts: Parts) -> Iterator[str]:
    """One sentence for each mistake; none when it can be built."""
    if parts.board != board.name:
        yield f"the parts are those of {parts.board!r}, not of {board.name!r}"
    yield from _names(parts)
    yield from _header(parts)
    yield from _sensor(board, parts)
    yield from _module(board, parts)
    yield from _lamp(board, parts)
    yield from _fitting(board, parts)
    yield from _currents(parts)


def _names(parts: Parts) -> Iterator[str]:
    keys = Counter(part.key for part in parts.part)
    yield from (f"the part {key!r} is there twice" for key, times in keys.items() if times > 1)
    rails = {rail.name for rail in parts.rail} | {""}
    yield from (
        f"{part.key}: there is no rail {part.rail!r}" for part in parts.part if part.rail not in rails
    )
    yield from (f"there is no part {wire.part!r}" for wire in parts.wire if wire.part not in keys)
    ends = Counter(wire.to for wire in parts.wire)
    yield from (f"{end} is used by {times} wires" for end, times in ends.items() if times > 1)


def _header(parts: Parts) -> Iterator[str]:
    for wire in parts.wire:
        number = wire.header_pin
        if number is not None and not 1 <= number <= len(HEADER):
            yield f"{wire.part} {wire.signal}: the header has no pin {number}"
        elif number is not None:
            yield from _on_pin(wire, HEADER[number - 1])


def _on_pin(wire: Wire, pin: str | int) -> Iterator[str]:
    if isinstance(pin, str) or wire.signal in RAILS:
        if wire.signal != pin:
            yield f"{wire.part} {wire.signal}: {wire.to} is {_pin_name(pin)}"
    elif wire.volts > PIN_VOLTS:
        yield f"{wire.part} {wire.signal}: {wire.volts} V is more than {_pin_name(pin)} bears, {PIN_VOLTS} V"


def _pin_name(pin: str | int) -> str:
    return pin if isinstance(pin, str) else f"GPIO {pin}"


def _sensor(board: Board, parts: Parts) -> Iterator[str]:
    """Crossed: what the sensor sends goes to where the computer receives."""
    uart = uart_of(board.fingerprint.port)
    if uart is None:
        yield f"{board.fingerprint.port} has no pins on the header"
        return
    yield from _leads(parts, "fingerprint", "TXD", uart.receive)
    yield from _leads(parts, "fingerprint", "RXD", uart.transmit)


def _module(board: Board, parts: Parts) -> Iterator[str]:
    """Crossed as well, and from a chip of 3.3 V."""
    if board.iris_module is None:
        return
    uart = uart_of(board.iris_module.port)
    if uart is None:
        yield f"{board.iris_module.port} has no pins on the header"
        return
    yield from _leads(parts, "pico", "TXD", uart.receive)
    yield from _leads(parts, "pico", "RXD", uart.transmit)


def _lamp(board: Board, parts: Parts) -> Iterator[str]:
    for colour in ("red", "green", "blue"):
        yield from _leads(parts, "lamp_switch", f"lamp {colour}", getattr(board.lamps.pins, colour))


def _leads(parts: Parts, key: str, signal: str, bcm: int) -> Iterator[str]:
    wanted = header_number(bcm)
    found = [wire.header_pin for wire in parts.wire if (wire.part, wire.signal) == (key, signal)]
    if found != [wanted]:
        yield f"{key} {signal} should go to header {wanted} (GPIO {bcm}), as the board file says"


def _fitting(board: Board, parts: Parts) -> Iterator[str]:
    asked = {
        "fingerprint": board.fingerprint.profile,
        "portrait_camera": board.portrait_camera.model,
        "iris_camera": board.iris_camera.model,
    }
    for key, name in asked.items():
        if [part.fits for part in parts.part if part.key == key] != [name]:
            yield f"the part {key!r} should fit {name!r}, as the board file says"


def _currents(parts: Parts) -> Iterator[str]:
    for rail in parts.rail:
        total = load_of(rail, parts).total_ma
        if total > rail.limit_ma:
            yield f"{rail.name} should give {total:.0f} mA and gives {rail.limit_ma:.0f} mA"
    for resistor in parts.resistor:
        if chosen(resistor).current_ma > resistor.limit_ma:
            yield f"{resistor.purpose}: its LEDs bear {resistor.limit_ma:.0f} mA"
