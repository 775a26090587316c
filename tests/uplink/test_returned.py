"""What the centre sends back is kept as it lists it, and believed only with its signature."""

from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from firmware.outbox.disk import PosixDisk
from firmware.sealing.return_notice import read_return_notice
from firmware.uplink.link import Link, LinkLost, open_http
from firmware.uplink.returned import fetch_returned, keep_returned
from firmware.uplink.settings import Uplink
from tests.centre.world import KEYS, opened_centre
from tests.uplink.small_centre import SmallCentre
from tests.uplink.world import SETTINGS

pytestmark = pytest.mark.anyio
PUBLIC = KEYS.signing.public_key()


async def fetched(transport: httpx.AsyncBaseTransport) -> dict[str, bytes]:
    async with open_http(Uplink(SETTINGS, None), transport) as http:
        return await fetch_returned(Link(http), PUBLIC)


async def test_notices_are_kept_as_long_as_the_centre_lists_them(quick_folder: Path) -> None:
    folder = quick_folder / "returned"
    folder.mkdir()
    (folder / "stale.json").write_bytes(b"{}")
    with opened_centre(quick_folder / "centre") as centre:
        for record_id in ("ab" * 16, "cd" * 16):
            centre.returned.send_back(record_id, ("portrait_blurred",), ("portrait",))

        notices = await fetched(centre.link())

    keep_returned(PosixDisk(), folder, notices)
    assert {path.name for path in folder.iterdir()} == {f"{'ab' * 16}.json", f"{'cd' * 16}.json"}
    notice = read_return_notice((folder / f"{'ab' * 16}.json").read_bytes(), PUBLIC)
    assert (notice.reasons, notice.parts) == (("portrait_blurred",), ("portrait",))


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'[{"format":"tram-return-1"}]', b"[" * 100_000])
async def test_a_list_that_cannot_be_believed_changes_nothing(body: bytes) -> None:
    async def answers(request: Request) -> Response | None:
        return Response(body)

    centre = SmallCentre(KEYS.signing, answers)

    with pytest.raises(LinkLost, match="not to be believed"):
        await fetched(httpx.ASGITransport(centre.app))
