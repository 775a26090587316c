"""How flashing ends other than well."""


class FlashFault(Exception):
    """Something is wrong; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class TargetRefused(FlashFault):
    """Nothing was written: this target or this image must not or cannot be used."""


class CardBad(FlashFault):
    """The card does not hold what is written to it."""


class Interrupted(FlashFault):
    """The work ended before its end, by no fault of the card."""
