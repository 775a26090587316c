"""The centre's signed word that a record came back: why, which parts are wanted again, nothing of the person.

Canonical JSON: {"format", "parts", "reasons", "record_id", "returned_at", "signature"}. The signature is
Ed25519 over the context line and the canonical JSON without itself.
"""

import re
from dataclasses import dataclass
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.records.plain import Json
from firmware.sealing.canonical import canonical_json
from firmware.sealing.packet import checked_id, checked_stamp
from firmware.sealing.statement import read_statement

RETURN_FORMAT = "tram-return-1"
MAX_WORDS = 32  # an adult gives thirteen parts

_CONTEXT = b"tram return 1\n"
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """What the centre states.

    reasons: ids of messages, at least one. parts: to be given again, as Part.key spells them.
    """

    record_id: str
    reasons: tuple[str, ...]
    parts: tuple[str, ...]
    returned_at: str

    def __post_init__(self) -> None:
        checked_id(self.record_id)
        checked_stamp(self.returned_at)
        for words in (self.reasons, self.parts):
            if len(words) > MAX_WORDS or not all(_WORD.fullmatch(word) for word in words):
                raise ValueError("not words of the program")
        if not self.reasons:
            raise ValueError("returned for no reason")

    def signed_bytes(self) -> bytes:
        """What the centre's signature covers."""
        return _CONTEXT + canonical_json(self._document())

    def encode(self, signature: bytes) -> bytes:
        """The notice as it travels and as its file holds it."""
        return canonical_json({**self._document(), "signature": signature.hex()})

    def _document(self) -> dict[str, Json]:
        return {
            "format": RETURN_FORMAT,
            "record_id": self.record_id,
            "reasons": list(self.reasons),
            "parts": list(self.parts),
            "returned_at": self.returned_at,
        }


def read_return_notice(data: bytes, centre: Ed25519PublicKey) -> ReturnNotice:
    """The notice that `data` spells, its signature checked; StatementMalformed, SignatureWrong."""
    return read_statement(data, _notice_of, centre)


def _notice_of(document: dict[str, object]) -> ReturnNotice:
    return ReturnNotice(
        record_id=str(document["record_id"]),
        reasons=_words(document["reasons"]),
        parts=_words(document["parts"]),
        returned_at=str(document["returned_at"]),
    )


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(str(word) for word in cast("list[object]", value))
