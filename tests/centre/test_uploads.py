"""Files reach the centre in pieces, each once, and only as they were sent."""

import base64
from collections.abc import Mapping
from datetime import timedelta

import pytest

from firmware.sealing.manifest import MANIFEST_NAME, MAX_MANIFEST_BYTES
from firmware.sealing.packet import MAX_PACKET_BYTES
from simulator.centre.centre import Centre
from simulator.centre.tus import MAX_PIECE_BYTES
from simulator.centre.uploads import LIFETIME
from tests.centre.world import TUS, Sender, checksum, metadata, piece_headers
from tests.sealing_world import SetClock

NAME = "record.json.sealed"
RECORD_ID = "ab" * 16


async def begun(sender: Sender) -> str:
    """The place of an upload that has begun."""
    return str((await sender.begin(NAME)).headers["Location"])


async def test_a_file_arrives_in_pieces(sender: Sender, centre: Centre) -> None:
    await sender.send(NAME)

    contents = (sender.folder / NAME).read_bytes()
    place = await begun(sender)
    upload = centre.uploads.get(place.rpartition("/")[2])
    assert await sender.offset(place) == len(contents) == upload.announced.length
    assert centre.uploads.contents(upload) == contents


async def test_the_same_file_again_is_the_same_upload(sender: Sender) -> None:
    first, second = await sender.begin(NAME), await sender.begin(NAME)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["Location"] == second.headers["Location"]


async def test_the_same_name_with_other_contents_is_another_upload(sender: Sender) -> None:
    first = await begun(sender)
    (sender.folder / NAME).write_bytes(b"other contents")

    assert await begun(sender) != first


async def test_a_piece_at_the_wrong_place_is_refused(sender: Sender) -> None:
    place = await begun(sender)

    answer = await sender.append(place, 1, b"piece")

    assert answer.status_code == 409
    assert await sender.offset(place) == 0


async def test_a_piece_unlike_its_checksum_is_refused_and_not_counted(sender: Sender) -> None:
    place = await begun(sender)
    headers = {**piece_headers(0, b"piece"), "Upload-Checksum": checksum(b"other")}

    answer = await sender.client.patch(place, headers=headers, content=b"piece")

    assert answer.status_code == 460
    assert await sender.offset(place) == 0


async def test_a_whole_file_unlike_the_announced_one_begins_again(sender: Sender) -> None:
    place = await begun(sender)
    length = (sender.folder / NAME).stat().st_size

    answer = await sender.append(place, 0, bytes(length))

    assert answer.status_code == 460
    assert (await sender.client.head(place, headers=TUS)).status_code == 404
    assert await begun(sender) != place


async def test_nothing_follows_a_whole_file(sender: Sender) -> None:
    await sender.send(NAME)
    place = await begun(sender)

    answer = await sender.append(place, await sender.offset(place), b"more")

    assert answer.status_code == 413


async def test_a_piece_beyond_its_limit_is_refused_before_it_is_read(sender: Sender) -> None:
    contents = bytes(MAX_PIECE_BYTES + 1)
    headers = {
        **TUS,
        "Upload-Length": str(len(contents)),
        "Upload-Metadata": metadata(RECORD_ID, NAME, contents),
    }
    place = (await sender.client.post("/uploads", headers=headers)).headers["Location"]

    answer = await sender.append(place, 0, contents)

    assert answer.status_code == 413


async def test_an_upload_that_nobody_goes_on_with_expires(sender: Sender, clock: SetClock) -> None:
    place = await begun(sender)
    clock.moment += LIFETIME

    assert (await sender.client.head(place, headers=TUS)).status_code == 410
    again = await begun(sender)
    assert again != place
    assert await sender.offset(again) == 0


async def test_each_piece_gives_an_upload_more_time(sender: Sender, clock: SetClock) -> None:
    place = await begun(sender)
    clock.moment += LIFETIME - timedelta(seconds=1)
    await sender.append(place, 0, b"piece")
    clock.moment += LIFETIME - timedelta(seconds=1)

    answer = await sender.client.head(place, headers=TUS)

    assert answer.status_code == 200
    assert answer.headers["Upload-Expires"] == "Mon, 30 Mar 2026 04:59:59 GMT"


async def test_an_unknown_upload_is_not_found(sender: Sender) -> None:
    assert (await sender.client.head("/uploads/none", headers=TUS)).status_code == 404
    assert (await sender.append("/uploads/none", 0, b"piece")).status_code == 404


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH"])
async def test_another_version_of_the_protocol_is_refused(sender: Sender, method: str) -> None:
    path = "/uploads" if method == "POST" else await begun(sender)

    answer = await sender.client.request(method, path, headers={"Tus-Resumable": "0.2.2"})

    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


async def test_the_centre_says_what_it_understands(sender: Sender) -> None:
    answer = await sender.client.options("/uploads")

    assert answer.status_code == 204
    assert answer.headers["Tus-Extension"] == "creation,checksum,expiration"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256"


def announcement(**changed: str) -> Mapping[str, str]:
    """The headers of a good announcement, some of them changed."""
    good = {"Upload-Length": "100", "Upload-Metadata": metadata(RECORD_ID, NAME, b"")}
    return {**TUS, **good, **{name.replace("_", "-"): value for name, value in changed.items()}}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (announcement(), 201),
        (announcement(Upload_Length="0"), 400),
        (announcement(Upload_Length="-1"), 400),
        (announcement(Upload_Length="9" * 400), 400),
        (announcement(Upload_Length=str(MAX_PACKET_BYTES)), 201),
        (announcement(Upload_Length=str(MAX_PACKET_BYTES + 1)), 413),
        (
            announcement(
                Upload_Length=str(MAX_MANIFEST_BYTES + 1),
                Upload_Metadata=metadata(RECORD_ID, MANIFEST_NAME, b""),
            ),
            413,
        ),
        (announcement(Upload_Metadata=""), 400),
        (announcement(Upload_Metadata="name " + base64.b64encode(NAME.encode()).decode()), 400),
        (announcement(Upload_Metadata=metadata("../etc", NAME, b"")), 400),
        (announcement(Upload_Metadata=metadata(RECORD_ID, "../../x.sealed", b"")), 400),
        (announcement(Upload_Metadata=metadata(RECORD_ID, NAME, b"") + ",more bW9yZQ=="), 400),
        (announcement(Upload_Metadata=metadata(RECORD_ID, NAME, b"")[:-1] + "?"), 400),
        (announcement(Upload_Metadata="name " * 400), 400),
    ],
)
async def test_an_announcement_is_understood_or_refused(
    sender: Sender, headers: Mapping[str, str], status: int
) -> None:
    assert (await sender.client.post("/uploads", headers=headers)).status_code == status


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("Content-Type", "application/json", 415),
        ("Upload-Offset", "zero", 400),
        ("Upload-Checksum", "md5 AAAA", 400),
        ("Upload-Checksum", "sha256 AAAA", 400),
        ("Upload-Checksum", "sha256 ????", 400),
    ],
)
async def test_a_piece_with_a_wrong_header_is_refused(
    sender: Sender, name: str, value: str, status: int
) -> None:
    place = await begun(sender)
    headers = {**piece_headers(0, b"piece"), name: value}

    answer = await sender.client.patch(place, headers=headers, content=b"piece")

    assert answer.status_code == status
    assert await sender.offset(place) == 0
