"""What a person claims beside what the register says, field by field."""

from collections.abc import Callable, Iterator

from firmware.records.claimed import ClaimedIdentity
from firmware.records.registered import FieldComparison, FieldVerdict, RegisterEntry
from firmware.records.text_keys import comparison_key


def compare(claim: ClaimedIdentity, entry: RegisterEntry) -> tuple[FieldComparison, ...]:
    """The verdict on number, name, birth and sex; a field that neither side knows is left out."""
    return tuple(_compared(claim, entry))


def has_changed(compared: tuple[FieldComparison, ...]) -> bool:
    """Whether the register says otherwise than the claim in any field."""
    return any(field.verdict is FieldVerdict.DIFFERENT for field in compared)


def _compared(claim: ClaimedIdentity, entry: RegisterEntry) -> Iterator[FieldComparison]:
    sides = (
        ("number", claim.number, entry.number, _never),
        ("name", claim.name, entry.name, _names_are_equivalent),
        ("birth", claim.birth, entry.birth, _births_are_equivalent),
        ("sex", claim.sex, entry.sex, _never),
    )
    for name, here, there, are_equivalent in sides:
        if here or there:
            yield FieldComparison(name, _verdict(here, there, are_equivalent))


def _verdict(here: str | None, there: str | None, are_equivalent: Callable[[str, str], bool]) -> FieldVerdict:
    if not here:
        return FieldVerdict.MISSING_HERE
    if not there:
        return FieldVerdict.MISSING_THERE
    if here == there:
        return FieldVerdict.EQUAL
    return FieldVerdict.EQUIVALENT if are_equivalent(here, there) else FieldVerdict.DIFFERENT


def _never(here: str, there: str) -> bool:
    """A number or a sex has one spelling."""
    del here, there
    return False


def _names_are_equivalent(here: str, there: str) -> bool:
    return comparison_key(here) == comparison_key(there)


def _births_are_equivalent(here: str, there: str) -> bool:
    """Whether one is the other, known less precisely: 1932 and 1932-05-17."""
    return here.startswith(f"{there}-") or there.startswith(f"{here}-")
