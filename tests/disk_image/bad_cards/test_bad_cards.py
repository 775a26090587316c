"""Cards with faults, as real block devices: each is found, and none of them can start a computer."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from host_tools.__main__ import main
from host_tools.flash.card import ALIGNED_BYTES, open_card
from host_tools.flash.probe import mark_offsets
from hw.disk_image.manifest import CHUNK_BYTES
from tests.disk_image.bad_cards.bad_card import Faults
from tests.disk_image.bad_cards.conftest import IMAGE_BYTES, MEMORY_BYTES, MakeCard
from tests.disk_image.bad_cards.rig import Rig, starts_nothing

pytestmark = pytest.mark.slow
IN_CHUNK_0, IN_CHUNK_1, IN_CHUNK_2, IN_CHUNK_3 = (number * CHUNK_BYTES + 50_000 for number in range(4))
ALL_BYTES = (
    CHUNK_BYTES + 2 * len(mark_offsets(MEMORY_BYTES)) * ALIGNED_BYTES + IMAGE_BYTES
)  # what a flasher writes


def flashed(rig: Rig, image: Path, tmp_path: Path) -> tuple[int, dict[str, Any]]:
    """The exit code and the report of flashing."""
    report = tmp_path / "report.json"
    code = main(["flash", "--yes", "--report", str(report), str(image), str(rig.device)])
    return code, json.loads(report.read_text())


def test_a_good_card_holds_the_image_and_nothing_of_the_probe(
    make_card: MakeCard, image: Path, tmp_path: Path
) -> None:
    rig = make_card(Faults(), MEMORY_BYTES)

    code, report = flashed(rig, image, tmp_path)

    memory = rig.memory.read_bytes()
    assert (code, report["verdict"], report["read_back"]["past_cache"]) == (0, "good", True)
    assert memory[:IMAGE_BYTES] == image.read_bytes()
    assert memory[IMAGE_BYTES:].strip(b"old!\0") == b""
    assert report["written"]["bytes"] == report["read_back"]["bytes"] == IMAGE_BYTES


@pytest.mark.parametrize("place", [IN_CHUNK_0, IN_CHUNK_2, IMAGE_BYTES - 1])
def test_one_bit_that_comes_back_wrong_is_found(
    make_card: MakeCard, image: Path, tmp_path: Path, place: int
) -> None:
    rig = make_card(Faults(flipped=(place,)), MEMORY_BYTES)

    code, report = flashed(rig, image, tmp_path)

    assert (code, report["verdict"], report["first_chunk"]) == (1, "bad", "empty")
    assert report["read_back"]["bad_chunks"] == [{"number": place // CHUNK_BYTES, "fault": "differs"}]
    assert starts_nothing(rig.memory)


def test_every_bad_chunk_is_named(make_card: MakeCard, image: Path, tmp_path: Path) -> None:
    rig = make_card(Faults(flipped=(IN_CHUNK_1,), unreadable=(IN_CHUNK_3,)), MEMORY_BYTES)

    _, report = flashed(rig, image, tmp_path)

    assert [chunk["number"] for chunk in report["read_back"]["bad_chunks"]] == [1, 3]


@pytest.mark.parametrize("place", [IN_CHUNK_0, IN_CHUNK_2])
def test_a_sector_that_cannot_be_read_is_found(
    make_card: MakeCard, image: Path, tmp_path: Path, place: int
) -> None:
    rig = make_card(Faults(unreadable=(place,)), MEMORY_BYTES)

    code, report = flashed(rig, image, tmp_path)

    (bad,) = report["read_back"]["bad_chunks"]
    assert code == 1
    assert (bad["number"], bad["fault"]) == (place // CHUNK_BYTES, "unreadable: Input/output error")
    assert starts_nothing(rig.memory)


def test_a_chunk_that_cannot_be_written_is_named(make_card: MakeCard, image: Path, tmp_path: Path) -> None:
    rig = make_card(Faults(unwritable=(IN_CHUNK_2,)), MEMORY_BYTES)

    code, report = flashed(rig, image, tmp_path)

    assert (code, report["fault"]) == (1, "writing chunk 2: Input/output error")
    assert starts_nothing(rig.memory)


def test_a_card_whose_beginning_cannot_be_emptied_gets_nothing_of_the_image(
    make_card: MakeCard, image: Path, tmp_path: Path
) -> None:
    rig = make_card(Faults(unwritable=(IN_CHUNK_0,)), MEMORY_BYTES)

    code, report = flashed(rig, image, tmp_path)

    assert (code, report["first_chunk"], report["written"]["bytes"]) == (1, "unknown", 0)
    assert report["fault"] == "emptying the first chunk: Input/output error"


@pytest.mark.parametrize("forgets", [False, True], ids=["wraps", "forgets"])
@pytest.mark.parametrize("memory_mib", [16, 23])
def test_a_card_that_claims_more_than_it_holds_is_found_before_it_is_written(
    make_card: MakeCard, image: Path, tmp_path: Path, memory_mib: int, forgets: bool
) -> None:
    rig = make_card(Faults(claims_bytes=64 << 20, forgets=forgets), memory_mib << 20)

    code, report = flashed(rig, image, tmp_path)

    assert (code, report["written"]["bytes"]) == (1, 0)
    assert memory_mib << 20 <= report["probe"]["holds_at_most_bytes"] < 64 << 20
    assert starts_nothing(rig.memory)


def test_the_cache_would_have_passed_a_bad_card(make_card: MakeCard, image: Path) -> None:
    rig = make_card(Faults(flipped=(IN_CHUNK_2,)), MEMORY_BYTES)
    chunk = image.read_bytes()[2 * CHUNK_BYTES :][:CHUNK_BYTES]

    with open_card(rig.device) as card:
        card.write(2 * CHUNK_BYTES, chunk)
        with rig.device.open("rb") as stream:
            from_cache = os.pread(stream.fileno(), CHUNK_BYTES, 2 * CHUNK_BYTES)
        from_card = card.read_back(2 * CHUNK_BYTES, CHUNK_BYTES)

    assert from_cache == chunk
    assert from_card != chunk


@pytest.mark.parametrize(
    "after_bytes",
    [CHUNK_BYTES + 4096, 12 << 20, ALL_BYTES - CHUNK_BYTES // 2, ALL_BYTES - 512],
    ids=["probing", "writing", "first chunk", "boot sector"],
)
def test_a_card_that_is_pulled_starts_nothing(
    make_card: MakeCard, image: Path, tmp_path: Path, after_bytes: int
) -> None:
    rig = make_card(Faults(pulled_after_bytes=after_bytes), MEMORY_BYTES)

    code, report = flashed(rig, image, tmp_path)

    assert (code, report["verdict"]) == (1, "bad")
    assert "if the card was pulled" in report["hint"]
    assert starts_nothing(rig.memory)


def test_a_card_that_is_in_use_is_refused(
    make_card: MakeCard, image: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rig = make_card(Faults(), MEMORY_BYTES)

    with open_card(rig.device):
        code = main(["flash", "--yes", str(image), str(rig.device)])

    assert code == 2
    assert "Device or resource busy; unmount it" in capsys.readouterr().err
    assert rig.memory.read_bytes().strip(b"old!") == b""
