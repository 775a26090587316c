"""When a date is believed, and what an attendant's word is worth."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from firmware.clock import Reading
from firmware.outbox.newest import LONG_AGO, newest_stamp
from firmware.outbox.outcome import EarlyEnd
from firmware.records.eligibility import DateSource
from firmware.trusted_date import DateEvidence, TrustedClock
from tests.sealing_world import NOON, Centre, SetClock, make_vault, save_visit

RELEASED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Terminal:
    """A machine whose clock, boot and markers a test moves."""

    run: Path
    own: SetClock
    since_boot_s: float = 100.0

    def clock(self, newest: datetime = LONG_AGO) -> TrustedClock:
        network, rtc = self.run / "network", self.run / "rtc"
        evidence = DateEvidence(network, rtc, self.run, RELEASED, newest)
        return TrustedClock(self.own, lambda: self.since_boot_s, evidence)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, SetClock())


@pytest.mark.parametrize("source", [DateSource.NETWORK, DateSource.RTC])
def test_a_date_that_something_vouches_for_is_believed(terminal: Terminal, source: DateSource) -> None:
    (terminal.run / source).touch()
    assert terminal.clock().reading() == Reading(NOON, source)


def test_a_date_that_nothing_vouches_for_is_a_guess(terminal: Terminal) -> None:
    assert terminal.clock().reading() is None


def test_a_date_before_the_software_was_made_is_not_believed(terminal: Terminal) -> None:
    (terminal.run / "network").touch()
    terminal.own.moment = RELEASED - timedelta(seconds=1)
    assert terminal.clock().reading() is None


def test_a_date_before_what_the_terminal_has_seen_is_not_believed(terminal: Terminal) -> None:
    (terminal.run / "network").touch()
    assert terminal.clock(newest=NOON + timedelta(seconds=1)).reading() is None
    assert terminal.clock(newest=NOON).reading() is not None


def test_an_attested_date_runs_on_whatever_the_machine_believes(terminal: Terminal) -> None:
    assert terminal.clock().attest(NOON, "CB-0042")
    terminal.own.moment = LONG_AGO
    terminal.since_boot_s += 60.0

    reading = terminal.clock().reading()

    later = NOON + timedelta(minutes=1)
    assert reading == Reading(later, DateSource.ATTESTED, "CB-0042")
    assert terminal.clock().now() == later


def test_the_network_is_believed_before_an_attendant(terminal: Terminal) -> None:
    terminal.clock().attest(NOON - timedelta(days=1), "CB-0042")
    (terminal.run / "network").touch()
    assert terminal.clock().reading() == Reading(NOON, DateSource.NETWORK)


@pytest.mark.parametrize("moment", [RELEASED - timedelta(minutes=1), datetime(2062, 3, 2, tzinfo=UTC)])
def test_a_slip_of_the_keypad_is_not_taken(terminal: Terminal, moment: datetime) -> None:
    assert not terminal.clock().attest(moment, "CB-0042")
    assert terminal.clock().reading() is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"machine_started_at": 3}',
        '{"machine_started_at": "x"}',
        '{"machine_started_at": "2026-03-02T05:00:00+00:00"}',
    ],
)
def test_a_word_that_cannot_be_read_is_none(terminal: Terminal, text: str) -> None:
    (terminal.run / "attested_date.json").write_text(text, "utf-8")
    assert terminal.clock().reading() is None


def test_the_newest_stamp_is_that_of_a_record_or_of_an_outcome(tmp_path: Path) -> None:
    assert newest_stamp(tmp_path) == LONG_AGO
    save_visit(make_vault(tmp_path, Centre()))
    assert newest_stamp(tmp_path) == NOON
    later = EarlyEnd("visit-2", "cancelled", "notice", NOON + timedelta(days=1))
    (tmp_path / "outcomes" / later.file_name).write_bytes(later.encode())
    (tmp_path / "outcomes" / "broken.json").write_text(json.dumps([]), "utf-8")
    assert newest_stamp(tmp_path) == NOON + timedelta(days=1)
