"""The table of fault codes: every code explained, none ever lost."""

from collections import defaultdict
from pathlib import Path

import pytest

from firmware.health.fault_table import Language, Verdict, load_fault_table
from firmware.health.findings import CheckResult, Device, FaultCode
from hw.tables import TableInvalid

TABLE = Path(__file__).parents[2] / "firmware" / "health" / "faults.toml"


def test_every_code_says_what_it_means_and_what_to_do_in_both_languages() -> None:
    table = load_fault_table()
    advice = [table.advice(code, language) for code in FaultCode for language in Language]
    assert all(each.means and each.do for each in advice)
    assert len({each.means for each in advice}) == len(advice)


def test_no_number_is_skipped_so_no_code_was_ever_taken_out() -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    for code in FaultCode:
        device, number = code.split("-")
        numbers[device].append(int(number))
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_what_a_village_lacks_is_a_warning() -> None:
    table = load_fault_table()
    for code in (FaultCode.LINK_ABSENT, FaultCode.RECORDS_WAIT, FaultCode.LOOK_UPS_UNHEARD):
        assert table.verdict(CheckResult(Device.LINK, (), code)) is Verdict.WARNING


def test_a_code_without_its_entry_is_named(tmp_path: Path) -> None:
    shortened = tmp_path / "faults.toml"
    shortened.write_text(TABLE.read_text("utf-8").replace("[FP-01]", "[FP-99]"), "utf-8")
    with pytest.raises(TableInvalid, match=r"unknown \['FP-99'\], missing \['FP-01'\]"):
        load_fault_table(shortened)
