"""The clock of a simulated terminal, with or without something that vouches for its date."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from firmware.identity import RELEASED
from firmware.outbox.newest import newest_stamp
from firmware.trusted_date import DateEvidence, TrustedClock
from simulator.virtual_time import VirtualClock

YEARS_BACK = timedelta(days=3 * 365)


def simulated_clock(state: Path, date: str, morning: datetime) -> TrustedClock:
    """A clock that begins at `morning`. date: as simulator.scenario.TerminalSetting has it."""
    run = state.parent / "run"
    run.mkdir(exist_ok=True)
    network, rtc = run / "synchronized", run / "rtc_was_read"
    for marker, there in ((network, date in {"network", "jumped_back"}), (rtc, date == "rtc")):
        marker.touch() if there else marker.unlink(missing_ok=True)
    begin = morning - YEARS_BACK if date == "jumped_back" else morning
    evidence = DateEvidence(network, rtc, run, RELEASED, newest_stamp(state))
    return TrustedClock(VirtualClock(begin), lambda: asyncio.get_running_loop().time(), evidence)
