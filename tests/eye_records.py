"""Sealed records that hold nothing but eyes, of people who are told apart by their seeds."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from firmware.outbox.vault import VisitVault
from firmware.records.record import Part
from firmware.records.registered import LookUp, LookUpEnd
from firmware.records.samples import Artefact, EyeSide, Modality
from tests.eyes import Pixels, impression_frame
from tests.sealing_world import NOON, NUMBER, good_artefact, missing_artefact, record_of

RIGHT, LEFT = EyeSide.RIGHT, EyeSide.LEFT
PARTS = {side: Part(Modality.IRIS, side) for side in EyeSide}
Pictures = Mapping[EyeSide, Pixels]


@cache
def frame(seed: int, occasion: int) -> Pixels:
    """A good frame of one eye; even seeds are right eyes."""
    return impression_frame(seed, occasion)


def eyes_on(occasion: int, right: int = 600, left: int = 601) -> Pictures:
    """The eyes of these seeds on an occasion, each given as the side it is named for."""
    return {RIGHT: frame(right, occasion), LEFT: frame(left, occasion)}


def eye_artefact(side: EyeSide, picture: Pixels | None) -> Artefact:
    """An accepted artefact with that picture, or the word that there is none."""
    artefact = good_artefact(PARTS[side])
    if picture is None or artefact.sample is None:
        return missing_artefact(PARTS[side])
    return replace(artefact, sample=replace(artefact.sample, image=picture))


def save_eyes(
    vault: VisitVault, pictures: Pictures, *, number: str = NUMBER, is_verified: bool = True
) -> Path:
    """The folder of a record of both eyes; one without a picture could not be given."""
    record_id = vault.begin("visit-1")
    artefacts = [eye_artefact(side, pictures.get(side)) for side in EyeSide]
    for artefact in artefacts:
        vault.keep(artefact)
    record = record_of(record_id, artefacts, tuple(PARTS.values()))
    look_up = LookUp(LookUpEnd.FOUND if is_verified else LookUpEnd.TIMED_OUT, NOON)
    return vault.save(replace(record, claim=replace(record.claim, number=number), look_up=look_up)).folder
