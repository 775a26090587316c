"""A look-up in the population register, sealed both ways between booth and register; no I/O.

Whoever carries it reads neither number nor answer, and every request is as long as every other, and so is
every answer. The layouts, numbers big-endian, texts UTF-8 behind their length and padded with zeros:

    request                                     question, sealed in it
    0    4    magic "TLQ1"                      0    12   personal number, digits
    4    32   terminal's key, Ed25519           12   32   key for the answer, X25519, used once
    36   180  question, HPKE to the centre      44   16   nonce
    216  64   signature of all before           60   8    asked at, seconds since 1970
                                                68   64   terminal id: length 2, room 62

    answer                                      statement, sealed in it
    0    4    magic "TLA1"                      0    1    finding
    4    32   SHA-256 of the request            1    12   personal number, digits
    36   637  statement, HPKE to the one key    13   1    sex: 0 unknown, 1 male, 2 female
    673  64   signature of all before           14   12   birth: length 2, room 10
                                                26   51   version: length 2, room 49
                                                77   512  name: length 2, room 510
"""

import hashlib
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import cast

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from firmware.records.claimed import Sex
from firmware.records.registered import RegisterEntry
from firmware.sealing.seal import KEY_SUITE

REQUEST_BYTES = 280
ANSWER_BYTES = 737
NONCE_BYTES = 16
REPLY_KEY_BYTES = 32

_REQUEST_MAGIC, _ANSWER_MAGIC = b"TLQ1", b"TLA1"
_QUESTION_INFO, _STATEMENT_INFO = b"tram look-up question 1\n", b"tram look-up statement 1\n"
_REQUEST_CONTEXT, _ANSWER_CONTEXT = b"tram look-up request 1\n", b"tram look-up answer 1\n"
_HEAD_BYTES = 36
_NUMBER_DIGITS = 12
_SIGNATURE_BYTES = 64  # RFC 8032
_QUESTION = struct.Struct(">12s32s16sQ64s")
_STATEMENT = struct.Struct(">B12sB12s51s512s")
_LENGTH = struct.Struct(">H")
_SEXES = (None, Sex.MALE, Sex.FEMALE)


class LookUpMalformed(Exception):
    """The bytes are no request or no answer to this request; the message never says about whom."""


