"""What the fingerprint twin keeps, tells and does besides images and templates, model by model."""

import numpy as np
import pytest

from hw.fingerprint.answers import ProductInformation
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import FAP_20, PROFILES, R307, R503, ZFM_20, SensorProfile
from simulator.damage import Chunk
from simulator.fingerprint.faults import SensorFaults
from simulator.fingerprint.twin import FingerprintTwin
from tests.unit.twin_answers import answers, confirmation, data, imprint, parameters, results, stripes

BAUD_115200 = b"\x04\x0c"


def twin_of(profile: SensorProfile) -> FingerprintTwin:
    return FingerprintTwin(profile, np.random.default_rng(3), noise_levels=0.0)


@pytest.fixture
def twin() -> FingerprintTwin:
    return twin_of(FAP_20)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_a_model_answers_all_that_it_knows(profile: SensorProfile) -> None:
    unanswered = [
        instruction
        for instruction in profile.instructions
        if not answers(twin_of(profile), instruction, bytes(4))
    ]
    assert unanswered == []


def test_between_them_the_models_know_every_instruction() -> None:
    known = frozenset[Instruction]().union(*(profile.instructions for profile in PROFILES.values()))

    assert known == frozenset(Instruction)


def test_an_old_model_keeps_silent_where_a_newer_one_refuses() -> None:
    assert answers(twin_of(R307), Instruction.READ_PRODUCT_INFORMATION) == []
    assert confirmation(twin_of(R503), Instruction.ECHO) == Confirmation.UNSUPPORTED


@pytest.mark.parametrize("profile", [R503, FAP_20], ids=lambda profile: profile.name)
def test_product_information_tells_the_size_of_an_image(profile: SensorProfile) -> None:
    told = ProductInformation.decode(results(twin_of(profile), Instruction.READ_PRODUCT_INFORMATION))

    assert (told.columns, told.rows, told.library_size) == (
        profile.columns,
        profile.rows,
        profile.library_size,
    )


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_an_upload_is_as_long_as_the_profile_says(profile: SensorProfile) -> None:
    twin = twin_of(profile)
    twin.present(stripes())
    results(twin, Instruction.CAPTURE_IMAGE)

    assert len(data(twin, Instruction.UPLOAD_IMAGE)) == profile.image_bytes


def test_the_speed_changes_after_its_acknowledgement() -> None:
    twin = twin_of(R307)
    asked = bytes.fromhex("EF01 FFFFFFFF 01 0005 0E 04 0C 0024")

    speeds = [twin.baud for _ in twin.receive(asked)]

    assert (speeds, twin.baud) == ([57_600], 115_200)


def test_speed_and_packet_size_survive_a_lost_supply(twin: FingerprintTwin) -> None:
    results(twin, Instruction.WRITE_PARAMETER, b"\x04\x06")
    results(twin, Instruction.WRITE_PARAMETER, b"\x06\x01")
    twin.power_off()

    assert (twin.baud, parameters(twin).packet_bytes) == (57_600, 64)


@pytest.mark.parametrize(("profile", "says"), [(R307, b""), (R503, b"\x55")], ids=["R307", "R503"])
def test_after_power_up_a_model_says_what_its_data_sheet_says(profile: SensorProfile, says: bytes) -> None:
    assert twin_of(profile).power_on() == Chunk(says, profile.boot_s)


def test_a_reset_loses_the_image_and_announces_itself(twin: FingerprintTwin) -> None:
    imprint(twin, "An")
    sent = list(twin.receive(bytes.fromhex("EF01 FFFFFFFF 01 0003 3D 0041")))

    assert sent[-1] == twin.power_on()
    assert confirmation(twin, Instruction.UPLOAD_IMAGE) == Confirmation.CANNOT_SEND_IMAGE


def test_a_new_address_holds_from_its_own_acknowledgement_on(twin: FingerprintTwin) -> None:
    acknowledged = answers(twin, Instruction.SET_ADDRESS, b"\x00\x00\x00\x07")

    assert acknowledged[0].address == 7
    assert answers(twin, Instruction.SHAKE_HANDS) == []
    assert answers(twin, Instruction.SHAKE_HANDS, address=7)[0].content == b"\x00"


