"""Records that the centre sent back: its signed notices, kept in `returned/` as the centre lists them."""

import json
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.outbox.disk import Disk, read_regular, write_durably
from firmware.records.plain import Json
from firmware.sealing.canonical import canonical_json
from firmware.sealing.manifest import SignatureWrong
from firmware.sealing.return_notice import read_return_notice
from firmware.sealing.statement import MAX_STATEMENT_BYTES, StatementMalformed
from firmware.uplink.link import Link, LinkLost

MOST_NOTICES = 1_000
MAX_LIST_BYTES = MOST_NOTICES * MAX_STATEMENT_BYTES


async def fetch_returned(link: Link, centre: Ed25519PublicKey) -> dict[str, bytes]:
    """The notices that the centre has now, by record; LinkLost unless each one is to be believed."""
    answer = await link.ask("GET", "returned", most_bytes=MAX_LIST_BYTES)
    if answer.status != 200:
        raise LinkLost(f"status {answer.status} to a question for what was returned")
    try:
        signed = [canonical_json(notice) for notice in _list_in(answer.body)]
        return {read_return_notice(each, centre).record_id: each for each in signed}
    except (ValueError, TypeError, RecursionError, StatementMalformed, SignatureWrong) as error:
        raise LinkLost("return notices that are not to be believed") from error


def _list_in(body: bytes) -> list[dict[str, Json]]:
    listed = cast("object", json.loads(body))
    if not isinstance(listed, list):
        raise TypeError("not a list")
    return cast("list[dict[str, Json]]", listed)


def keep_returned(disk: Disk, folder: Path, notices: dict[str, bytes]) -> None:
    """Make `folder` hold exactly these notices, one file a record."""
    files = {f"{record_id}.json": notice for record_id, notice in notices.items()}
    for path in list(folder.iterdir()):
        if path.name not in files:
            disk.remove(path)
    for name, notice in files.items():
        if not _holds(folder / name, notice):
            write_durably(disk, folder / name, notice)


def _holds(file: Path, notice: bytes) -> bool:
    try:
        return read_regular(file, MAX_STATEMENT_BYTES) == notice
    except OSError:
        return False
