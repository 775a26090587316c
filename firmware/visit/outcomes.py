"""How a visit can end; every ending is counted, and only SAVED leaves a record."""

from enum import StrEnum


class Outcome(StrEnum):
    """The ending of one visit, without anything of the person."""

    SAVED = "saved"
    CANCELLED = "cancelled"
    WALKED_AWAY = "walked_away"
    TOOK_TOO_LONG = "took_too_long"
    NOT_SEEN = "not_seen"  # the attendant looked, and this person did not stand there
    NOT_ATTESTED = "not_attested"
    SAVE_REFUSED = "save_refused"
    CLOCK_UNKNOWN = "clock_unknown"
    DEVICE_FAULT = "device_fault"
