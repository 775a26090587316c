"""What the self-test finds in a terminal's state folder, and what its computer tells."""

import socket
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.health.link import check_link
from firmware.health.machine import check_machine
from firmware.health.provisioning import check_clock, check_identity, check_keys
from simulator.provisioned import provision
from simulator.scenario import TerminalSetting
from simulator.ward_clock import simulated_clock

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A terminal's state folder, provisioned; its centre key is valid from 2020 up to 2100."""
    provision(tmp_path / "state", tmp_path / "centre", TerminalSetting())
    return tmp_path / "state"


@pytest.fixture
def look_ups(tmp_path: Path) -> Generator[Path]:
    """A socket at which somebody takes look-ups."""
    path = tmp_path / "look-up.sock"
    with socket.socket(socket.AF_UNIX) as uplink:
        uplink.bind(str(path))
        uplink.listen()
        yield path


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (datetime(2019, 12, 31, tzinfo=UTC), FaultCode.CENTRE_KEY_EARLY),
        (datetime(2099, 12, 1, tzinfo=UTC), None),
        (datetime(2099, 12, 2, tzinfo=UTC), FaultCode.CENTRE_KEY_ENDS_SOON),
        (datetime(2100, 1, 1, tzinfo=UTC), FaultCode.CENTRE_KEY_EXPIRED),
    ],
)
def test_the_centres_key_is_watched_to_its_last_day(
    state: Path, now: datetime, fault: FaultCode | None
) -> None:
    assert check_keys(state, now).fault is fault


@pytest.mark.parametrize(
    ("name", "fault"),
    [("device.pem", FaultCode.DEVICE_KEY_UNUSABLE), ("centre.toml", FaultCode.CENTRE_KEY_UNUSABLE)],
)
def test_a_missing_key_is_told_from_the_other(state: Path, name: str, fault: FaultCode) -> None:
    (state / "keys" / name).unlink()
    assert check_keys(state, NOW).fault is fault


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("identity.toml", "ward_code = 1", FaultCode.IDENTITY_UNREADABLE),
        ("identity.toml", "= no TOML", FaultCode.IDENTITY_UNREADABLE),
        ("attendants.toml", "", FaultCode.ATTENDANTS_MISSING),
        ("attendants.toml", "[one]", FaultCode.IDENTITY_UNREADABLE),
    ],
)
def test_a_terminal_should_know_who_it_is_and_who_may_vouch(
    state: Path, name: str, text: str, fault: FaultCode
) -> None:
    assert check_identity(state).fault is None
    (state / name).write_text(text)
    assert check_identity(state).fault is fault


def test_a_terminal_without_a_way_to_the_centre_is_warned_of(tmp_path: Path) -> None:
    assert check_link(tmp_path, tmp_path / "socket", NOW).fault is FaultCode.LINK_ABSENT


def test_a_way_to_the_centre_that_takes_no_look_ups_is_warned_of(tmp_path: Path, look_ups: Path) -> None:
    (tmp_path / "uplink.toml").touch()
    assert check_link(tmp_path, look_ups, NOW).fault is None
    unheard = check_link(tmp_path, tmp_path / "absent", NOW)
    assert unheard.fault is FaultCode.LOOK_UPS_UNHEARD
    assert unheard.detail == f"{tmp_path / 'absent'}: No such file or directory"


def test_records_that_wait_for_more_than_a_week_are_a_warning(tmp_path: Path, look_ups: Path) -> None:
    (tmp_path / "outbox" / "record").mkdir(parents=True)
    (tmp_path / "uplink.toml").touch()
    now = datetime.fromtimestamp((tmp_path / "outbox" / "record").stat().st_mtime, UTC)
    assert check_link(tmp_path, look_ups, now + timedelta(days=6)).fault is None
    assert check_link(tmp_path, look_ups, now + timedelta(days=8)).fault is FaultCode.RECORDS_WAIT


def test_a_receipt_counts_also_after_its_record_has_left(tmp_path: Path) -> None:
    receipt = tmp_path / "acknowledged" / "record.json"
    receipt.parent.mkdir()
    receipt.touch()
    now = datetime.fromtimestamp(receipt.stat().st_mtime, UTC) + timedelta(hours=3)
    assert Figure("last receipt", "3.0 h ago") in check_link(tmp_path, tmp_path / "socket", now).figures


@pytest.mark.parametrize(
    ("milli_celsius", "throttled", "available_kb", "fault"),
    [
        (52_000, "0", 4_000_000, None),
        (81_000, "0", 4_000_000, FaultCode.MACHINE_HOT),
        (52_000, "50005", 4_000_000, FaultCode.VOLTAGE_LOW),
        (52_000, "50000", 4_000_000, FaultCode.VOLTAGE_WAS_LOW),
        (52_000, "0", 100_000, FaultCode.MEMORY_LOW),
    ],
)
def test_the_computer_tells_heat_voltage_and_memory(
    tmp_path: Path, milli_celsius: int, throttled: str, available_kb: int, fault: FaultCode | None
) -> None:
    told = {
        "sys/class/thermal/thermal_zone0/temp": f"{milli_celsius}\n",
        "sys/devices/platform/soc/soc:firmware/get_throttled": f"{throttled}\n",
        "proc/meminfo": f"MemTotal: 8000000 kB\nMemAvailable:   {available_kb} kB\n",
    }
    for name, text in told.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    result = check_machine(tmp_path)
    assert (result.fault, len(result.figures)) == (fault, 3)


def test_what_a_computer_does_not_tell_is_left_out(tmp_path: Path) -> None:
    assert check_machine(tmp_path) == CheckResult(Device.MACHINE)


@pytest.mark.parametrize(
    ("date", "fault", "known_by"),
    [
        ("network", None, ["network"]),
        ("rtc", None, ["rtc"]),
        ("unknown", FaultCode.CLOCK_WRONG, []),
        ("jumped_back", FaultCode.CLOCK_WRONG, []),
    ],
)
async def test_a_date_is_good_when_something_vouches_for_it_and_it_is_possible(
    tmp_path: Path, date: str, fault: FaultCode | None, known_by: list[str]
) -> None:
    result = check_clock(simulated_clock(tmp_path / "state", date, NOW))
    assert result.fault is fault
    assert [figure.value for figure in result.figures[1:]] == known_by
