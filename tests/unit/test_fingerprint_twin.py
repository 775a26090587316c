"""The fingerprint twin speaks as the real sensor does, also to questions that our driver never asks."""

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import R307
from hw.fingerprint.protocol import Packet, PacketKind, command, unpack_pixels
from simulator.fingerprint.faults import SensorFaults
from simulator.fingerprint.twin import FingerprintTwin
from tests.unit.twin_answers import answers, confirmation, data, parameters, stripes

RIDGE, BARE = 0, 255


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(3), noise_levels=0.0)


def exposed(twin: FingerprintTwin, finger: NDArray[np.uint8]) -> NDArray[np.uint8]:
    twin.present(finger)
    answers(twin, Instruction.CAPTURE_IMAGE)
    data = b"".join(packet.content for packet in answers(twin, Instruction.UPLOAD_IMAGE)[1:])
    return unpack_pixels(data).reshape(R307.rows, R307.columns)


def test_an_unknown_instruction_is_not_answered(twin: FingerprintTwin) -> None:
    unknown = Packet(PacketKind.COMMAND, b"\x7e")

    assert list(twin.receive(unknown.encode())) == []


def test_a_command_to_another_address_is_not_answered(twin: FingerprintTwin) -> None:
    foreign = command(Instruction.READ_PARAMETERS, address=1)

    assert list(twin.receive(foreign.encode())) == []


@pytest.mark.parametrize(("code", "size"), [(0, 32), (1, 64), (2, 128), (3, 256)])
def test_a_packet_size_that_was_set_is_reported_and_used(code: int, size: int, twin: FingerprintTwin) -> None:
    assert confirmation(twin, Instruction.WRITE_PARAMETER, bytes([6, code])) == Confirmation.OK

    twin.present(np.zeros((10, 10), np.uint8))
    answers(twin, Instruction.CAPTURE_IMAGE)

    assert parameters(twin).packet_bytes == size
    assert len(answers(twin, Instruction.UPLOAD_IMAGE)[1].content) == size


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (bytes([6, 4]), Confirmation.INVALID_VALUE),
        (bytes([5, 0]), Confirmation.INVALID_VALUE),
        (bytes([4, 0]), Confirmation.INVALID_VALUE),
        (bytes([4, 13]), Confirmation.INVALID_VALUE),
        (bytes([3, 1]), Confirmation.INVALID_REGISTER),
        (bytes([6]), Confirmation.COMMAND_DAMAGED),
    ],
    ids=["packet code", "security level", "no speed", "too fast", "register", "no value"],
)
def test_a_parameter_that_cannot_be_set_is_refused(
    arguments: bytes, refusal: Confirmation, twin: FingerprintTwin
) -> None:
    assert confirmation(twin, Instruction.WRITE_PARAMETER, arguments) == refusal


def test_a_protected_sensor_does_nothing_before_it_heard_its_password() -> None:
    twin = FingerprintTwin(R307, np.random.default_rng(3), password=7)

    assert confirmation(twin, Instruction.CAPTURE_IMAGE) == Confirmation.PASSWORD_NEEDED
    assert confirmation(twin, Instruction.VERIFY_PASSWORD, bytes([0, 0, 0, 7])) == Confirmation.OK
    assert confirmation(twin, Instruction.CAPTURE_IMAGE) == Confirmation.NO_FINGER


def test_features_come_from_an_image_only(twin: FingerprintTwin) -> None:
    assert confirmation(twin, Instruction.EXTRACT_FEATURES, b"\x01") == Confirmation.NO_VALID_IMAGE

    twin.present(stripes())
    answers(twin, Instruction.CAPTURE_IMAGE)

    assert confirmation(twin, Instruction.EXTRACT_FEATURES, b"\x01") == Confirmation.OK


