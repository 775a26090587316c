"""Visits whose records hold eyes alone, and what the centre says of them."""

import json
from pathlib import Path

import httpx

from firmware.sealing.canonical import canonical_json
from firmware.sealing.return_notice import read_return_notice
from tests.centre.world import KEYS, Sender
from tests.eye_records import Pictures, save_eyes
from tests.sealing_world import NUMBER, make_vault

WHOLE = 4 << 20  # bytes: each file in one piece
Notices = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


class Visits:
    """Visits of one terminal, each sent to a centre at once."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._count = 0

    def save(self, pictures: Pictures, *, number: str = NUMBER, is_verified: bool = True) -> Path:
        """The folder of a visit's record."""
        self._state.mkdir(exist_ok=True)
        self._count += 1
        vault = make_vault(self._state, KEYS, seed=self._count)
        return save_eyes(vault, pictures, number=number, is_verified=is_verified)

    async def send(self, client: httpx.AsyncClient, folder: Path) -> str:
        """The id of the record, which got its receipt."""
        assert (await Sender(client, folder, WHOLE).send_all()).status_code == 200
        return folder.name


async def notices(client: httpx.AsyncClient) -> Notices:
    """Reasons and parts of what came back, by record."""
    documents = json.loads((await client.get("/returned")).content)
    signed = [read_return_notice(canonical_json(each), KEYS.signing.public_key()) for each in documents]
    return {notice.record_id: (notice.reasons, notice.parts) for notice in signed}
