"""The fingerprint twin speaks as the real sensor does, also to questions that our driver never asks."""

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import R307
from hw.fingerprint.protocol import Packet, PacketKind, command, packet_stream, unpack_pixels
from simulator.damage import Chunk, Damage, duplicate, flip, loss, stall, together
from simulator.fingerprint_twin import FingerprintTwin

RIDGE, BARE = 0, 255


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(3), noise_levels=0.0)


def answers(twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"") -> list[Packet]:
    sent = b"".join(chunk.data for chunk in twin.receive(command(instruction, arguments).encode()))
    return packet_stream().feed(sent)


def confirmation(twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"") -> int:
    return answers(twin, instruction, arguments)[0].content[0]


def parameters(twin: FingerprintTwin) -> SensorParameters:
    return SensorParameters.decode(answers(twin, Instruction.READ_PARAMETERS)[0].content[1:])


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
        (bytes([4, 12]), Confirmation.INVALID_REGISTER),
        (bytes([6]), Confirmation.INVALID_REGISTER),
    ],
    ids=["packet code", "security level", "speed", "no value"],
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

    twin.present(np.zeros((10, 10), np.uint8))
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


DAMAGES: dict[str, Damage] = {
    "loss": loss(np.random.default_rng(1), 0.1),
    "flip": flip(np.random.default_rng(1), 0.1),
    "duplicate": duplicate(np.random.default_rng(1), 0.1),
    "stall": stall(np.random.default_rng(1), 0.1, 2.0),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damage_befalls_about_its_share(damage: Damage) -> None:
    sent = Chunk(bytes(1))

    altered = sum(damage(sent) != sent for _ in range(2000))

    assert 150 < altered < 250


def test_a_flip_changes_one_bit_of_a_byte() -> None:
    damaged = flip(np.random.default_rng(2), 1.0)(Chunk(bytes(500)))

    assert {value.bit_count() for value in damaged.data} == {1}


def test_damages_come_one_after_the_other() -> None:
    rng = np.random.default_rng(2)
    both = together(duplicate(rng, 1.0), stall(rng, 1.0, 0.5))

    assert both(Chunk(b"ab", 0.1)) == Chunk(b"abab", 0.6)
