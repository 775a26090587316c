"""A terminal without a way to the population register."""

from firmware.records.registered import RegisterEntry, RegisterSilent


class NoRegister:
    """A firmware.records.registered.Register for a terminal without a way to it: nobody answers."""

    async def entry_of(self, number: str) -> RegisterEntry | None:
        """Nobody."""
        del number
        raise RegisterSilent("this terminal has no way to the register")
