"""Every instruction as its bytes stand in the data sheets, and every answer as a value."""

from dataclasses import replace

import pytest

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.faults import ModelLacks, SensorRefused, TemplateDamaged
from hw.fingerprint.library import Found
from hw.fingerprint.profiles import PROFILES, R307, SensorProfile
from hw.fingerprint.refusals import RefusalKind, kind_of
from hw.fingerprint.sensor import FingerprintSensor
from hw.fingerprint.templates import Template
from hw.fingerprint.unattended import Identified
from tests.wire.golden import CASES, Case
from tests.wire.scripted import ScriptedLine, wire

NAMES = [case.name for case in CASES]
KNOWS_ALL = replace(R307, instructions=frozenset(Instruction), template_bytes=8)
YES = "07 0003 00 000A"
ECHO = (wire("01 0003 0F 0013"), wire("07 0013 00 0000 0000 0050 0003 FFFFFFFF 0002 000C 0477"))


def scripted(*exchanges: tuple[str, tuple[str, ...]]) -> tuple[FingerprintSensor, ScriptedLine]:
    line = ScriptedLine([(wire(question), wire(*answers)) for question, answers in exchanges])
    return FingerprintSensor(line, KNOWS_ALL), line


@pytest.mark.parametrize("case", CASES, ids=NAMES)
async def test_an_instruction_and_its_answer_are_those_of_the_data_sheet(case: Case) -> None:
    sensor, line = scripted((case.question, (case.answer,)))

    assert await case.ask(sensor) == case.meant
    assert line.heard == [wire(case.question)]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
async def test_what_a_model_lacks_is_said_before_a_byte_is_sent(case: Case) -> None:
    instruction = Instruction(wire(case.question)[9])
    line = ScriptedLine([])
    lacking = replace(KNOWS_ALL, instructions=KNOWS_ALL.instructions - {instruction})

    with pytest.raises(ModelLacks, match=f"r307 has no {instruction.name}"):
        await case.ask(FingerprintSensor(line, lacking))
    assert line.heard == []


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_every_model_can_be_opened_imaged_and_wiped(profile: SensorProfile) -> None:
    needed = {
        Instruction.VERIFY_PASSWORD,
        Instruction.READ_PARAMETERS,
        Instruction.WRITE_PARAMETER,
        Instruction.READ_INDEX,
        Instruction.DELETE_TEMPLATES,
        Instruction.CAPTURE_IMAGE,
        Instruction.UPLOAD_IMAGE,
    }
    assert needed <= profile.instructions
    assert profile.tells_geometry == (Instruction.READ_PRODUCT_INFORMATION in profile.instructions)


@pytest.mark.parametrize("code", sorted(set(Confirmation) - {Confirmation.OK, Confirmation.ECHOED}))
async def test_every_refusal_is_typed(code: Confirmation) -> None:
    assert kind_of(code) is not RefusalKind.UNKNOWN


async def test_a_refusal_tells_what_was_refused_and_what_that_is_about() -> None:
    sensor, _ = scripted(("01 0006 06 01 03E8 00F9", ("07 0003 0B 0015",)))

    with pytest.raises(SensorRefused, match=r"STORE_TEMPLATE: PAGE_OUT_OF_RANGE \(0x0b\)") as refusal:
        await sensor.library.store(1000)

    assert (refusal.value.instruction, refusal.value.kind) == (
        Instruction.STORE_TEMPLATE,
        RefusalKind.REQUEST,
    )


async def test_a_code_that_no_data_sheet_has_is_a_refusal_too() -> None:
    sensor, _ = scripted(("01 0003 0D 0011", ("07 0003 77 0081",)))

    with pytest.raises(SensorRefused, match=r"unknown code \(0x77\)") as refusal:
        await sensor.library.empty()

    assert refusal.value.kind is RefusalKind.UNKNOWN


async def test_a_template_comes_in_data_packets() -> None:
    data = ("02 0006 01010101 000C", "08 0006 02020202 0016")
    sensor, _ = scripted(("01 0004 08 01 000E", (YES, *data)))

    template = await sensor.templates.upload(1)

    assert template == Template(bytes.fromhex("01010101 02020202"))
    assert repr(template) == "Template()"


async def test_a_template_of_another_size_is_damage() -> None:
    short = (wire("01 0004 08 01 000E"), wire(YES, "08 0006 02020202 0016"))
    sensor = FingerprintSensor(ScriptedLine([short, ECHO, short, ECHO, short]), KNOWS_ALL)

    with pytest.raises(TemplateDamaged, match="4 good bytes of 8"):
        await sensor.templates.upload(1)


async def test_a_template_goes_in_data_packets_once_the_sensor_agrees() -> None:
    sensor, line = scripted(("01 0004 09 02 0010", (YES,)))

    await sensor.templates.download(2, Template(bytes(range(40))))

    assert line.heard[1] == wire(
        "02 0022 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F 0214",
        "08 000A 2021222324252627 012E",
    )


async def test_a_sensor_that_gets_another_address_answers_from_it_and_is_asked_by_it() -> None:
    renamed = bytes.fromhex("EF01 00000001 07 0003 00 000A")
    asked = bytes.fromhex("EF01 00000001 01 0003 0D 0011")
    line = ScriptedLine([(wire("01 0007 15 00000001 001E"), renamed), (asked, renamed)])
    sensor = FingerprintSensor(line, KNOWS_ALL)

    await sensor.settings.set_address(1)
    await sensor.library.empty()

    assert line.is_over


async def test_an_enrolment_by_itself_is_told_step_by_step() -> None:
    steps = [f"07 0005 00 {step:02X} 05 {0x11 + step:04X}" for step in range(1, 16)]
    sensor, line = scripted(("01 0008 31 05 00 00 01 01 0041", tuple(steps)))

    told = [step async for step in sensor.unattended.enrol(5)]

    assert told == list(range(1, 16))
    assert line.is_over


async def test_an_identification_by_itself_ends_with_the_page_and_its_score() -> None:
    steps = ("07 0008 00 01 0000 0000 0010", "07 0008 00 02 0000 0000 0011", "07 0008 00 03 0005 0064 007B")
    sensor, _ = scripted(("01 0008 32 03 00 C8 01 01 0108", steps))

    told = [step async for step in sensor.unattended.identify(range(200))]

    assert told == [Identified(1), Identified(2), Identified(3, Found(5, 100))]


async def test_an_identification_that_finds_nobody_is_no_fault() -> None:
    sensor, _ = scripted(("01 0008 32 03 00 C8 01 01 0108", ("07 0008 09 03 0000 0000 001B",)))

    assert [step async for step in sensor.unattended.identify(range(200))] == [Identified(3)]


async def test_whoever_stops_listening_to_steps_interrupts_the_sensor() -> None:
    sensor, line = scripted(("01 0008 31 05 00 00 01 01 0041", ("07 0005 00 01 05 0012",)))
    steps = sensor.unattended.enrol(5)

    assert await anext(steps) == 1
    await steps.aclose()

    assert line.heard[-1] == wire("01 0003 30 0034")