def test_the_status_word_says_whether_an_image_is_held(twin: FingerprintTwin) -> None:
    before = parameters(twin).status
    twin.present(np.zeros((10, 10), np.uint8))
    answers(twin, Instruction.CAPTURE_IMAGE)
    held = parameters(twin).status
    twin.power_off()
    twin.power_on()

    assert [before & 8, held & 8, parameters(twin).status & 8] == [0, 8, 0]


def test_a_large_picture_is_seen_around_the_centroid_of_its_print(twin: FingerprintTwin) -> None:
    finger = np.full((700, 600), BARE, np.uint8)
    finger[300:401, 150:251] = RIDGE

    seen = exposed(twin, finger)

    rows, columns = np.nonzero(seen == RIDGE)
    assert (rows.mean(), columns.mean()) == pytest.approx((143.5, 127.5), abs=0.5)
    assert len(rows) == 101 * 101


def test_a_small_picture_lies_in_the_middle_of_a_bare_plate(twin: FingerprintTwin) -> None:
    seen = exposed(twin, np.full((100, 80), RIDGE, np.uint8))

    assert (seen[94:194, 88:168] == RIDGE).all()
    assert np.count_nonzero(seen == BARE) == 288 * 256 - 100 * 80


def test_an_exposure_has_sixteen_greys(twin: FingerprintTwin) -> None:
    ramp = np.tile(np.arange(256, dtype=np.uint8), (288, 1))

    assert np.unique(exposed(twin, ramp)).tolist() == list(range(0, 256, 17))


def test_the_same_seed_gives_the_same_noise_and_another_exposure_other_noise() -> None:
    finger = np.full((288, 256), 120, np.uint8)
    one, same = (FingerprintTwin(R307, np.random.default_rng(9), noise_levels=8.0) for _ in range(2))

    first = exposed(one, finger)

    assert np.array_equal(first, exposed(same, finger))
    assert not np.array_equal(first, exposed(one, finger))


def test_the_ghost_of_a_lifted_finger_is_imaged_faintly() -> None:
    twin = FingerprintTwin(R307, np.random.default_rng(3), noise_levels=0.0, faults=SensorFaults(ghost=0.2))
    assert confirmation(twin, Instruction.CAPTURE_IMAGE) == Confirmation.NO_FINGER
    twin.present(np.full((288, 256), RIDGE, np.uint8))
    twin.lift()

    assert confirmation(twin, Instruction.CAPTURE_IMAGE) == Confirmation.OK
    ghost = unpack_pixels(data(twin, Instruction.UPLOAD_IMAGE))
    assert set(ghost.tolist()) == {204}


def test_dead_columns_are_black_in_every_exposure() -> None:
    twin = FingerprintTwin(
        R307, np.random.default_rng(3), noise_levels=0.0, faults=SensorFaults(dead_columns=(3, 200))
    )

    seen = exposed(twin, np.full((288, 256), BARE, np.uint8))

    assert np.flatnonzero((seen == 0).all(axis=0)).tolist() == [3, 200]


@pytest.mark.parametrize(
    ("picture", "verdict"),
    [
        (stripes(), Confirmation.OK),
        (np.full((288, 256), BARE, np.uint8), Confirmation.TOO_FEW_FEATURES),
        (stripes()[:60, :60], Confirmation.TOO_FEW_FEATURES),
        (np.full((288, 256), RIDGE, np.uint8), Confirmation.IMAGE_MESSY),
        (np.random.default_rng(1).integers(0, 256, (288, 256)).astype(np.uint8), Confirmation.IMAGE_MESSY),
    ],
    ids=["ridges", "bare", "a corner of ridges", "water", "noise"],
)
def test_the_twin_judges_a_picture_before_it_takes_features(
    picture: NDArray[np.uint8], verdict: Confirmation, twin: FingerprintTwin
) -> None:
    twin.present(picture)
    answers(twin, Instruction.CAPTURE_IMAGE)

    assert confirmation(twin, Instruction.EXTRACT_FEATURES, b"\x01") == verdict
