"""Whether the date can be trusted: there may be no battery, no network, or a clock that jumped back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firmware.clock import Clock, Reading
from firmware.records.eligibility import DateSource

SOFTWARE_YEARS = 10  # no terminal runs this version for longer: a later date is a slip of the keypad
ATTESTED_NAME = "attested_date.json"


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What vouches for the machine's own date.

    network: a file that is there once the date came from the network. rtc: one that is there once it came
    from a clock with a battery. run: a folder that lives until the machine restarts. newest: no date before
    this moment, which the terminal has seen itself, is believed.
    """

    network: Path
    rtc: Path
    run: Path
    released: datetime
    newest: datetime


class TrustedClock:
    """A firmware.clock.DatedClock over a machine's clock, in doubt over an attendant's word.

    boot_s: seconds since the machine started.
    """

    def __init__(self, clock: Clock, boot_s: Callable[[], float], evidence: DateEvidence) -> None:
        self._clock = clock
        self._boot_s = boot_s
        self._evidence = evidence

    def now(self) -> datetime:
        """Wall time in UTC, trusted or not."""
        reading = self.reading()
        return self._clock.now() if reading is None else reading.at

    def elapsed_s(self) -> float:
        """As the machine's clock."""
        return self._clock.elapsed_s()

    async def sleep(self, duration_s: float) -> None:
        """As the machine's clock."""
        await self._clock.sleep(duration_s)

    def reading(self) -> Reading | None:
        """The machine's date where something vouches for it and it is possible, else the attested one."""
        own, source = self._clock.now(), self._source()
        if source is not None and max(self._evidence.released, self._evidence.newest) <= own:
            return Reading(own, source)
        return self._attested()

    def attest(self, moment: datetime, attendant_id: str) -> bool:
        """Keep the word until the machine restarts; False before the software's release or long after it.

        It may lie before stamps of the terminal itself: these may stem from a date that was wrong.
        """
        last = self._evidence.released + timedelta(days=366 * SOFTWARE_YEARS)
        if not self._evidence.released <= moment <= last:
            return False
        start = moment - timedelta(seconds=self._boot_s())
        word = {"machine_started_at": start.isoformat(), "attested_by": attendant_id}
        file = self._evidence.run / ATTESTED_NAME
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(word), "utf-8")
        partial.replace(file)
        return True

    def _source(self) -> DateSource | None:
        if self._evidence.network.exists():
            return DateSource.NETWORK
        return DateSource.RTC if self._evidence.rtc.exists() else None

    def _attested(self) -> Reading | None:
        """The date by an attendant's word about when the machine started; None without one."""
        try:
            word = json.loads((self._evidence.run / ATTESTED_NAME).read_text("utf-8"))
            began = datetime.fromisoformat(word["machine_started_at"]).astimezone(UTC)
            now = began + timedelta(seconds=self._boot_s())
            return Reading(now, DateSource.ATTESTED, str(word["attested_by"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
