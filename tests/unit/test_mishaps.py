"""Faults as they are asked for by name."""

import numpy as np
import pytest

from hw.fingerprint.codes import Instruction
from simulator.damage import Chunk, Damage
from simulator.fingerprint.faults import SensorFaults
from simulator.fingerprint.mishaps import NAMES, Mishaps, UnknownFault, mishaps

DATA = bytes.fromhex("EF01 FFFFFFFF 02 0006 01020304 0012")


def asked(*words: str) -> Mishaps:
    return mishaps(words, np.random.default_rng(1))


def befallen(damage: Damage, uploads: int = 2) -> list[tuple[int, int]]:
    """Which packets of which uploads arrive otherwise than they were sent."""
    sent = [
        (upload, Chunk(DATA, 0.0, Instruction.UPLOAD_IMAGE, number))
        for upload in range(uploads)
        for number in range(5)
    ]
    return [(upload, chunk.number) for upload, chunk in sent if damage(chunk) != chunk]


@pytest.mark.parametrize("name", ["flip", "lost-byte", "lost-packet", "twice", "stray", "late", "address"])
def test_a_fault_of_the_wire_befalls_the_packet_that_was_named(name: str) -> None:
    assert befallen(asked(f"{name}@3").damage) == [(0, 3)]


def test_a_fault_of_the_wire_without_a_packet_befalls_a_few_of_them() -> None:
    assert 0 < len(befallen(asked("flip").damage, uploads=1000)) < 30


def test_a_stalled_upload_ends_at_its_packet_and_the_next_does_not() -> None:
    assert befallen(asked("stall@3").damage) == [(0, 3), (0, 4)]


def test_faults_of_a_sensor_add_up() -> None:
    together = asked("ghost", "forgets-image", "dip@7").sensor

    assert together == SensorFaults(ghost=together.ghost, forgets_image=True, dips_at=7)
    assert together.ghost > 0


def test_answers_to_other_questions_are_left_alone() -> None:
    answer = Chunk(DATA, 0.0, Instruction.READ_PARAMETERS)

    assert asked("flip@0", "stall@0").damage(answer) == answer


@pytest.mark.parametrize("word", ["flop", "stall", "ghost@3", "flip@x", "noise@1", ""])
def test_a_word_that_is_no_fault_is_refused_with_those_that_are(word: str) -> None:
    with pytest.raises(UnknownFault, match=NAMES[0]):
        asked(word)
