"""From what a card says or a person types to a claim of who stands there; a claim is not an identity."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from firmware.records.claimed import ClaimedIdentity, ClaimSource
from firmware.records.dates import Birth
from firmware.visit.card_fields import CardClaim, parse_card_qr
from firmware.visit.personal_number import ClaimError, PersonalNumber

__all__ = [
    "ClaimError",
    "ClaimWarning",
    "claim_from_card",
    "claim_from_number",
    "initials",
    "masked",
    "with_birth",
]

_ETH, _D_WITH_STROKE = "\u00d0", "\u0110"  # look alike; only the second is Vietnamese


class ClaimWarning(StrEnum):
    """Fields that do not fit together; each is the id of a message. A warning never refuses anybody.

    Sex and birth may be corrected after the number was given, which stays.
    """

    PLACE_UNKNOWN = "claim_place_unknown"
    PLACE_ABROAD = "claim_place_abroad"
    NAME_MISSING = "claim_name_missing"
    NAME_LETTER = "claim_name_letter"
    BIRTH_UNREADABLE = "claim_birth_unreadable"
    BIRTH_DIFFERS = "claim_birth_differs"
    SEX_UNREADABLE = "claim_sex_unreadable"
    SEX_DIFFERS = "claim_sex_differs"


def claim_from_number(text: str) -> ClaimedIdentity:
    """The claim of a typed number; NumberMalformed when it has not twelve digits."""
    number = PersonalNumber.parse(text)
    return ClaimedIdentity(number.digits, ClaimSource.TYPED, warnings=tuple(_of_place(number)))


def claim_from_card(text: str) -> ClaimedIdentity:
    """The claim of a card's QR code; NotACard for any other code."""
    card = parse_card_qr(text)
    warnings = (*_of_place(card.number), *_of_name(card), *_of_birth(card), *_of_sex(card))
    name = card.name.replace(_ETH, _D_WITH_STROKE) if card.name else None
    return ClaimedIdentity(card.number.digits, ClaimSource.CARD, name, card.birth, card.sex, warnings)


def masked(claim: ClaimedIdentity) -> dict[str, str]:
    """What a screen may show of a claim, by the ids of its facts: a part of the number, initials."""
    shown = {"number": PersonalNumber(claim.number).masked()}
    if claim.name:
        shown["initials"] = initials(claim.name)
    return shown


def initials(name: str) -> str:
    """The first letter of each word: its owner knows it again."""
    return " ".join(f"{word[0]}." for word in name.split())


def with_birth(claim: ClaimedIdentity, birth: Birth) -> ClaimedIdentity:
    """The claim with a birth as its owner typed it; what the claim says already stays."""
    if claim.birth is not None:
        return claim
    fits = birth.first.year == PersonalNumber(claim.number).birth_year
    warnings = claim.warnings if fits else (*claim.warnings, ClaimWarning.BIRTH_DIFFERS)
    return replace(claim, birth=birth.iso(), warnings=warnings)


def _of_place(number: PersonalNumber) -> Iterator[ClaimWarning]:
    if number.is_from_abroad:
        yield ClaimWarning.PLACE_ABROAD
    elif number.place is None:
        yield ClaimWarning.PLACE_UNKNOWN


def _of_name(card: CardClaim) -> Iterator[ClaimWarning]:
    if not card.name:
        yield ClaimWarning.NAME_MISSING
    elif _ETH in card.name:
        yield ClaimWarning.NAME_LETTER


def _of_birth(card: CardClaim) -> Iterator[ClaimWarning]:
    if card.birth is None:
        yield ClaimWarning.BIRTH_UNREADABLE
    elif int(card.birth[:4]) != card.number.birth_year:
        yield ClaimWarning.BIRTH_DIFFERS


def _of_sex(card: CardClaim) -> Iterator[ClaimWarning]:
    if card.sex is None:
        yield ClaimWarning.SEX_UNREADABLE
    elif card.sex is not card.number.sex:
        yield ClaimWarning.SEX_DIFFERS