class Finding(IntEnum):
    """What the register says. FAILED: it holds something under the number, and cannot read it."""

    ABSENT = 0
    FOUND = 1
    FAILED = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What a booth asks. reply_key: raw, of a pair that serves this answer alone; asked_at: to the second."""

    number: str = field(repr=False)
    reply_key: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    asked_at: datetime
    terminal_id: str

    def encode(self) -> bytes:
        """The question before it is sealed; ValueError when it does not fit."""
        seconds = int(self.asked_at.timestamp())
        return _QUESTION.pack(
            _digits(self.number), self.reply_key, self.nonce, seconds, _padded(self.terminal_id, 62)
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """What the register answers about a number; entry: when it is FOUND, and only then."""

    number: str = field(repr=False)
    finding: Finding = field(repr=False)
    entry: RegisterEntry | None = field(default=None, repr=False)

    def encode(self) -> bytes:
        """The statement before it is sealed; ValueError when it does not fit."""
        entry = RegisterEntry(self.number) if self.entry is None else self.entry
        if entry.number != self.number or (self.finding is Finding.FOUND) != (self.entry is not None):
            raise ValueError("not a statement about that number")
        return _STATEMENT.pack(
            self.finding,
            _digits(self.number),
            _SEXES.index(entry.sex),
            _padded(entry.birth or "", 10),
            _padded(entry.version, 49),
            _padded(entry.name or "", 510),
        )


def seal_question(question: Question, device: Ed25519PrivateKey, centre: X25519PublicKey) -> bytes:
    """The request as it travels; ValueError when the question does not fit."""
    sender = device.public_key().public_bytes_raw()
    sealed = KEY_SUITE.encrypt(question.encode(), centre, _QUESTION_INFO + sender)
    return _signed(_REQUEST_MAGIC + sender + sealed, _REQUEST_CONTEXT, device)


def sender_of(request: bytes) -> bytes:
    """The raw key of the terminal that signed a request, which may be any terminal; LookUpMalformed."""
    head = _checked_head(request, REQUEST_BYTES, _REQUEST_MAGIC)
    _check_signature(request, _REQUEST_CONTEXT, Ed25519PublicKey.from_public_bytes(head))
    return head


def open_question(request: bytes, centre: X25519PrivateKey) -> Question:
    """What a request asks; LookUpMalformed."""
    opened = _opened(request, centre, _QUESTION_INFO + sender_of(request))
    number, reply_key, nonce, seconds, terminal = cast(
        "tuple[bytes, bytes, bytes, int, bytes]", _unpacked(_QUESTION, opened)
    )
    try:
        asked_at = datetime.fromtimestamp(seconds, UTC)
        question = Question(_digits_of(number), reply_key, nonce, asked_at, _text_of(terminal))
        is_canonical = question.encode() == opened
    except (ValueError, OverflowError, OSError) as error:
        raise LookUpMalformed("not a question") from error
    if not is_canonical:
        raise LookUpMalformed("in another spelling")
    return question


def seal_statement(
    statement: Statement, request: bytes, reply_key: bytes, centre: Ed25519PrivateKey
) -> bytes:
    """The answer to `request` as it travels; ValueError when the statement does not fit."""
    digest = hashlib.sha256(request).digest()
    key = X25519PublicKey.from_public_bytes(reply_key)
    sealed = KEY_SUITE.encrypt(statement.encode(), key, _STATEMENT_INFO + digest)
    return _signed(_ANSWER_MAGIC + digest + sealed, _ANSWER_CONTEXT, centre)


def open_statement(
    answer: bytes, request: bytes, reply_key: X25519PrivateKey, centre: Ed25519PublicKey
) -> Statement:
    """What the register says to `request`, and to no other one; LookUpMalformed."""
    digest = _checked_head(answer, ANSWER_BYTES, _ANSWER_MAGIC)
    if digest != hashlib.sha256(request).digest():
        raise LookUpMalformed("the answer to another request")
    _check_signature(answer, _ANSWER_CONTEXT, centre)
    opened = _opened(answer, reply_key, _STATEMENT_INFO + digest)
    finding, digits, sex, *texts = cast(
        "tuple[int, bytes, int, bytes, bytes, bytes]", _unpacked(_STATEMENT, opened)
    )
    try:
        birth, version, name = (_text_of(text) for text in texts)
        entry = RegisterEntry(_digits_of(digits), name or None, birth or None, _SEXES[sex], version)
        found = entry if finding == Finding.FOUND else None
        statement = Statement(entry.number, Finding(finding), found)
        is_canonical = statement.encode() == opened
    except (ValueError, IndexError) as error:
        raise LookUpMalformed("not a statement") from error
    if not is_canonical:
        raise LookUpMalformed("in another spelling")
    return statement


def _signed(body: bytes, context: bytes, key: Ed25519PrivateKey) -> bytes:
    return body + key.sign(context + body)


def _checked_head(message: bytes, size: int, magic: bytes) -> bytes:
    if len(message) != size or not message.startswith(magic):
        raise LookUpMalformed(f"{len(message)} bytes")
    return message[len(magic) : _HEAD_BYTES]


def _check_signature(message: bytes, context: bytes, key: Ed25519PublicKey) -> None:
    body, signature = message[:-_SIGNATURE_BYTES], message[-_SIGNATURE_BYTES:]
    try:
        key.verify(signature, context + body)
    except InvalidSignature as error:
        raise LookUpMalformed("signed by somebody else") from error


def _opened(message: bytes, key: X25519PrivateKey, info: bytes) -> bytes:
    try:
        return KEY_SUITE.decrypt(message[_HEAD_BYTES:-_SIGNATURE_BYTES], key, info)
    except (InvalidTag, ValueError) as error:
        raise LookUpMalformed("sealed to somebody else") from error


def _unpacked(layout: struct.Struct, data: bytes) -> tuple[int | bytes, ...]:
    if len(data) != layout.size:
        raise LookUpMalformed(f"{len(data)} bytes inside")
    return layout.unpack(data)


def _digits(number: str) -> bytes:
    if len(number) != _NUMBER_DIGITS or not (number.isascii() and number.isdigit()):
        raise ValueError("not a personal number")
    return number.encode()


def _digits_of(data: bytes) -> str:
    return _digits(data.decode("ascii")).decode()


def _padded(text: str, room: int) -> bytes:
    data = text.encode()
    if len(data) > room:
        raise ValueError(f"longer than {room} bytes")
    return _LENGTH.pack(len(data)) + data.ljust(room, b"\0")


def _text_of(field_bytes: bytes) -> str:
    (length,) = cast("tuple[int]", _LENGTH.unpack_from(field_bytes))
    return field_bytes[_LENGTH.size : _LENGTH.size + length].decode()
