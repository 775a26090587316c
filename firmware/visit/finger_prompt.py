"""What the screen says while fingers are taken."""

from collections.abc import Callable, Iterable

from firmware.capture.finger_tries import FingerTries
from firmware.capture.notices import FingerNotice
from firmware.records.samples import FingerPosition
from firmware.screen.view import ProgressItem
from firmware.visit.dialogue import Dialogue

Progress = Callable[[str | None, frozenset[str]], tuple[ProgressItem, ...]]
"""How far everything has come, given the key of what is asked for and the keys of what is being read."""


class FingerPrompt:
    """Asks for one finger at a time, and for the same finger only once."""

    def __init__(self, dialogue: Dialogue, progress: Progress) -> None:
        self._dialogue = dialogue
        self._progress = progress
        self._asked: FingerTries | None = None

    def ask(self, tries: FingerTries, read: Iterable[FingerPosition]) -> None:
        """Ask for a finger; a hint says why it is asked for again. read: those whose images are under way."""
        under_way = tuple(read)
        if tries is not self._asked:
            self.show(tries, _instruction(tries, is_reading=bool(under_way)), under_way)
            self._asked = tries

    def forget(self) -> None:
        """Whatever is asked for next has to be said."""
        self._asked = None

    def show(self, tries: FingerTries, instruction: str, read: Iterable[FingerPosition] = ()) -> None:
        """Say something about a finger."""
        seen = () if tries.seen_as is None else (("seen", _key(tries.seen_as)),)
        self._asked = None
        self._dialogue.show(
            instruction=instruction,
            target=_key(tries.position),
            hint=FingerNotice.FINGER_OTHER.value if seen else tries.advice,
            parameters=seen,
            progress=self._progress(_key(tries.position), frozenset(map(_key, read))),
        )

    def tell(self, instruction: str, read: Iterable[FingerPosition]) -> None:
        """Say what to do while nothing is asked for: the images of `read` are under way."""
        self._asked = None
        self._dialogue.tell(instruction)
        self._dialogue.show(progress=self._progress(None, frozenset(map(_key, read))))


def _instruction(tries: FingerTries, *, is_reading: bool) -> str:
    if tries.is_first_at_the_end:
        return "finger_offer"
    if tries.advice is not None or tries.seen_as is not None:
        return "finger_retry"
    return "finger_next" if is_reading else "finger_place"


def _key(position: FingerPosition) -> str:
    return f"finger_{position.value}"
