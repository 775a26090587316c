"""What the population register says of a person, and how a look-up can end."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from firmware.records.claimed import Sex


class LookUpEnd(StrEnum):
    """How a look-up ended; only FOUND and CHANGED say anything about the person.

    FAILED: the register or the way to it answered with an error. TIMED_OUT: nobody answered. LIMITED: this
    terminal asked too often. An ABSENT person is a statement of the register; the other three are not.
    """

    FOUND = "found"
    CHANGED = "changed"
    ABSENT = "absent"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    LIMITED = "limited"


class FieldVerdict(StrEnum):
    """How one declared field stands to the registered one."""

    EQUAL = "equal"
    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One person in the register, as the register spells it; what it does not know is None.

    birth: ISO 8601 as precise as it is known. version: of the master data that answered.
    """

    number: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    birth: str | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    version: str = ""


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of a claim beside the register's. name: "number", "name", "birth" or "sex"."""

    name: str
    verdict: FieldVerdict


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look-up as the record keeps it. entry: of FOUND and CHANGED alone.

    CHANGED: found, and at least one field of the claim is different there.
    """

    end: LookUpEnd
    at: datetime
    entry: RegisterEntry | None = field(default=None, repr=False)
    compared: tuple[FieldComparison, ...] = field(default=(), repr=False)

    @property
    def verifies(self) -> bool:
        """Whether the register knows the person, and nothing of the claim differs there."""
        return self.end is LookUpEnd.FOUND


class RegisterSilent(Exception):
    """Nobody answered within the deadline: no link, or nobody behind it."""


class LookUpRefused(Exception):
    """Somebody answered, but with no statement of the register; the message says what, never about whom."""


class LookUpLimited(Exception):
    """This terminal has asked too often for now."""


class Register(Protocol):
    """The way to the population register, whatever lies between."""

    async def entry_of(self, number: str) -> RegisterEntry | None:
        """The person with that number, or None when the register says that there is none.

        Raises RegisterSilent, LookUpRefused or LookUpLimited; it has a deadline of its own.
        """
        ...
