"""Somebody who watches a long work, and may ask it to stop."""

from typing import Protocol


class Watch(Protocol):
    """Told of each step and how far it is; what is reached lies on the medium, not in a cache."""

    def begin(self, step: str, total_bytes: int) -> None:
        """A step begins."""
        ...

    def reach(self, done_bytes: int) -> None:
        """So much of the step is done; Interrupted when somebody has asked to stop."""
        ...
