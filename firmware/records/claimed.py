"""Whom a person claims to be; a claim is not an identity."""

from dataclasses import dataclass, field
from enum import StrEnum


class Sex(StrEnum):
    """As the card and the register know it."""

    MALE = "male"
    FEMALE = "female"


class ClaimSource(StrEnum):
    """Where a claim was read."""

    CARD = "card"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class ClaimedIdentity:
    """Who the person claims to be; what the source did not say is None.

    number: 12 digits. name: NFC. birth: ISO 8601 as precise as it is known ("1990-05-17", "1932").
    warnings: ids of messages about fields that do not fit together.
    """

    number: str = field(repr=False)
    source: ClaimSource
    name: str | None = field(default=None, repr=False)
    birth: str | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = field(default=(), repr=False)
