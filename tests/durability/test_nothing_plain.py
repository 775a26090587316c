"""Nothing that a visit writes, at any moment and however it ends, shows the person."""

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from firmware.outbox.outcome import EarlyEnd
from firmware.outbox.sweep import sweep
from firmware.outbox.vault import VisitVault
from firmware.records.document import record_document
from firmware.records.record import EnrolmentRecord
from firmware.records.refusal import SaveRefused
from firmware.sealing.canonical import canonical_json
from firmware.sealing.contents import artefact_contents
from tests.durability.watched_disk import Step, WatchedDisk
from tests.sealing_world import (
    NAME,
    NOON,
    NUMBER,
    SMALL,
    Centre,
    good_artefact,
    make_vault,
    missing_artefact,
    pixels,
    record_of,
)

WINDOW = 12  # bytes of a picture that would already be too many


def png(image: NDArray[np.uint8], level: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG", compress_level=level)
    return file.getvalue()


def planted_pictures() -> Iterator[bytes]:
    """The pictures as anybody could write them: plain, channels reversed, as PNG by two makers."""
    for image in (pixels(part) for part in SMALL):
        yield image.tobytes()
        yield image[..., ::-1].tobytes()
        for file in (
            *(png(image, level) for level in (1, 3, 6, 9)),
            cv2.imencode(".png", image)[1].tobytes(),
        ):
            yield file[60:-20]  # less what every PNG has


def planted_facts() -> Iterator[bytes]:
    """The facts in several spellings, and words that stand beside what was measured."""
    for fact in (
        NUMBER,
        NAME,
        NAME.split()[0],
        "1990-05-17",
        "CB-0042",
        "amputated",
        "finger_1",
        "sharpness",
    ):
        for encoding in ("utf-8", "utf-16-le"):
            yield fact.encode(encoding)
        yield fact.encode().hex().encode()
        yield base64.b64encode(fact.encode())[:-2]


PICTURE_PARTS = frozenset(
    whole[start : start + WINDOW]
    for whole in planted_pictures()
    for start in range(0, len(whole) - WINDOW + 1, WINDOW)
)


def shown_by(data: bytes) -> set[bytes]:
    """What of the person can be found in `data`."""
    windows = {data[start : start + WINDOW] for start in range(len(data) - WINDOW + 1)}
    return (windows & PICTURE_PARTS) | {fact for fact in planted_facts() if fact in data}


def begun(vault: VisitVault) -> EnrolmentRecord:
    """A visit up to its save."""
    record_id = vault.begin("visit-1")
    artefacts = [good_artefact(SMALL[0]), missing_artefact(SMALL[1])]
    for artefact in (good_artefact(SMALL[1]), *artefacts):
        vault.keep(artefact)
    return record_of(record_id, artefacts)


def saved(vault: VisitVault) -> None:
    vault.save(begun(vault))


def refused(vault: VisitVault) -> None:
    with pytest.raises(SaveRefused):
        vault.save(replace(begun(vault), receipt_code=""))


def abandoned(vault: VisitVault) -> None:
    begun(vault)
    vault.abandon(EarlyEnd("visit-1", "cancelled", "review", NOON))


def crashed(vault: VisitVault) -> None:
    begun(vault)


@pytest.mark.parametrize("visit", [saved, refused, abandoned, crashed])
def test_nothing_that_is_ever_written_shows_the_person(
    tmp_path: Path, visit: Callable[[VisitVault], None]
) -> None:
    steps: list[Step] = []
    disk = WatchedDisk(before=steps.append)

    visit(make_vault(tmp_path, Centre(), disk=disk))
    sweep(tmp_path, disk, NOON)

    assert sum(step.path.name.endswith(".sealed.partial") for step in steps) >= 3
    for step in steps:
        assert shown_by(step.data) | shown_by(str(step.path).encode()) == set()


def test_a_person_in_clear_would_be_found() -> None:
    artefact = good_artefact(SMALL[0])
    document = record_document(record_of("00" * 16, [artefact]), {"portrait": "aa"})

    in_picture = shown_by(artefact_contents(artefact))
    in_record = shown_by(canonical_json(document))

    assert in_picture & PICTURE_PARTS
    assert b"sharpness" in in_picture
    assert {NUMBER.encode(), NAME.encode(), b"CB-0042"} <= in_record
