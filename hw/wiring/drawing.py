"""The 40-pin header as a picture: which wire goes to which pin."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from hw.boards.header import HEADER
from hw.wiring.parts import Parts, Wire

ROW, TOP, MIDDLE, WIDTH = 34, 96, 480, 960
PIN_X = 17  # of a column's pins, from the middle
_FILLS = {"5V": "#d83a34", "3V3": "#e79a2b", "GND": "#333333"}
_FREE = "#d9dde2"
_SIGNAL = "#2b7de0"
_WIRES = {
    "red": "#d83a34",
    "black": "#333333",
    "yellow": "#e6c229",
    "green": "#2f9e44",
    "orange": "#f08c2b",
    "white": "#ffffff",
    "blue": "#2b6fd6",
    "brown": "#8a5a33",
    "grey": "#8f96a0",
    "violet": "#8a4fc4",
}


def header_svg(parts: Parts) -> str:
    """The header from above, sockets to the technician: odd numbers left, even numbers right."""
    wires = {wire.header_pin: wire for wire in parts.wire if wire.header_pin is not None}
    rows = [line for number in range(1, len(HEADER) + 1) for line in _pin(number, wires.get(number))]
    height = TOP + ROW * len(HEADER) // 2 + 54
    return "\n".join((*_frame(parts.board, height), *rows, "</svg>", ""))


def _frame(name: str, height: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="DejaVu Sans, Arial, sans-serif" font-size="15">'
    )
    yield f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    yield _text(MIDDLE, 30, f"{name}: the 40-pin header of the Raspberry Pi 5", "middle", 'font-size="21"')
    yield _text(MIDDLE, 54, "seen from above; inner row left, row at the board's edge right", "middle")
    yield _text(MIDDLE, TOP - 16, "▲ corner of the board: pin 1 has a square pad", "middle", 'fill="#5a6470"')
    yield (
        f'<rect x="{MIDDLE - 36}" y="{TOP - 6}" width="72" height="{ROW * 20 + 12}" rx="8" fill="#1d2329"/>'
    )
    yield _text(MIDDLE, height - 20, "▼ USB and network sockets", "middle", 'fill="#5a6470"')


def _pin(number: int, wire: Wire | None) -> Iterator[str]:
    side = -1 if number % 2 else 1
    x, y = MIDDLE + side * PIN_X, TOP + ROW * ((number - 1) // 2) + ROW // 2
    pin = HEADER[number - 1]
    yield f'<circle cx="{x}" cy="{y}" r="13" fill="{_fill(pin, wire)}" stroke="#ffffff"/>'
    ink = "#333333" if wire is None and not isinstance(pin, str) else "#ffffff"
    yield _text(x, y + 5, str(number), "middle", f'fill="{ink}" font-size="12"')
    name = pin if isinstance(pin, str) else f"GPIO {pin}"
    yield _text(MIDDLE + side * 44, y + 5, name, _anchor(side), 'fill="#5a6470" font-size="13"')
    if wire is not None:
        yield from _wire(wire, side, y)


def _wire(wire: Wire, side: int, y: int) -> Iterator[str]:
    near, far = MIDDLE + side * 106, MIDDLE + side * 176
    yield f'<line x1="{near}" y1="{y}" x2="{far}" y2="{y}" stroke="#333333" stroke-width="8"/>'
    yield (
        f'<line x1="{near}" y1="{y}" x2="{far}" y2="{y}" stroke="{_WIRES.get(wire.colour, "#8f96a0")}" '
        'stroke-width="6"/>'
    )
    pin = f"pin {wire.pin}" if wire.pin.isdecimal() else wire.pin
    label = f"{wire.colour}: {wire.part.replace('_', ' ')}, {pin}"
    yield _text(far + side * 8, y - 1, label, _anchor(side), 'font-size="14"')
    yield _text(far + side * 8, y + 13, wire.signal, _anchor(side), 'fill="#5a6470" font-size="11"')


def _fill(pin: str | int, wire: Wire | None) -> str:
    if isinstance(pin, str):
        return _FILLS[pin]
    return _FREE if wire is None else _SIGNAL


def _anchor(side: int) -> str:
    return "end" if side < 0 else "start"


def _text(x: int, y: int, text: str, anchor: str, style: str = "") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {style}>{escape(text)}</text>'
