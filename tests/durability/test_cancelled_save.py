"""A visit that is abandoned while a thread still works for it comes to one end, not to a mixture of two."""

from pathlib import Path
from threading import Thread

from firmware.outbox.outcome import EarlyEnd
from firmware.outbox.vault import SavedRecord
from host_tools.sealed_record import check_record, open_record
from tests.durability.watched_disk import Step, WatchedDisk
from tests.sealing_world import NOON, SMALL, Centre, make_vault, save_visit

WALKED_AWAY = EarlyEnd("visit-1", "walked_away", "save", NOON)
A_WHILE_S = 0.1  # long enough for a thread that does not wait to finish its work of 2 ms


def test_a_visit_cannot_be_abandoned_while_its_save_is_under_way(tmp_path: Path) -> None:
    centre = Centre()
    answers: list[SavedRecord | None] = []
    walks_away = Thread(target=lambda: answers.append(vault.abandon(WALKED_AWAY)))
    was_waiting: list[bool] = []

    def walk_away_at_the_commitment(step: Step) -> None:
        if step.verb == "rename" and step.path.parent.name == "outbox":
            walks_away.start()
            walks_away.join(A_WHILE_S)
            was_waiting.append(walks_away.is_alive())

    vault = make_vault(tmp_path, centre, disk=WatchedDisk(before=walk_away_at_the_commitment))
    folder = save_visit(vault)
    walks_away.join()

    assert was_waiting == [True]
    assert answers == [SavedRecord(folder.name, folder)]
    assert len(open_record(check_record(folder), centre.private).artefacts) == len(SMALL)
    assert list((tmp_path / "outcomes").iterdir()) == []
