"""What provisioning leaves on a terminal: who it is, whose PIN counts, its keys, and a date to go by."""

import stat
from datetime import datetime, timedelta
from pathlib import Path

from firmware.clock import DatedClock
from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.identity import IDENTITY_NAME, IdentityInvalid, parse_identity
from firmware.records.refusal import SaveRefused
from firmware.sealing.keys import DEVICE_KEY_NAME, CentreKey, load_centre_key, load_key_ring
from firmware.visit.attendants import load_attendants

ENDS_SOON = timedelta(days=30)


def check_identity(state: Path) -> CheckResult:
    """Ward, terminal and how many attendants may vouch."""
    try:
        identity = parse_identity((state / IDENTITY_NAME).read_text("utf-8"))
        attendants = load_attendants(state / "attendants.toml")
    except FileNotFoundError:
        return CheckResult(Device.IDENTITY, (), FaultCode.IDENTITY_MISSING)
    except IdentityInvalid as error:
        return CheckResult(Device.IDENTITY, (), FaultCode.IDENTITY_UNREADABLE, str(error))
    except (
        OSError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:  # what a damaged file makes TOML and hex raise
        return CheckResult(Device.IDENTITY, (), FaultCode.IDENTITY_UNREADABLE, type(error).__name__)
    figures = (
        Figure("ward", identity.ward_code),
        Figure("terminal", identity.terminal_id),
        Figure("attendants", len(attendants)),
    )
    return CheckResult(Device.IDENTITY, figures, None if attendants else FaultCode.ATTENDANTS_MISSING)


def check_keys(state: Path, now: datetime) -> CheckResult:
    """The terminal's own key, the centre's, and for how many days it can still be sealed to."""
    folder = state / "keys"
    try:
        centre = load_centre_key(folder)
    except SaveRefused:
        return CheckResult(Device.KEYS, (), FaultCode.CENTRE_KEY_UNUSABLE)
    figures = (
        Figure("centre key", centre.key_id),
        Figure("valid for", (centre.not_after - now).days, "days"),
    )
    try:
        load_key_ring(folder)
    except SaveRefused:
        return CheckResult(Device.KEYS, figures, FaultCode.DEVICE_KEY_UNUSABLE)
    if (folder / DEVICE_KEY_NAME).stat().st_mode & stat.S_IRWXO:
        return CheckResult(Device.KEYS, figures, FaultCode.DEVICE_KEY_OPEN)
    return CheckResult(Device.KEYS, figures, _validity(centre, now))


def _validity(centre: CentreKey, now: datetime) -> FaultCode | None:
    if now < centre.not_before:
        return FaultCode.CENTRE_KEY_EARLY
    if now >= centre.not_after:
        return FaultCode.CENTRE_KEY_EXPIRED
    return FaultCode.CENTRE_KEY_ENDS_SOON if now + ENDS_SOON >= centre.not_after else None


def check_clock(clock: DatedClock) -> CheckResult:
    """Whether the terminal knows the date, and how: without it nobody is served."""
    shown, reading = Figure("date", f"{clock.now():%Y-%m-%d %H:%M} UTC"), clock.reading()
    if reading is None:
        return CheckResult(Device.CLOCK, (shown,), FaultCode.CLOCK_WRONG)
    return CheckResult(Device.CLOCK, (shown, Figure("known by", reading.source.value)))
