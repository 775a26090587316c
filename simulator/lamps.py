"""The terminal's lamp without hardware: pins that report each change to the stage.

A board file names the factory as `tram-stage`. gpiozero finds factories by entry points, so
`offer_pin_factory` writes one into a folder; the booth gets that folder on its PYTHONPATH and the
socket's path in TRAM_LAMPS_SOCKET.
"""

# gpiozero has no types.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import json
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import cast

from gpiozero.pins.mock import MockFactory, MockPWMPin

PIN_FACTORY = "tram-stage"
SOCKET_VARIABLE = "TRAM_LAMPS_SOCKET"
SEND_LIMIT_S = 0.2  # a socket holds ten datagrams; a stage that is slower than this misses a change


class StageAbsent(Exception):
    """There is no stage to report to."""

    def __init__(self) -> None:
        super().__init__(f"{SOCKET_VARIABLE} should name the stage's datagram socket")


class ReportingPin(MockPWMPin):
    """A pin whose every change is one datagram: {"pin": 17, "value": 0.5}."""

    def _change_state(self, value: float) -> bool:
        changed = bool(super()._change_state(value))
        if changed:
            cast("StageFactory", self.factory).report(self.info.name, float(value))
            self.clear_states()
        return changed


class StageFactory(MockFactory):
    """Pins of a Raspberry Pi 5 that exist on the stage only."""

    def __init__(self) -> None:
        super().__init__(revision="d04170", pin_class=ReportingPin)
        address = os.environ.get(SOCKET_VARIABLE)
        if address is None:
            raise StageAbsent
        self._address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(SEND_LIMIT_S)

    def report(self, pin_name: str, value: float) -> None:
        """Tell the stage; a stage that is gone or busy misses the change, as an unplugged lamp would."""
        change = {"pin": int(pin_name.removeprefix("GPIO")), "value": value}
        with suppress(OSError):
            self._socket.sendto(json.dumps(change).encode(), self._address)

    def close(self) -> None:
        super().close()
        self._socket.close()


def offer_pin_factory(folder: Path) -> None:
    """Make `folder` announce StageFactory to gpiozero wherever it is on the import path."""
    announced = folder / "tram_stage-1.dist-info"
    announced.mkdir(parents=True, exist_ok=True)
    (announced / "METADATA").write_text("Metadata-Version: 2.1\nName: tram-stage\nVersion: 1\n")
    (announced / "entry_points.txt").write_text(
        f"[gpiozero_pin_factories]\n{PIN_FACTORY} = {__name__}:{StageFactory.__name__}\n"
    )
