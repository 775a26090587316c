"""Templates of a simulated sensor: bytes that mean nothing outside, but for whose finger they are of."""

import hashlib

import numpy as np

TEMPLATE_BYTES = 512  # R30x: two feature sets of 256
_WHOSE_BYTES = 16

Template = bytes


def template_of(identity: str, rng: np.random.Generator) -> Template:
    """Another one each time, as with real fingers."""
    whose = hashlib.sha256(identity.encode()).digest()[:_WHOSE_BYTES]
    return whose + rng.bytes(TEMPLATE_BYTES - _WHOSE_BYTES)


def are_of_one_finger(*templates: Template) -> bool:
    """Whether all come from the same finger."""
    return len({template[:_WHOSE_BYTES] for template in templates}) == 1


class TemplateBuffers:
    """The buffers that instructions name by their numbers, from 1; lost with the supply."""

    def __init__(self, count: int, rng: np.random.Generator) -> None:
        self.numbers = range(1, count + 1)
        self._rng = rng
        self._held: dict[int, Template] = {}

    def fill(self, buffer: int, identity: str) -> None:
        """Features of this finger come into a buffer."""
        self.put(buffer, template_of(identity, self._rng))

    def put(self, buffer: int, template: Template) -> None:
        """A template comes into a buffer."""
        self._held[buffer] = template

    def get(self, buffer: int) -> Template | None:
        """What a buffer holds."""
        return self._held.get(buffer)

    def all_held(self) -> list[Template]:
        """What all buffers hold, by their numbers."""
        return [self._held[number] for number in sorted(self._held)]

    def forget(self) -> None:
        """Nothing is held any more."""
        self._held.clear()
