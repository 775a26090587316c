"""The iris module's program: serves the terminal, exposes frames, and goes dark whenever anything is wrong.

The watchdog starts with the first packet of a terminal: at a bench without one, the program can be
interrupted for as long as copying a new one takes. On trial after an update it starts at once.
"""

import gc
from time import sleep_ms

import latch
from commands import Commands
from core import Core
from faults import CFG_CRC, WDT_RESET
from hardware import Hardware
from link import Link
from machine import UART, WDT, Pin, reset, reset_cause
from protocol import ANSWER, EVT_STROBE, HELLO
from states import OFF
from updating import keep
from wrapping import since

BAUD = 115200
BY_POWER = 1  # machine.reset_cause() of the RP2; its other one is the watchdog, by which reset() works too
WATCHDOG_MS = 3000  # longer than writing a bundle's files takes [unverified]
SENSE_MS = 100
RANGE_MS = 10
WAKE_RANGER_MS = 5000  # between attempts to wake a silent distance sensor
TRIAL_MS = 30000  # for a terminal to greet a new program


class Module:
    """One module on one line. folder: where this program came from, "" for the root."""

    def __init__(self, uart: UART, folder: str, is_on_trial: bool, faults: int) -> None:
        self.link = Link(uart)
        self.board = Hardware(folder)
        self.core = Core(self.board.ticks_us(), faults)
        self._commands = Commands(self.core, self.board)
        self._watchdog = WDT(timeout=WATCHDOG_MS) if is_on_trial else None
        self._folder = folder
        self._is_on_trial = is_on_trial
        self._kept_faults = 0
        self._sensed_ms = self._ranged_ms = self._woken_ms = self.core.time.ms
        self._rail_is_on = False

    def run(self) -> None:
        """Prove the light, say who this is, then serve for ever; dark when anything raises."""
        try:
            self.prove()
            self.link.answer(HELLO | ANSWER, 0, self._commands.identity())
            while True:
                self.step()
                sleep_ms(1)
        finally:
            self.board.light.darken()

    def step(self) -> None:
        """Hear, feel, decide, shine, tell: in this order, so that nothing shines on what is known no more."""
        core = self.core
        core.time.see(self.board.ticks_us())
        for body in self.link.heard():
            self._answer(body)
        self._feel(core.time.ms)
        core.step(self.board.ticks_us())
        self._shine()
        while core.events:
            self.link.event(*core.events.pop(0))
        if core.state == OFF:
            self.prove()
        self._look_after_itself()

    def _answer(self, body: bytes) -> None:
        if self._watchdog is None:
            self._watchdog = WDT(timeout=WATCHDOG_MS)
        if body[1] == HELLO and self._is_on_trial:
            self._is_on_trial = False
            keep(self._folder)
        answer = self._commands.answer(body)
        if answer is not None:
            self.link.answer(*answer)

    def prove(self) -> None:
        """Let the light test itself, unless it is known to be broken: then it stays dark, over resets too."""
        is_known = self.core.guard.latched() != 0
        self.core.tested(0 if is_known else self.board.self_test()[0])
        self.core.step(self.board.ticks_us())

    def _feel(self, now_ms: int) -> None:
        core, board = self.core, self.board
        if since(now_ms, self._sensed_ms) >= SENSE_MS:
            self._sensed_ms = now_ms
            board.feel_service()
            was_on, self._rail_is_on = self._rail_is_on, board.light.is_enabled()
            rail_is_up = board.senses.rail_is_up() or not (was_on and self._rail_is_on)
            core.sensed(board.senses.temperature_dc(), rail_is_up)
        if since(now_ms, self._ranged_ms) >= RANGE_MS:
            self._ranged_ms = now_ms
            self._range(now_ms)

    def _range(self, now_ms: int) -> None:
        ranger = self.board.ranger
        if ranger.poll(now_ms):
            self.core.ranged(ranger.distance_mm, ranger.status, ranger.signal, ranger.sigma)
        elif not ranger.works:
            self.core.guard.tof_failed()
            if since(now_ms, self._woken_ms) >= WAKE_RANGER_MS:
                self._woken_ms = now_ms
                ranger.restart(now_ms)

    def _shine(self) -> None:
        core, light = self.core, self.board.light
        if core.is_lit() != light.is_enabled():
            if core.is_lit():
                light.enable()
            else:
                light.darken()
        is_first = core.session is not None and core.session.index == 0
        if not core.expose():
            return
        if not is_first:
            self._look_at_last()
        if light.fire(core.on_us, core.lines):
            self.link.event_in_place(EVT_STROBE, core.put_strobe(self.link.packet.body))

    def _look_at_last(self) -> None:
        """Whether the frame before was made, and whether its LEDs went dark."""
        is_made = self.board.light.confirms()
        self.core.confirmed(is_made)
        if is_made:
            self.board.light.close()
            self.core.dark(self.board.senses.current_ma())

    def _look_after_itself(self) -> None:
        latched = self.core.guard.latched()
        if latched != self._kept_faults:
            self._kept_faults = latched
            latch.keep(latched)
        if self._watchdog is not None:
            self._watchdog.feed()
        has_failed = self._is_on_trial and self.core.time.up_ms() > TRIAL_MS
        if has_failed or self.board.update.is_to_start:
            self.board.light.darken()
            self.link.flush()
            reset()


def run(folder: str, is_on_trial: bool, is_damaged: bool) -> None:
    """Serve the terminal on the first UART: pins 0 and 1 of the board."""
    gc.collect()  # what importing left lies between what is to come
    by_power = reset_cause() == BY_POWER
    faults = latch.kept(by_power) | (0 if by_power else WDT_RESET) | (CFG_CRC if is_damaged else 0)
    Module(UART(0, baudrate=BAUD, tx=Pin(0), rx=Pin(1)), folder, is_on_trial, faults).run()
