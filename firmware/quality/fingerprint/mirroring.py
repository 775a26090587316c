"""Whether a sensor shows mirrored pictures: what the loops of one person's hands say together.

Loops nearly always open towards the little finger: to the right in a right hand's print, to the left in a
left hand's. A person who gives each hand for the other looks the same, so that an attendant has to look.
"""

_LITTLE_FINGERS = 5  # positions 1 to 5 are the right hand from thumb to little finger, 6 to 10 the left
_INDEX = 1
_INDEX_WEIGHT = 1.3  # log of loops towards the little finger against those towards the thumb, 0.40 : 0.11
_WEIGHT = 3.0  # of the other fingers, limited by loops that are misread
_SURE = -4.0  # one in fifty
_SURE_OF_A_HAND = -1.0


class Mirroring:
    """Evidence of one visit; it keeps a sign of each finger and nothing of its print."""

    def __init__(self) -> None:
        self._evidence: dict[int, float] = {}

    def note(self, position: int, side: int) -> None:
        """Count an accepted print once. position: 1 to 10 (ISO/IEC 19794). side: as of `loop_side`."""
        outward = 1 if position <= _LITTLE_FINGERS else -1
        is_index = (position - 1) % _LITTLE_FINGERS == _INDEX
        self._evidence[position] = side * outward * (_INDEX_WEIGHT if is_index else _WEIGHT)

    def forget(self, position: int) -> None:
        """Let a finger go."""
        self._evidence.pop(position, None)

    @property
    def is_sure(self) -> bool:
        """Whether both hands show it: one alone may be the other hand."""
        hands = [
            sum(
                weight
                for position, weight in self._evidence.items()
                if (position <= _LITTLE_FINGERS) is is_right
            )
            for is_right in (True, False)
        ]
        return sum(hands) <= _SURE and max(hands) <= _SURE_OF_A_HAND
