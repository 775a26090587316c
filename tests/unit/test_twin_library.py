"""Templates in the fingerprint twin: whose finger they are of is all that counts."""

import numpy as np
import pytest

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import R307
from hw.fingerprint.protocol import data_packets
from simulator.fingerprint.twin import FingerprintTwin
from tests.unit.twin_answers import confirmation, data, imprint, results

BUFFER_1, BUFFER_2 = b"\x01", b"\x02"
EVERYWHERE = b"\x01\x00\x00\x03\xe8"


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(3), noise_levels=0.0)


def store(twin: FingerprintTwin, identity: str, page: int) -> int:
    imprint(twin, identity)
    return confirmation(twin, Instruction.STORE_TEMPLATE, BUFFER_1 + page.to_bytes(2, "big"))


@pytest.mark.parametrize(
    ("other", "verdict"), [("An", Confirmation.OK), ("Binh", Confirmation.NO_MATCH)], ids=["same", "other"]
)
def test_two_imprints_match_when_they_are_of_one_finger(
    other: str, verdict: Confirmation, twin: FingerprintTwin
) -> None:
    imprint(twin, "An", 1)
    imprint(twin, other, 2)

    assert confirmation(twin, Instruction.MATCH) == verdict


def test_features_that_differ_cannot_be_combined(twin: FingerprintTwin) -> None:
    imprint(twin, "An", 1)
    imprint(twin, "Binh", 2)

    assert confirmation(twin, Instruction.COMBINE_FEATURES) == Confirmation.FEATURES_DIFFER


def test_two_imprints_of_one_finger_are_never_the_same_bytes(twin: FingerprintTwin) -> None:
    imprint(twin, "An", 1)
    imprint(twin, "An", 2)

    one, other = (data(twin, Instruction.UPLOAD_TEMPLATE, buffer) for buffer in (BUFFER_1, BUFFER_2))
    assert len(one) == len(other) == 512
    assert one != other


def test_a_stored_finger_is_found_on_its_page(twin: FingerprintTwin) -> None:
    store(twin, "Binh", 4)
    store(twin, "An", 7)
    imprint(twin, "An")

    assert results(twin, Instruction.SEARCH, EVERYWHERE)[:2] == b"\x00\x07"
    assert results(twin, Instruction.SEARCH_FAST, EVERYWHERE)[:2] == b"\x00\x07"


def test_a_finger_outside_the_searched_pages_is_not_found(twin: FingerprintTwin) -> None:
    store(twin, "An", 7)

    assert confirmation(twin, Instruction.SEARCH, b"\x01\x00\x00\x00\x07") == Confirmation.NOT_FOUND


def test_the_library_survives_a_lost_supply_and_the_buffers_do_not(twin: FingerprintTwin) -> None:
    store(twin, "An", 7)

    twin.power_off()
    twin.power_on()

    assert twin.templates_held == 1
    assert confirmation(twin, Instruction.UPLOAD_TEMPLATE, BUFFER_1) == Confirmation.CANNOT_SEND_TEMPLATE
    assert confirmation(twin, Instruction.LOAD_TEMPLATE, BUFFER_1 + b"\x00\x07") == Confirmation.OK


def test_deleted_templates_are_gone_from_count_and_index(twin: FingerprintTwin) -> None:
    for page in (0, 9, 300):
        assert store(twin, "An", page) == Confirmation.OK
    before = results(twin, Instruction.READ_INDEX, b"\x00")
    results(twin, Instruction.DELETE_TEMPLATES, b"\x00\x00\x00\x05")

    assert before[:2] == b"\x01\x02"
    assert results(twin, Instruction.READ_INDEX, b"\x00")[:2] == b"\x00\x02"
    assert results(twin, Instruction.READ_INDEX, b"\x01")[5] == 1 << 4
    assert results(twin, Instruction.COUNT_TEMPLATES) == b"\x00\x02"


def test_an_emptied_library_holds_nothing(twin: FingerprintTwin) -> None:
    store(twin, "An", 1)
    results(twin, Instruction.EMPTY_LIBRARY)

    assert results(twin, Instruction.COUNT_TEMPLATES) == b"\x00\x00"


@pytest.mark.parametrize(
    ("instruction", "arguments", "refusal"),
    [
        (Instruction.STORE_TEMPLATE, b"\x01\x03\xe8", Confirmation.PAGE_OUT_OF_RANGE),
        (Instruction.STORE_TEMPLATE, b"\x02\x00\x01", Confirmation.TEMPLATE_EMPTY),
        (Instruction.LOAD_TEMPLATE, b"\x01\x00\x01", Confirmation.TEMPLATE_INVALID),
        (Instruction.LOAD_TEMPLATE, b"\x01\x03\xe8", Confirmation.PAGE_OUT_OF_RANGE),
        (Instruction.DELETE_TEMPLATES, b"\x03\xe7\x00\x02", Confirmation.CANNOT_DELETE),
        (Instruction.DOWNLOAD_TEMPLATE, b"\x03", Confirmation.CANNOT_TAKE_DATA),
    ],
)
def test_what_the_library_cannot_do_it_refuses(
    instruction: Instruction, arguments: bytes, refusal: Confirmation, twin: FingerprintTwin
) -> None:
    imprint(twin, "An")

    assert confirmation(twin, instruction, arguments) == refusal


def test_an_uploaded_template_can_be_brought_back_and_is_still_of_that_finger(twin: FingerprintTwin) -> None:
    store(twin, "An", 3)
    template = data(twin, Instruction.UPLOAD_TEMPLATE, BUFFER_1)
    twin.power_off()

    results(twin, Instruction.DOWNLOAD_TEMPLATE, BUFFER_1)
    for packet in data_packets(template, 128):
        assert list(twin.receive(packet.encode())) == []

    assert results(twin, Instruction.SEARCH, EVERYWHERE)[:2] == b"\x00\x03"


def test_a_template_of_another_size_is_not_taken(twin: FingerprintTwin) -> None:
    results(twin, Instruction.DOWNLOAD_TEMPLATE, BUFFER_1)
    for packet in data_packets(bytes(600), 128):
        list(twin.receive(packet.encode()))

    assert twin.templates_held == 0
