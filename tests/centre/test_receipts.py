"""The centre signs for a record that it holds whole and can open, once, and for no other."""

import hashlib
import json
from pathlib import Path

import pytest

from firmware.sealing.centre_receipt import read_receipt
from firmware.sealing.manifest import MANIFEST_NAME
from host_tools.sealed_record import check_record
from simulator.centre.centre import Centre
from tests.centre.world import KEYS, Sender, client_of, opened_centre, saved_record
from tests.sealing_world import Centre as BothKeys


async def test_a_whole_record_gets_a_receipt_and_is_kept_as_it_was(sender: Sender, centre: Centre) -> None:
    answer = await sender.send_all()

    assert answer.status_code == 200
    receipt = read_receipt(answer.content, KEYS.signing.public_key())
    assert receipt.record_id == sender.folder.name
    assert receipt.manifest_sha256 == hashlib.sha256((sender.folder / MANIFEST_NAME).read_bytes()).hexdigest()
    stored = check_record(centre.archive.folder_of(sender.folder.name))
    assert stored == check_record(sender.folder)


async def test_a_record_sent_again_gets_its_receipt_again(sender: Sender) -> None:
    first = await sender.send_all()
    second = await sender.send_all()

    assert (first.status_code, first.content) == (second.status_code, second.content)


async def test_a_receipt_outlives_the_centre_s_process(tmp_path: Path) -> None:
    folder = saved_record(tmp_path / "state")
    with opened_centre(tmp_path / "centre") as before:
        async with client_of(before) as client:
            given = await Sender(client, folder).send_all()

    with opened_centre(tmp_path / "centre") as after:
        async with client_of(after) as client:
            assert (await Sender(client, folder).finish()).content == given.content


async def test_what_is_missing_is_named(sender: Sender) -> None:
    first, *rest = [name for name in sender.names if name != MANIFEST_NAME]

    nothing = await sender.finish()
    await sender.send(MANIFEST_NAME)
    await sender.send(first)
    some = await sender.finish()

    assert (nothing.status_code, nothing.json()) == (409, {"missing": [MANIFEST_NAME]})
    assert (some.status_code, some.json()) == (409, {"missing": rest})


async def test_another_manifest_for_the_same_record_is_refused(sender: Sender) -> None:
    await sender.send_all()

    answer = await sender.client.post(
        f"/records/{sender.folder.name}/finish", json={"manifest_sha256": "0" * 64}
    )

    assert (answer.status_code, answer.json()) == (422, {"reason": "other_manifest"})


async def test_a_record_of_a_terminal_that_nobody_knows_is_refused(tmp_path: Path, centre: Centre) -> None:
    folder = saved_record(tmp_path / "state", BothKeys())

    async with client_of(centre) as client:
        answer = await Sender(client, folder).send_all()

    assert (answer.status_code, answer.json()) == (422, {"reason": "device_unknown"})


async def test_a_record_that_the_centre_cannot_open_gets_no_receipt(tmp_path: Path, centre: Centre) -> None:
    folder = saved_record(tmp_path / "state", BothKeys(device=KEYS.device))

    async with client_of(centre) as client:
        answer = await Sender(client, folder).send_all()

    assert (answer.status_code, answer.json()) == (422, {"reason": "key_wrong"})
    assert folder.name not in centre.archive
    assert not centre.archive.folder_of(folder.name).exists()


def _with_other_signature(document: dict[str, str]) -> None:
    document["signature"] = "0" * 128


def _with_other_format(document: dict[str, str]) -> None:
    document["format"] = "other"


@pytest.mark.parametrize(
    ("change", "reason"),
    [(_with_other_signature, "signature_wrong"), (_with_other_format, "manifest_malformed")],
)
async def test_a_manifest_that_was_changed_is_refused(sender: Sender, change: object, reason: str) -> None:
    assert callable(change)
    manifest = sender.folder / MANIFEST_NAME
    document = json.loads(manifest.read_bytes())
    change(document)
    manifest.write_text(json.dumps(document, sort_keys=True, separators=(",", ":")))

    answer = await sender.send_all()

    assert (answer.status_code, answer.json()) == (422, {"reason": reason})


async def test_a_manifest_under_the_name_of_another_record_is_refused(sender: Sender) -> None:
    renamed = sender.folder.rename(sender.folder.with_name("ab" * 16))

    answer = await Sender(sender.client, renamed).send_all()

    assert (answer.status_code, answer.json()) == (422, {"reason": "other_record"})


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"manifest_sha256":"../x"}', b" " * 2000])
async def test_a_finish_that_says_nothing_is_refused(sender: Sender, body: bytes) -> None:
    answer = await sender.client.post(f"/records/{sender.folder.name}/finish", content=body)

    assert answer.status_code in {400, 413}
