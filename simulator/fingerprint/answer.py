"""What the parts of a simulated sensor say and want, before it becomes packets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from hw.fingerprint.codes import Confirmation
from simulator.damage import Chunk


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to a command, `delay_s` after what was said before."""

    confirmation: Confirmation
    results: bytes = field(default=b"", repr=False)
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Data:
    """Content that follows in data packets."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The host shall send data packets: `take` gets their content, unless it is longer than `limit_bytes`."""

    limit_bytes: int
    take: Callable[[bytes], None]


# What stands behind an acknowledgement happens after it was said: a new speed, for instance.
Answer = Iterator[Acknowledgement | Data | Wanted | Chunk]
Command = Callable[[bytes], Answer]  # of the arguments; struct.error when they have the wrong length
Commands = Mapping[int, Command]


def says(confirmation: Confirmation, results: bytes = b"", delay_s: float = 0.0) -> Answer:
    """An answer of one acknowledgement."""
    yield Acknowledgement(confirmation, results, delay_s)
