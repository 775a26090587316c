"""Which finger is next: those that wait, and those that are offered once more at the end."""

from collections import deque
from collections.abc import Callable

from firmware.capture.finger_tries import FingerTries
from firmware.records.samples import FingerPosition


class FingerQueue:
    """The fingers of one visit in the order of asking. begin: the first tries of a finger."""

    def __init__(self, begin: Callable[[FingerPosition], FingerTries]) -> None:
        self._begin = begin
        self._all: dict[FingerPosition, FingerTries] = {}
        self._waiting: deque[FingerTries] = deque()
        self._later: deque[FingerTries] = deque()

    def __bool__(self) -> bool:
        """Whether any finger is still to be asked for."""
        return bool(self._waiting or self._later)

    def ask_for(self, position: FingerPosition) -> None:
        """Put a finger last; one that was taken already gets its tries anew."""
        tries = self._all.get(position)
        if tries is None:
            tries = self._all[position] = self._begin(position)
        else:
            tries.begin_again()
        self.leave(tries)
        self._waiting.append(tries)

    def take_anew(self, position: FingerPosition) -> None:
        """What was taken as `position` was another finger: ask for the right one."""
        if position in self._all:
            self._all[position].discard()
        self.ask_for(position)

    def asked(self) -> tuple[FingerTries, ...]:
        """Every finger that was ever asked for."""
        return tuple(self._all.values())

    def next(self, is_idle: Callable[[FingerTries], bool]) -> FingerTries | None:
        """The first finger whose sensor is idle, else the first; those that failed come last."""
        if not self._waiting:
            self._offer_again()
        idle = (tries for tries in self._waiting if is_idle(tries))
        return next(idle, self._waiting[0] if self._waiting else None)

    def leave(self, tries: FingerTries) -> None:
        """Ask for it no more."""
        for queue in (self._waiting, self._later):
            if tries in queue:
                queue.remove(tries)

    def put_first(self, tries: FingerTries) -> None:
        """Ask for it next."""
        self.leave(tries)
        self._waiting.appendleft(tries)

    def postpone(self, tries: FingerTries) -> None:
        """Ask for it when the others are done."""
        self.leave(tries)
        self._later.append(tries)

    def _offer_again(self) -> None:
        for tries in self._later:
            tries.offer_again()
        self._waiting.extend(self._later)
        self._later.clear()
