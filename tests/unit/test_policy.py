"""Thresholds as data."""

from dataclasses import dataclass

import pytest

from firmware.capture.policy.loader import PolicyInvalid, load_limits


@dataclass(frozen=True, slots=True)
class Stranger:
    """Limits that no policy file has."""

    moon_phase: float


def test_a_missing_section_is_an_error() -> None:
    with pytest.raises(PolicyInvalid, match=r"fingerprint\.toml: \[no_such\] is missing"):
        load_limits(Stranger, "fingerprint.toml", "no_such")


def test_a_section_with_other_keys_is_an_error() -> None:
    with pytest.raises(
        PolicyInvalid, match=r"fingerprint\.toml: presentation: unknown .*, missing \['moon_phase'\]"
    ):
        load_limits(Stranger, "fingerprint.toml", "presentation")
