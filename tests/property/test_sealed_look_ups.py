"""A look-up is opened by whom it is sealed to, as it was sealed, or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from firmware.records.claimed import Sex
from firmware.records.registered import RegisterEntry
from firmware.sealing.look_up import (
    ANSWER_BYTES,
    REQUEST_BYTES,
    Finding,
    LookUpMalformed,
    Question,
    Statement,
    open_question,
    open_statement,
    seal_question,
    seal_statement,
    sender_of,
)

DEVICE, CENTRE = (Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32) for seed in (1, 2))
OPENING, REPLY, OTHER = (X25519PrivateKey.from_private_bytes(bytes([seed]) * 32) for seed in (3, 4, 5))
REPLY_KEY = REPLY.public_key().public_bytes_raw()
QUESTION = Question("001190000123", REPLY_KEY, bytes(16), datetime(2026, 3, 2, 5, tzinfo=UTC), "tram-17")
ENTRY = RegisterEntry("001190000123", "Nguyễn Thị Thử", "1990-05-17", Sex.FEMALE, "2026-03")
FOUND = Statement(ENTRY.number, Finding.FOUND, ENTRY)
REQUEST = seal_question(QUESTION, DEVICE, OPENING.public_key())
ANSWER = seal_statement(FOUND, REQUEST, REPLY_KEY, CENTRE)

numbers = st.text("0123456789", min_size=12, max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=120).map(lambda text: text or None)
births = st.sampled_from([None, "1932", "1990-05", "1990-05-17"])
entries = st.builds(RegisterEntry, numbers, names, births, st.sampled_from([None, *Sex]), st.just("v1"))
unfound = st.builds(Statement, numbers, st.sampled_from([Finding.ABSENT, Finding.FAILED]))
statements = st.one_of(unfound, entries.map(lambda entry: Statement(entry.number, Finding.FOUND, entry)))


def opened(answer: bytes, request: bytes = REQUEST) -> Statement:
    return open_statement(answer, request, REPLY, CENTRE.public_key())


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@given(numbers, st.text(max_size=15), st.binary(min_size=16, max_size=16))
def test_a_question_arrives_as_it_was_asked(number: str, terminal: str, nonce: bytes) -> None:
    try:
        terminal.encode()
    except UnicodeEncodeError:
        terminal = ""
    asked = Question(number, REPLY_KEY, nonce, QUESTION.asked_at, terminal)

    request = seal_question(asked, DEVICE, OPENING.public_key())

    assert len(request) == REQUEST_BYTES
    assert sender_of(request) == DEVICE.public_key().public_bytes_raw()
    assert open_question(request, OPENING) == asked


@given(statements)
def test_a_statement_arrives_as_it_was_made_and_as_long_as_any_other(statement: Statement) -> None:
    answer = seal_statement(statement, REQUEST, REPLY_KEY, CENTRE)

    assert len(answer) == ANSWER_BYTES
    assert opened(answer) == statement


def test_every_byte_of_a_request_counts() -> None:
    for place in range(REQUEST_BYTES):
        with pytest.raises(LookUpMalformed):
            open_question(flipped(REQUEST, place), OPENING)


def test_every_byte_of_an_answer_counts() -> None:
    for place in range(ANSWER_BYTES):
        with pytest.raises(LookUpMalformed):
            opened(flipped(ANSWER, place))


@given(st.binary(max_size=ANSWER_BYTES + 1) | st.integers(0, ANSWER_BYTES - 1).map(lambda end: ANSWER[:end]))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(LookUpMalformed):
        opened(noise)
    with pytest.raises(LookUpMalformed):
        open_question(noise, OPENING)


def test_an_answer_serves_one_request_only() -> None:
    again = seal_question(QUESTION, DEVICE, OPENING.public_key())

    with pytest.raises(LookUpMalformed):
        opened(ANSWER, again)


def test_an_answer_of_somebody_else_is_refused() -> None:
    with pytest.raises(LookUpMalformed):
        opened(seal_statement(FOUND, REQUEST, REPLY_KEY, DEVICE))


def test_nobody_else_opens_a_question_or_a_statement() -> None:
    with pytest.raises(LookUpMalformed):
        open_question(REQUEST, OTHER)
    with pytest.raises(LookUpMalformed):
        open_statement(ANSWER, REQUEST, OTHER, CENTRE.public_key())


def test_a_question_taken_out_of_its_request_serves_no_other_terminal() -> None:
    sealed = REQUEST[36:-64]
    body = b"TLQ1" + CENTRE.public_key().public_bytes_raw() + sealed
    stolen = body + CENTRE.sign(b"tram look-up request 1\n" + body)

    assert sender_of(stolen) == CENTRE.public_key().public_bytes_raw()
    with pytest.raises(LookUpMalformed):
        open_question(stolen, OPENING)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Question("1" * 11, REPLY_KEY, bytes(16), QUESTION.asked_at, "t").encode(),
        lambda: Question("١" * 12, REPLY_KEY, bytes(16), QUESTION.asked_at, "t").encode(),
        lambda: Question("1" * 12, REPLY_KEY, bytes(16), QUESTION.asked_at, "t" * 63).encode(),
        lambda: Statement("1" * 12, Finding.FOUND, None).encode(),
        lambda: Statement("1" * 12, Finding.ABSENT, ENTRY).encode(),
        lambda: Statement("1" * 12, Finding.FOUND, ENTRY).encode(),
        lambda: Statement("1" * 12, Finding.FOUND, RegisterEntry("1" * 12, "N" * 511)).encode(),
    ],
)
def test_what_does_not_fit_is_not_sealed(make: Callable[[], bytes]) -> None:
    with pytest.raises(ValueError, match=r"not|longer"):
        make()
