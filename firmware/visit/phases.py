"""The phases of a visit, and which may follow which."""

from enum import StrEnum


class Phase(StrEnum):
    """Where a visit stands; screen, voice and lamps follow it."""

    ATTRACT = "attract"
    NOTICE = "notice"
    IDENTIFY = "identify"
    GUARDIAN = "guardian"
    PORTRAIT = "portrait"
    FINGERPRINTS = "fingerprints"
    IRISES = "irises"
    REVIEW = "review"
    ATTEST = "attest"
    SAVE = "save"
    RECEIPT = "receipt"
    ENDED = "ended"


_CAPTURES = frozenset({Phase.PORTRAIT, Phase.FINGERPRINTS, Phase.IRISES, Phase.REVIEW})

FOLLOWS: dict[Phase, frozenset[Phase]] = {
    Phase.ATTRACT: frozenset({Phase.NOTICE, Phase.ENDED}),
    Phase.NOTICE: frozenset({Phase.IDENTIFY, Phase.ENDED}),
    Phase.IDENTIFY: _CAPTURES | {Phase.GUARDIAN, Phase.ENDED},
    Phase.GUARDIAN: _CAPTURES | {Phase.ENDED},
    Phase.PORTRAIT: _CAPTURES | {Phase.ENDED},
    Phase.FINGERPRINTS: _CAPTURES | {Phase.ENDED},
    Phase.IRISES: _CAPTURES | {Phase.ENDED},
    Phase.REVIEW: _CAPTURES | {Phase.ATTEST, Phase.ENDED},
    Phase.ATTEST: frozenset({Phase.PORTRAIT, Phase.REVIEW, Phase.SAVE, Phase.ENDED}),
    Phase.SAVE: frozenset({Phase.RECEIPT, Phase.ENDED}),
    Phase.RECEIPT: frozenset({Phase.ENDED}),
    Phase.ENDED: frozenset(),
}


class PhaseOutOfOrder(Exception):
    """A step asked for a phase that may not follow the present one: a bug."""


def enter(present: Phase, following: Phase) -> Phase:
    """`following`, when it may come after `present`; the same phase again is allowed."""
    if following is not present and following not in FOLLOWS[present]:
        raise PhaseOutOfOrder(f"{following} may not follow {present}")
    return following
