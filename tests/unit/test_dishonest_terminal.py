"""A terminal that lies under its own keys is found out when its record is opened."""

from dataclasses import replace
from pathlib import Path

import pytest

from firmware.sealing.contents import artefact_contents, join_contents
from firmware.sealing.packet import Kind
from host_tools.sealed_record import Damage, check_record, open_record
from tests.dishonest_terminal import DishonestTerminal, own_document
from tests.sealing_world import SMALL, Centre, damage_of, good_artefact

GOOD_THUMB = artefact_contents(good_artefact(SMALL[1]))


@pytest.fixture
def centre() -> Centre:
    """Keys of a centre and of its terminal."""
    return Centre()


@pytest.fixture
def dishonest(tmp_path: Path, centre: Centre) -> DishonestTerminal:
    """A terminal of that centre which seals an empty folder."""
    return DishonestTerminal(tmp_path, centre)


def test_a_packet_sealed_under_another_header_does_not_open(
    dishonest: DishonestTerminal, centre: Centre
) -> None:
    packet = dishonest.key.seal(dishonest.header(Kind.FINGERPRINT), GOOD_THUMB)
    dishonest.write(replace(packet, header=dishonest.header(Kind.IRIS)))
    dishonest.seal(Kind.RECORD, own_document(finger_1=f"{1:032x}"))
    dishonest.sign()

    assert damage_of(dishonest.folder, centre) is Damage.PACKET_UNOPENED


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"\0\0\0\x02{}",
        join_contents(b"{}", b""),
        join_contents(b"[]", b""),
        join_contents(b"{", b""),
        join_contents(b'{"format":"tram-artefact-2"}', b""),
        join_contents(b'{"format":"tram-artefact-2","part":"portrait"}', b"", b"a face record that is none"),
        join_contents(b'{"format":"tram-artefact-2","part":"portrait","product":{}}', b"", b"FAC"),
        join_contents(b'{"format":"tram-artefact-2","part":"portrait","product":{}}', b""),
    ],
)
def test_contents_without_form_are_named(
    dishonest: DishonestTerminal, centre: Centre, contents: bytes
) -> None:
    dishonest.seal(Kind.FINGERPRINT, contents)
    dishonest.seal(Kind.RECORD, own_document())
    dishonest.sign()

    assert damage_of(dishonest.folder, centre) is Damage.CONTENTS_MALFORMED


@pytest.mark.parametrize(
    "document",
    [
        own_document(),
        own_document(finger_2=f"{1:032x}"),
        own_document(finger_1=f"{2:032x}"),
        own_document(finger_1=f"{1:032x}", portrait=f"{2:032x}"),
        own_document("00" * 16, finger_1=f"{1:032x}"),
    ],
)
def test_a_record_that_does_not_name_just_its_artefacts_is_inconsistent(
    dishonest: DishonestTerminal, centre: Centre, document: bytes
) -> None:
    dishonest.seal(Kind.FINGERPRINT, GOOD_THUMB)
    dishonest.seal(Kind.RECORD, document)
    dishonest.sign()

    assert damage_of(dishonest.folder, centre) is Damage.CONTENTS_INCONSISTENT


def test_an_honest_folder_of_that_terminal_opens(dishonest: DishonestTerminal, centre: Centre) -> None:
    dishonest.seal(Kind.FINGERPRINT, GOOD_THUMB)
    dishonest.seal(Kind.RECORD, own_document(finger_1=f"{1:032x}"))
    dishonest.sign()

    assert open_record(check_record(dishonest.folder), centre.private).artefacts[0].part == "finger_1"