def test_a_new_password_is_needed_after_the_next_power_up(twin: FingerprintTwin) -> None:
    results(twin, Instruction.SET_PASSWORD, b"\x00\x00\x00\x09")
    assert confirmation(twin, Instruction.SHAKE_HANDS) == Confirmation.OK
    twin.power_off()

    assert confirmation(twin, Instruction.SHAKE_HANDS) == Confirmation.PASSWORD_NEEDED
    assert confirmation(twin, Instruction.VERIFY_PASSWORD, bytes(4)) == Confirmation.WRONG_PASSWORD


def test_a_note_is_kept_and_a_page_too_many_is_refused(twin: FingerprintTwin) -> None:
    note = bytes(range(32))
    results(twin, Instruction.WRITE_NOTEPAD, b"\x0f" + note)

    assert results(twin, Instruction.READ_NOTEPAD, b"\x0f") == note
    assert confirmation(twin, Instruction.READ_NOTEPAD, b"\x10") == Confirmation.NOTEPAD_PAGE_INVALID


def test_an_echo_is_acknowledged_with_its_own_code() -> None:
    assert confirmation(twin_of(ZFM_20), Instruction.ECHO) == Confirmation.ECHOED


def test_the_ring_light_takes_a_pattern_that_exists(twin: FingerprintTwin) -> None:
    results(twin, Instruction.CONTROL_RING_LIGHT, b"\x03\x00\x02\x00")

    assert twin.about.ring_light == (3, 0, 2, 0)
    assert confirmation(twin, Instruction.CONTROL_RING_LIGHT, b"\x07\x00\x02\x00") != Confirmation.OK


def test_it_enrols_the_finger_that_lies_there_step_by_step(twin: FingerprintTwin) -> None:
    twin.present(stripes(), "An")

    told = [packet.content for packet in answers(twin, Instruction.ENROL_BY_ITSELF, b"\x05\x00\x00\x01\x00")]

    assert told == [bytes([0, step, 5]) for step in range(1, 16)]
    identified = answers(twin, Instruction.IDENTIFY_BY_ITSELF, b"\x03\x00\xc8\x00\x01")
    assert [packet.content[:4] for packet in identified] == [b"\x00\x03\x00\x05"]


def test_it_enrols_no_finger_twice_and_nobody_where_none_lies(twin: FingerprintTwin) -> None:
    nobody = answers(twin, Instruction.ENROL_BY_ITSELF, b"\x05\x00\x00\x00\x00")
    twin.present(stripes(), "An")
    answers(twin, Instruction.ENROL_BY_ITSELF, b"\x05\x00\x00\x00\x00")
    again = answers(twin, Instruction.ENROL_BY_ITSELF, b"\x06\x00\x00\x00\x00")

    assert nobody[-1].content[0] == Confirmation.TIMED_OUT
    assert again[-1].content[0] == Confirmation.FINGER_EXISTS


def test_a_sensor_that_ignores_parameters_says_yes_and_changes_nothing(twin: FingerprintTwin) -> None:
    twin.faults = SensorFaults(ignores_parameters=True)

    assert confirmation(twin, Instruction.WRITE_PARAMETER, BAUD_115200) == Confirmation.OK
    assert twin.baud == 921_600


def test_a_slow_sensor_changes_its_speed_some_commands_later(twin: FingerprintTwin) -> None:
    twin.faults = SensorFaults(parameters_wait=2)

    results(twin, Instruction.WRITE_PARAMETER, BAUD_115200)
    speeds = [twin.baud for _ in range(2) if results(twin, Instruction.READ_PARAMETERS)]

    assert speeds == [921_600, 115_200]


def test_a_forgetful_sensor_sends_an_image_once(twin: FingerprintTwin) -> None:
    twin.faults = SensorFaults(forgets_image=True)
    imprint(twin, "An")

    assert [confirmation(twin, Instruction.UPLOAD_IMAGE) for _ in range(2)] == [
        Confirmation.OK,
        Confirmation.CANNOT_SEND_IMAGE,
    ]


def test_a_dip_of_the_supply_ends_an_upload_and_loses_the_image(twin: FingerprintTwin) -> None:
    twin.faults = SensorFaults(dips_at=100)
    imprint(twin, "An")

    assert len(answers(twin, Instruction.UPLOAD_IMAGE)) == 100
    assert confirmation(twin, Instruction.UPLOAD_IMAGE) == Confirmation.CANNOT_SEND_IMAGE


def test_a_silent_sensor_says_nothing(twin: FingerprintTwin) -> None:
    twin.faults = SensorFaults(is_silent=True)

    assert answers(twin, Instruction.READ_PARAMETERS) == []
