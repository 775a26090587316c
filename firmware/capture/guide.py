"""What a capture may say to the person while it runs."""

from typing import Protocol

from firmware.quality.advice import Advice
from hw.camera.frames import Frame


class Guide(Protocol):
    """The person's side of a capture: one instruction, at most one advice, a live picture."""

    def instruct(self, message: str) -> None:
        """Say what to do now, by message id."""
        ...

    def advise(self, advice: Advice | None) -> None:
        """Say the one thing to do better, or take it back."""
        ...

    def show(self, frame: Frame) -> None:
        """Show what the camera sees."""
        ...
