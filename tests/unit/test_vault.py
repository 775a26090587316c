"""A visit's data is kept sealed, saved whole, or gone."""

from pathlib import Path

import pytest

from firmware.outbox.outcome import EarlyEnd
from firmware.outbox.vault import SavedRecord, VisitOutOfOrder
from firmware.records.images import to_png
from firmware.sealing.packet import parse_packet
from host_tools.sealed_record import check_record, open_record
from tests.sealing_world import (
    ADULT,
    NAME,
    NOON,
    NUMBER,
    SMALL,
    Centre,
    everything_in,
    good_artefact,
    make_vault,
    missing_artefact,
    pixels,
    record_of,
    save_visit,
)

WALKED_AWAY = EarlyEnd("visit-1", "walked_away", "fingerprints", NOON)


def test_a_saved_record_opens_for_the_centre_with_everything_that_was_given(tmp_path: Path) -> None:
    centre = Centre()

    folder = save_visit(make_vault(tmp_path, centre), parts=ADULT)

    opened = open_record(check_record(folder, centre.keys.device_public_key), centre.private)
    assert folder.parent == tmp_path / "outbox"
    assert (opened.document["claim"]["number"], opened.document["claim"]["name"]) == (NUMBER, NAME)
    assert [each.document["part"] for each in opened.artefacts] == [part.key for part in ADULT]
    assert list((tmp_path / "visits").iterdir()) == []


def test_a_packet_tells_nothing_of_the_person_by_its_name_or_header(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    vault.begin("visit-1")

    vault.keep(missing_artefact(SMALL[1]))

    (file,) = (tmp_path / "visits" / "visit-1").iterdir()
    header = parse_packet(file.read_bytes()).header
    assert file.name == "0001-fingerprint.sealed"
    assert b"amputated" not in header.encode()
    assert b"finger_1" not in header.encode()


def test_a_sample_taken_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    centre = Centre()
    vault = make_vault(tmp_path, centre)
    record_id = vault.begin("visit-1")
    portrait, first, second = (
        good_artefact(SMALL[0]),
        good_artefact(SMALL[1]),
        good_artefact(SMALL[1], seed=2),
    )

    for artefact in (portrait, first, second):
        vault.keep(artefact)
    folder = vault.save(record_of(record_id, [portrait, second])).folder

    assert sorted(path.name for path in folder.iterdir()) == [
        "0001-portrait.sealed",
        "0003-fingerprint.sealed",
        "manifest.json",
        "record.json.sealed",
    ]
    opened = open_record(check_record(folder), centre.private)
    assert opened.artefacts[1].picture == to_png(pixels(SMALL[1], seed=2))


def test_an_abandoned_visit_leaves_its_outcome_and_nothing_else(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    vault.begin("visit-1")
    vault.keep(good_artefact(SMALL[0]))

    vault.abandon(WALKED_AWAY)

    assert everything_in(tmp_path) == ["outcomes/visit-1.json"]
    assert (tmp_path / "outcomes" / "visit-1.json").read_text("utf-8") == (
        '{"at":"2026-03-02T05:00:00Z","format":"tram-outcome-1","phase":"fingerprints",'
        '"reason":"walked_away","visit_id":"visit-1"}'
    )


def test_a_visit_cannot_be_abandoned_with_the_outcome_of_another(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    vault.begin("visit-2")

    with pytest.raises(ValueError, match="the outcome of another visit"):
        vault.abandon(WALKED_AWAY)


def test_abandoning_without_a_visit_leaves_nothing(tmp_path: Path) -> None:
    assert make_vault(tmp_path, Centre()).abandon(WALKED_AWAY) is None

    assert everything_in(tmp_path) == []


def test_who_walks_away_just_after_the_save_has_a_record_and_no_outcome(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    folder = save_visit(vault)

    saved = vault.abandon(WALKED_AWAY)

    assert saved == SavedRecord(folder.name, folder)
    assert list((tmp_path / "outcomes").iterdir()) == []


def test_an_outcome_holds_words_of_the_program_only() -> None:
    with pytest.raises(ValueError, match="not a word of the program"):
        EarlyEnd("visit-1", NAME, "fingerprints", NOON)


@pytest.mark.parametrize("visit_id", ["../outbox", "a/b/c", "", "Visit-1", ".partial"])
def test_a_visit_id_cannot_lead_out_of_its_folder(visit_id: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a visit id"):
        make_vault(tmp_path, Centre()).begin(visit_id)


def test_a_vault_without_a_visit_keeps_nothing(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())

    with pytest.raises(VisitOutOfOrder):
        vault.keep(good_artefact(SMALL[0]))


def test_a_vault_serves_one_visit_at_a_time(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    vault.begin("visit-1")

    with pytest.raises(VisitOutOfOrder):
        vault.begin("visit-2")


def test_nothing_can_be_added_to_a_saved_record(tmp_path: Path) -> None:
    vault = make_vault(tmp_path, Centre())
    save_visit(vault)

    with pytest.raises(VisitOutOfOrder):
        vault.keep(good_artefact(SMALL[0]))


def test_one_vault_can_serve_visit_after_visit(tmp_path: Path) -> None:
    centre = Centre()
    vault = make_vault(tmp_path, centre)

    folders = {save_visit(vault, f"visit-{number}") for number in range(2)}

    assert len(folders) == 2
    for folder in folders:
        open_record(check_record(folder), centre.private)
